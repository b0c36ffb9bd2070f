import type { ObjectRef } from '../model/snapshot.ts';
import type { Objects } from '../objects/kinds.ts';
import { carries, type Labels, type ObjectMeta, refOf } from '../objects/meta.ts';
import type { Topology } from '../objects/topology.ts';

/** Workloads of a namespace whose template or pods carry every label of a selector, each as often as it does. */
export type Selection = (namespace: string | null, selector: Labels) => readonly ObjectRef[];

interface Labelled {
  readonly ref: ObjectRef;
  readonly labels: Labels;
}
interface Templated extends ObjectMeta {
  readonly spec?:
    | {
        readonly template?:
          | { readonly metadata?: { readonly labels?: Labels | undefined } | undefined }
          | undefined;
      }
    | undefined;
}

const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const;

/** By label, built when it is first asked for: a selector looks only at what carries its rarest label. */
export function selectionIn(objects: Objects, topology: Topology): Selection {
  let index: ReadonlyMap<string, readonly Labelled[]> | undefined;
  return (namespace, selector) => {
    index ??= byLabel(labelledWorkloads(objects, topology));
    const lists = Object.entries(selector).map(
      ([name, value]) => index?.get(labelKey(namespace, name, value)) ?? [],
    );
    const [rarest] = lists.sort((a, b) => a.length - b.length);
    const found = (rarest ?? []).filter(({ labels }) => carries(labels, selector));
    return found.map(({ ref }) => ref);
  };
}

function labelKey(namespace: string | null, name: string, value: string | undefined): string {
  return `${namespace ?? ''} ${name}=${value ?? ''}`;
}

function byLabel(all: readonly Labelled[]): ReadonlyMap<string, readonly Labelled[]> {
  const index = new Map<string, Labelled[]>();
  for (const each of all)
    for (const [name, value] of Object.entries(each.labels)) {
      const key = labelKey(each.ref.namespace, name, value);
      const known = index.get(key);
      if (known === undefined) index.set(key, [each]);
      else known.push(each);
    }
  return index;
}

/** Each workload once per template and once per pod: a Service may select what has no pod yet. */
function labelledWorkloads(objects: Objects, topology: Topology): readonly Labelled[] {
  const templates = workloadKinds.flatMap((kind) =>
    (objects[kind] as readonly Templated[]).flatMap((each): Labelled[] => {
      const labels = each.spec?.template?.metadata?.labels;
      return labels === undefined ? [] : [{ ref: refOf(kind, each), labels }];
    }),
  );
  const pods = objects.Pod.map(
    (pod): Labelled => ({ ref: topology.workloadOf(pod), labels: pod.metadata?.labels ?? {} }),
  );
  return [...templates, ...pods];
}
