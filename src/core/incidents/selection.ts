import type { ObjectRef } from '../model/snapshot.ts';
import type { Objects } from '../objects/kinds.ts';
import type { Labels } from '../objects/meta.ts';
import { allPodsByLabels } from '../objects/selection.ts';
import { workloadsByLabels } from '../objects/templates.ts';
import type { Topology } from '../objects/topology.ts';

/** Workloads of a namespace whose template or pods carry every label of a selector, each as often as it does. */
export type Selection = (namespace: string | null, selector: Labels) => readonly ObjectRef[];

/** Each workload once for its template and once per pod: a Service may select what has no pod yet. */
export function selectionIn(objects: Objects, topology: Topology): Selection {
  const templates = workloadsByLabels(objects);
  const pods = allPodsByLabels(objects.Pod);
  return (namespace, selector) =>
    Object.keys(selector).length === 0
      ? []
      : [
          ...templates.carrying(namespace, selector).map(({ ref }) => ref),
          ...pods.carrying(namespace, selector).map((pod) => topology.workloadOf(pod)),
        ];
}
