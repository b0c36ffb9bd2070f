import type { Evidence, Symptom } from '../model/finding.ts';
import { keyOf, nameOf, type ObjectRef } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import { living } from '../objects/living.ts';
import { agesOf, overdue, sayMembers, type Unready, unreadyMembers } from '../objects/members.ts';
import { conditionOf } from '../objects/meta.ts';
import type { EndpointSlice, Service } from '../objects/network-and-storage.ts';
import { isReady, type Pod } from '../objects/pod.ts';
import { podsByLabels, sayPairs } from '../objects/selection.ts';
import { hasReady, leadsToPods, slicesOf } from '../objects/service-pods.ts';
import { serversByLabels, type Templated } from '../objects/templates.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const serviceNoEndpoints = defineCheck({
  meta: {
    id: 'service-no-endpoints',
    title: 'Service has no ready endpoint',
    why: 'Every connection to it is refused or hangs.',
    likelyCauses: [
      'no pod behind it is ready',
      'the workload behind it cannot make its pods',
      'the endpoint controller does not follow',
    ],
    commands: [
      'kubectl -n {namespace} get endpointslices -l kubernetes.io/service-name={name}',
      'kubectl -n {namespace} describe service {name}',
      'kubectl -n {namespace} get pods --show-labels',
    ],
    defaults: {
      // A restart in place is over by then.
      graceSeconds: 120,
    },
    docs: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/',
    finds: { 106: ['ServiceNoReadyEndpoints'] },
    cause: { role: 'symptom', reason: 'NoEndpoints' },
  },
  needs: ['Service', 'Pod'],
  helps: ['EndpointSlice', 'Deployment', 'StatefulSet', 'DaemonSet', 'Event'],
  *judge(objects, { now, thresholds, topology }) {
    const pods = podsByLabels(objects.Pod);
    const templates = serversByLabels(objects);
    for (const [ref, service] of living('Service', objects.Service)) {
      if (!leadsToPods(service) || looksForPeers(service)) continue;
      const slices = slicesOf(objects.EndpointSlice, ref);
      if (slices.some(hasReady)) continue;
      const selector = service.spec?.selector ?? {};
      const scene: Scene = {
        ref,
        service,
        slices,
        pods: pods.carrying(ref.namespace, selector),
        now,
        graceSeconds: thresholds.graceSeconds,
        topology,
      };
      const symptom =
        scene.pods.length > 0
          ? noneReady(scene)
          : noPods(scene, templates.carrying(ref.namespace, selector));
      if (symptom !== undefined) yield symptom;
    }
  },
});

interface Scene {
  readonly ref: ObjectRef;
  readonly service: Service;
  readonly pods: readonly Pod[];
  readonly slices: readonly EndpointSlice[];
  readonly now: number;
  readonly graceSeconds: number;
  readonly topology: Topology;
}

/** With publishNotReadyAddresses peers look for each other before they are ready. */
function looksForPeers({ spec }: Service): boolean {
  return spec?.publishNotReadyAddresses === true;
}

/** Pods are there and none serves: since the last of them stopped. */
function noneReady(scene: Scene): Symptom | undefined {
  const { pods, now, graceSeconds, topology, slices } = scene;
  const unready = unreadyMembers(pods);
  if (unready.length === pods.length) {
    const late = overdue(unready, topology, now);
    if (late.length < unready.length) return undefined;
    if (agesOf(late, now).newest < graceSeconds) return undefined;
    return symptomOf(scene, lastOf(late), `none of its pods is ready; ${sayMembers(late)}`);
  }
  // A ready pod that no slice knows: right after it became ready, or the endpoint controller is at fault.
  if (slices.length === 0 || !topology.read('EndpointSlice', scene.ref.namespace)) return undefined;
  const since = readySince(pods);
  if (!isOlder(since, graceSeconds, now)) return undefined;
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

/** No pod matches, though a workload that it selects should have some. (Where no workload matches, the selector is at fault: service-selector-mismatch.) */
function noPods(scene: Scene, targets: readonly Templated[]): Symptom | undefined {
  const { service, graceSeconds, now } = scene;
  const target = [...targets]
    .filter(({ desired }) => desired > 0)
    .sort((a, b) => compareText(keyOf(a.ref), keyOf(b.ref)))[0];
  if (target === undefined || !isOlder(service.metadata?.creationTimestamp, graceSeconds, now))
    return undefined;
  return symptomOf(
    scene,
    // That it was made then does not say when its last pod went.
    { since: null, exact: false },
    `${target.ref.kind} ${target.ref.name} behind it has no pod`,
  );
}

function symptomOf(
  { ref, service, slices }: Scene,
  { since, exact }: Pick<Unready, 'since' | 'exact'>,
  says: string,
): Symptom {
  const selector = sayPairs(service.spec?.selector ?? {});
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
