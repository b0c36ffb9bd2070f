import type { Finding } from '../model/finding.ts';
import { keyOf } from '../model/snapshot.ts';
import { isKind } from '../objects/kinds.ts';
import type { Link } from './origins.ts';
import { comesFrom, failureOf, type Scene } from './scene.ts';

/** That it waited for what it made, and waited in vain: of Helm, of Flux, of kstatus. */
const waited = /context deadline exceeded|timed? ?out waiting|health ?check (?:failed|timed out)/i;

/** An owner that says only that it waited for its workloads is a symptom of the one that fails. */
export function waitsBelow(finding: Finding, scene: Scene): Link | undefined {
  if (isKind(finding.object.kind) || !waited.test(finding.message)) return undefined;
  const beneath = scene.around
    .aboutOf(finding.object)
    .filter((each) => keyOf(each) !== keyOf(finding.object))
    .flatMap((workload) => failureOf(workload, scene, true) ?? []);
  return comesFrom(beneath.sort(scene.order)[0]);
}
