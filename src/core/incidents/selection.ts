import type { ObjectRef } from '../model/snapshot.ts';
import type { Objects } from '../objects/kinds.ts';
import { type Labels, type ObjectMeta, refOf } from '../objects/meta.ts';
import { indexLabels } from '../objects/selection.ts';
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

/** Each workload once per template and once per pod: a Service may select what has no pod yet. */
export function selectionIn(objects: Objects, topology: Topology): Selection {
  const templates = indexLabels(() => labelledTemplates(objects), {
    namespaceOf: ({ ref }) => ref.namespace,
    labelsOf: ({ labels }) => labels,
  });
  const pods = indexLabels(() => objects.Pod, {
    namespaceOf: ({ metadata }) => metadata?.namespace ?? null,
    labelsOf: ({ metadata }) => metadata?.labels ?? {},
  });
  return (namespace, selector) =>
    Object.keys(selector).length === 0
      ? []
      : [
          ...templates.carrying(namespace, selector).map(({ ref }) => ref),
          ...pods.carrying(namespace, selector).map((pod) => topology.workloadOf(pod)),
        ];
}

function labelledTemplates(objects: Objects): readonly Labelled[] {
  return workloadKinds.flatMap((kind) =>
    (objects[kind] as readonly Templated[]).flatMap((each): Labelled[] => {
      const labels = each.spec?.template?.metadata?.labels;
      return labels === undefined ? [] : [{ ref: refOf(kind, each), labels }];
    }),
  );
}
