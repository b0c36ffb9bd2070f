import type { Evidence, Symptom } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import type { Objects } from '../objects/kinds.ts';
import { living } from '../objects/living.ts';
import { agesOf, overdue, sayMembers, type Unready, unreadyMembers } from '../objects/members.ts';
import { carries, conditionOf, type Labels } from '../objects/meta.ts';
import type { EndpointSlice, Service } from '../objects/network-and-storage.ts';
import { hasEnded, isReady, type Pod } from '../objects/pod.ts';
import type { Topology } from '../objects/topology.ts';
import type { DaemonSet, Deployment } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

export const serviceNoEndpoints = defineCheck({
  meta: {
    id: 'service-no-endpoints',
    title: 'Service has no ready endpoint',
    why: 'Every connection to it is refused or hangs.',
    likelyCauses: [
      'no pod behind it is ready',
      "its selector and its pods' labels have drifted apart",
    ],
    commands: [
      'kubectl -n {namespace} get endpointslices -l kubernetes.io/service-name={name}',
      'kubectl -n {namespace} describe service {name}',
      'kubectl -n {namespace} get pods --show-labels',
    ],
    defaults: {
      // A restart in place is over by then.
      graceSeconds: 120,
      // Service and workload are often applied one after the other.
      mismatchSeconds: 600,
    },
    docs: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/',
    finds: { 106: ['ServiceNoReadyEndpoints'] },
    cause: { role: 'symptom', reason: 'NoEndpoints' },
  },
  needs: ['Service', 'Pod'],
  helps: ['EndpointSlice', 'Deployment', 'StatefulSet', 'DaemonSet', 'Event'],
  *judge(objects, { now, thresholds, topology }) {
    const surroundings = surroundingsOf(objects);
    for (const [ref, service] of living('Service', objects.Service)) {
      if (!leadsToPods(service)) continue;
      const scene: Scene = {
        ref,
        service,
        now,
        thresholds,
        topology,
        ...surroundings(ref, service),
      };
      if (scene.slices.some(hasReady)) continue;
      const symptom = scene.pods.length > 0 ? noneReady(scene) : noPods(scene);
      if (symptom !== undefined) yield symptom;
    }
  },
});

interface Template {
  readonly ref: ObjectRef;
  readonly labels: Labels;
  /** Replicas that it should have. */
  readonly desired: number;
}
interface Scene {
  readonly ref: ObjectRef;
  readonly service: Service;
  readonly pods: readonly Pod[];
  readonly slices: readonly EndpointSlice[];
  /** Every workload of the namespace. */
  readonly templates: readonly Template[];
  readonly now: number;
  readonly thresholds: { readonly graceSeconds: number; readonly mismatchSeconds: number };
  readonly topology: Topology;
}

/** Without a selector somebody else fills it in; with publishNotReadyAddresses peers look for each other before they are ready. */
function leadsToPods({ spec }: Service): boolean {
  return (
    spec?.type !== 'ExternalName' &&
    spec?.publishNotReadyAddresses !== true &&
    Object.keys(spec?.selector ?? {}).length > 0
  );
}

/** What is around a Service, by indices that are made once: a thousand Services among ten thousand pods stay cheap. */
function surroundingsOf(
  objects: Pick<Objects, 'Pod' | 'EndpointSlice' | 'Deployment' | 'StatefulSet' | 'DaemonSet'>,
): (ref: ObjectRef, service: Service) => Pick<Scene, 'pods' | 'slices' | 'templates'> {
  const byLabel = groupBy(
    // One on its way out still says that another will come.
    objects.Pod.filter((pod) => !hasEnded(pod)).flatMap((pod) =>
      Object.entries(pod.metadata?.labels ?? {}).map(([name, value]) => ({
        pod,
        key: `${pod.metadata?.namespace}/${name}=${value}`,
      })),
    ),
    ({ key }) => key,
  );
  const slices = groupBy(
    objects.EndpointSlice,
    ({ metadata }) => `${metadata?.namespace}/${metadata?.labels?.['kubernetes.io/service-name']}`,
  );
  const templates = groupBy(templatesOf(objects), ({ ref }) => ref.namespace ?? '');
  return (ref, { spec }) => {
    const selector = spec?.selector ?? {};
    const [name = '', value] = Object.entries(selector)[0] ?? [];
    const near = byLabel.get(`${ref.namespace}/${name}=${value}`) ?? [];
    return {
      pods: near
        .map(({ pod }) => pod)
        .filter((pod) => carries(pod.metadata?.labels ?? {}, selector)),
      slices: slices.get(nameOf(ref)) ?? [],
      templates: templates.get(ref.namespace ?? '') ?? [],
    };
  };
}

