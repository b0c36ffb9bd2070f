import { keyOf, type ObjectRef } from '../model/snapshot.ts';
import { isKind, type Objects } from '../objects/kinds.ts';
import { controllerOf, type ObjectMeta, refOf } from '../objects/meta.ts';
import { once } from '../objects/remembered.ts';
import type { Topology } from '../objects/topology.ts';

/** Further down nobody looks: an owner of an owner of an owner. */
const deepest = 4;
const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const;

/** What a custom resource owns, or what Argo CD, Flux or Helm made for it, down to workloads; nothing for built-in kinds. */
export function beneathIn(
  objects: Objects,
  topology: Topology,
): (object: ObjectRef) => readonly ObjectRef[] {
  const children = once(() => childrenIn(objects, topology));
  return (object) => {
    if (isKind(object.kind)) return [];
    const found = new Map<string, ObjectRef>([[keyOf(object), object]]);
    let level: readonly ObjectRef[] = [object];
    for (let depth = 0; depth < deepest && level.length > 0; depth++) {
      const next = level.flatMap((each) =>
        namesOf(each).flatMap((key) => children().get(key) ?? []),
      );
      level = next.filter((each) => !found.has(keyOf(each)));
      for (const each of level) found.set(keyOf(each), each);
    }
    return [...found.values()];
  };
}

/** Under which names others may call it their owner: Helm and Argo CD write no namespace. */
function namesOf(owner: ObjectRef): readonly string[] {
  const { kind, name } = owner;
  return [keyOf(owner), keyOf({ kind, namespace: null, name }), `${kind} ${name}`];
}

function childrenIn(
  objects: Objects,
  topology: Topology,
): ReadonlyMap<string, readonly ObjectRef[]> {
  const children = new Map<string, ObjectRef[]>();
  const add = (owner: string, child: ObjectRef): void => {
    const known = children.get(owner);
    if (known === undefined) children.set(owner, [child]);
    else known.push(child);
  };
  for (const kind of workloadKinds)
    for (const each of objects[kind] as readonly ObjectMeta[])
      for (const owner of ownersOf(each)) add(owner, refOf(kind, each));
  for (const each of objects.CustomResource)
    for (const owner of ownersOf(each)) add(owner, refOf(each.kind, each));
  // Pods that no workload stands for: a custom resource's own, and bare ones.
  for (const pod of objects.Pod) {
    const workload = topology.workloadOf(pod);
    if (workload.kind === 'Pod') for (const owner of ownersOf(pod)) add(owner, workload);
  }
  return children;
}

/** The keys of everything that says "mine" of an object. */
function ownersOf(object: ObjectMeta): readonly string[] {
  const { metadata: { namespace = null, labels = {}, annotations } = {} } = object;
  const controller = controllerOf(object);
  const named = (kind: string, name: string | undefined, within: string | undefined) =>
    name === undefined
      ? []
      : [within === undefined ? `${kind} ${name}` : keyOf({ kind, namespace: within, name })];
  const owner =
    controller?.kind === undefined || controller.name === undefined || isKind(controller.kind)
      ? []
      : [keyOf({ kind: controller.kind, namespace, name: controller.name })];
  const release = annotations?.['meta.helm.sh/release-name'];
  return [
    ...owner,
    ...named('Application', applicationOf(object), undefined),
    ...named(
      'Kustomization',
      labels['kustomize.toolkit.fluxcd.io/name'],
      labels['kustomize.toolkit.fluxcd.io/namespace'],
    ),
    ...named(
      'HelmRelease',
      labels['helm.toolkit.fluxcd.io/name'] ?? release,
      labels['helm.toolkit.fluxcd.io/namespace'],
    ),
  ];
}

/** Argo CD tracks by annotation (`name:group/kind:namespace/name`, `namespace_name:…` outside its own namespace) or by label. */
function applicationOf({ metadata }: ObjectMeta): string | undefined {
  const tracked = metadata?.annotations?.['argocd.argoproj.io/tracking-id']?.split(':')[0];
  const labels = metadata?.labels ?? {};
  return (
    tracked?.split('_').at(-1) ??
    labels['argocd.argoproj.io/instance'] ??
    labels['app.kubernetes.io/instance']
  );
}
