import { indexByRef } from '../model/ref-map.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { endOf } from './container-ends.ts';
import { logTail } from './log-lines.ts';
import { refOf } from './meta.ts';
import type { Pod } from './pod.ts';
import { containersOf } from './pod-containers.ts';
import { once } from './remembered.ts';

/** What the program itself left as its message: of a start that failed the runtime wrote it, of a container that is gone the kubelet. */
const own = ['Error', 'Completed'];

/** The lines of the message that a pod's container ended with; none where it left none. */
export function endMessages(
  pods: readonly Pod[],
): (pod: ObjectRef, container: string | undefined) => readonly string[] {
  const index = once(() => indexByRef(pods, (pod) => refOf('Pod', pod)));
  return (ref, container) => {
    const pod = index().get(ref);
    const named = pod === undefined ? [] : containersOf(pod);
    const status = named.find(({ name }) => name === container)?.status;
    const end = status === undefined ? undefined : endOf(status);
    if (end === undefined || !own.includes(end.reason ?? '')) return [];
    return (end.message ?? '').split('\n').slice(-logTail.lines);
  };
}