function templatesOf(
  objects: Pick<Objects, 'Deployment' | 'StatefulSet' | 'DaemonSet'>,
): readonly Template[] {
  return [
    ...living('Deployment', objects.Deployment).map(([ref, { spec }]) =>
      templateOf(ref, spec, spec?.replicas ?? 1),
    ),
    ...living('StatefulSet', objects.StatefulSet).map(([ref, { spec }]) =>
      templateOf(ref, spec, spec?.replicas ?? 1),
    ),
    ...living('DaemonSet', objects.DaemonSet).map(([ref, { spec, status }]) =>
      templateOf(ref, spec, status?.desiredNumberScheduled ?? 0),
    ),
  ];
}

function templateOf(
  ref: ObjectRef,
  spec: Deployment['spec'] | DaemonSet['spec'],
  desired: number,
): Template {
  return { ref, labels: spec?.template?.metadata?.labels ?? {}, desired };
}

/** No word about readiness means ready, says the API. */
function hasReady({ endpoints }: EndpointSlice): boolean {
  return (endpoints ?? []).some(({ conditions }) => conditions?.ready !== false);
}

/** Pods are there and none serves: since the last of them stopped. */
function noneReady(scene: Scene): Symptom | undefined {
  const { pods, now, thresholds, topology, slices } = scene;
  const unready = unreadyMembers(pods);
  if (unready.length === pods.length) {
    const late = overdue(unready, topology, now);
    if (late.length < unready.length) return undefined;
    if (agesOf(late, now).newest < thresholds.graceSeconds) return undefined;
    return symptomOf(scene, lastOf(late), `none of its pods is ready; ${sayMembers(late)}`);
  }
  // A ready pod that no slice knows: right after it became ready, or the endpoint controller is at fault.
  if (slices.length === 0 || !topology.read('EndpointSlice', scene.ref.namespace)) return undefined;
  const since = readySince(pods);
  if (!isOlder(since, thresholds.graceSeconds, now)) return undefined;
  return symptomOf(
    scene,
    { since, exact: since !== null },
    'a pod is ready, and no EndpointSlice says so',
  );
}

function lastOf(unready: readonly Unready[]): Pick<Unready, 'since' | 'exact'> {
  const sorted = [...unready].sort((a, b) => ((a.since ?? '') < (b.since ?? '') ? 1 : -1));
  return sorted[0] ?? { since: null, exact: false };
}

function readySince(pods: readonly Pod[]): string | null {
  const times = pods
    .filter(isReady)
    .flatMap((pod) => conditionOf(pod, 'Ready')?.lastTransitionTime ?? []);
  return times.sort()[0] ?? null;
}

/** No pod matches. A workload that it selects should have some, unless it is scaled to zero; else a near miss shows that labels drifted. */
function noPods(scene: Scene): Symptom | undefined {
  const { service, templates, now, thresholds } = scene;
  const selector = service.spec?.selector ?? {};
  const since = service.metadata?.creationTimestamp ?? null;
  const inexact = { since, exact: false };
  const targets = templates.filter(({ labels }) => carries(labels, selector));
  if (targets.length > 0) {
    const target = targets.find(({ desired }) => desired > 0);
    if (target === undefined || !isOlder(since, thresholds.graceSeconds, now)) return undefined;
    return symptomOf(scene, inexact, `${target.ref.kind} ${target.ref.name} behind it has no pod`);
  }
  const drift = driftOf(selector, templates);
  if (drift === undefined || !isOlder(since, thresholds.mismatchSeconds, now)) return undefined;
  return {
    ...symptomOf(scene, inexact, `its selector matches no pod: ${drift}`),
    reason: 'ServiceSelectorMatchesNothing',
  };
}

/** A workload whose pods differ from a selector of two labels or more in one only. */
function driftOf(selector: Labels, templates: readonly Template[]): string | undefined {
  const pairs = Object.entries(selector);
  if (pairs.length < 2) return undefined;
  for (const { ref, labels, desired } of templates) {
    const missed = pairs.filter(([name, value]) => labels[name] !== value);
    const [name = '', value = ''] = missed[0] ?? [];
    if (missed.length === 1 && desired > 0)
      return `it asks for ${name}=${value}, ${ref.kind} ${ref.name} has ${labels[name] === undefined ? `no label ${name}` : `${name}=${labels[name]}`}`;
  }
  return undefined;
}

function symptomOf(
  { ref, service, slices }: Scene,
  { since, exact }: Pick<Unready, 'since' | 'exact'>,
  says: string,
): Symptom {
  const selector = Object.entries(service.spec?.selector ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  const evidence: readonly Evidence[] = [
    { source: 'field', at: 'spec.selector', text: selector },
    ...(slices.length === 0
      ? []
      : [{ source: 'field' as const, at: 'endpoints[].conditions.ready', text: 'none ready' }]),
  ];
  return {
    object: ref,
    reason: 'ServiceNoReadyEndpoints',
    impact: 'outage',
    since,
    message: `Service ${nameOf(ref)} has no ready endpoint: ${says}`,
    evidence,
    proof: { decidedBy: 'field', sinceExact: exact },
  };
}
