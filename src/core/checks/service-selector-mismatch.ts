import type { Evidence, Symptom } from '../model/finding.ts';
import { indexByRef } from '../model/ref-map.ts';
import { keyOf, nameOf, type ObjectRef } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import type { Objects } from '../objects/kinds.ts';
import { living } from '../objects/living.ts';
import type { Labels } from '../objects/meta.ts';
import { type NearCarriers, nearCarriers } from '../objects/near-carriers.ts';
import { type Carrier, sayMissed } from '../objects/near-miss.ts';
import type { Service } from '../objects/network-and-storage.ts';
import { hasEnded } from '../objects/pod.ts';
import { once } from '../objects/remembered.ts';
import { podsByLabels, sayPairs } from '../objects/selection.ts';
import { leadsToPods } from '../objects/service-pods.ts';
import { sayUser, serviceUsers, type UserObjects, type Users } from '../objects/service-users.ts';
import { servers, type WorkloadObjects, workloadsByLabels } from '../objects/templates.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const serviceSelectorMismatch = defineCheck({
  meta: {
    id: 'service-selector-mismatch',
    title: "Service's selector matches no pod",
    why: 'Nothing stands behind it: every connection to it is refused or hangs.',
    likelyCauses: [
      "its selector and its pods' labels have drifted apart",
      'the workload behind it was renamed or deleted, and the Service was left',
    ],
    commands: [
      'kubectl -n {namespace} get pods --show-labels',
      'kubectl -n {namespace} get service {name} -o jsonpath="{.spec.selector}"',
      'kubectl -n {namespace} edit service {name} # changes the cluster',
    ],
    // Service and workload are often applied one after the other.
    defaults: { graceSeconds: 600 },
    docs: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/#does-the-service-have-any-endpointslices',
    finds: { 105: ['ServiceSelectorMatchesNothing'] },
    cause: { role: 'root' },
  },
  needs: ['Service', 'Pod', 'Deployment', 'StatefulSet', 'DaemonSet'],
  helps: ['Job', 'CronJob', 'Ingress', 'Namespace'],
  *judge(objects, { now, thresholds, topology }) {
    const scene = sceneOf(objects, topology);
    for (const [ref, service] of living('Service', objects.Service)) {
      if (!leadsToPods(service) || scene.matches(ref.namespace, selectorOf(service))) continue;
      if (!isOlder(service.metadata?.creationTimestamp, thresholds.graceSeconds, now)) continue;
      const drift = driftOf(ref, service, scene);
      const user = sayUser(scene.usersOf(ref));
      if (drift !== undefined) yield symptomOf(ref, service, drift, 'outage');
      // What nobody is seen to use is a leftover, or a chart's Service for what this cluster does not run.
      else if (user !== undefined) yield symptomOf(ref, service, `${user} leads to it`, 'at-risk');
    }
  },
});

interface Scene {
  readonly matches: (namespace: string | null, selector: Labels) => boolean;
  readonly near: NearCarriers;
  /** Whether some Service leads to its pods. */
  readonly isServed: (carrier: Carrier) => boolean;
  /** Whether the selector asks for a label that pods get while they run (who leads, which revision serves): their template does not have it. */
  readonly asksForLaterLabel: (selector: Labels, carrier: Carrier) => boolean;
  readonly usersOf: (service: ObjectRef) => Users;
}

function selectorOf({ spec }: Service): Labels {
  return spec?.selector ?? {};
}

function sceneOf(objects: UserObjects & Pick<Objects, 'Pod'>, topology: Topology): Scene {
  const pods = podsByLabels(objects.Pod);
  const templates = workloadsByLabels(objects);
  const { near, byLabels } = nearCarriers(() => carriersAmong(objects, topology));
  const served = once(
    () =>
      new Set(
        objects.Service.filter(leadsToPods).flatMap((each) =>
          byLabels.carrying(each.metadata?.namespace ?? null, selectorOf(each)),
        ),
      ),
  );
  return {
    matches: (namespace, selector) =>
      templates.carrying(namespace, selector).length > 0 ||
      pods.carrying(namespace, selector).length > 0,
    near,
    isServed: (carrier) => served().has(carrier),
    asksForLaterLabel: (selector, { ref, labels }) =>
      Object.keys(selector).some(
        (name) =>
          labels[name] === undefined &&
          pods
            .carrying(ref.namespace, labels)
            .some(({ metadata }) => metadata?.labels?.[name] !== undefined),
      ),
    usersOf: serviceUsers(objects),
  };
}

/** Workloads that should have pods, and pods of nobody or of a controller that is not read. */
function carriersAmong(
  objects: WorkloadObjects & Pick<Objects, 'Pod'>,
  topology: Topology,
): readonly Carrier[] {
  const workloads = servers(objects);
  const known = indexByRef(workloads, ({ ref }) => ref);
  return [
    ...workloads.filter(({ desired }) => desired > 0),
    ...objects.Pod.filter((pod) => !hasEnded(pod))
      .map((pod) => ({ ref: topology.workloadOf(pod), labels: pod.metadata?.labels ?? {} }))
      .filter(({ ref }) => known.get(ref) === undefined && !['Job', 'CronJob'].includes(ref.kind)),
  ];
}

/** A workload whose labels are nearly those, and that no other Service leads to. */
function driftOf(ref: ObjectRef, service: Service, scene: Scene): string | undefined {
  const selector = selectorOf(service);
  const [nearest] = scene
    .near(ref, selector)
    .filter((each) => !scene.isServed(each) && !scene.asksForLaterLabel(selector, each))
    .sort(
      (a, b) =>
        compareText(keyOf(a.ref), keyOf(b.ref)) ||
        compareText(sayPairs(a.labels), sayPairs(b.labels)),
    );
  return nearest === undefined ? undefined : sayMissed(selector, nearest);
}

function symptomOf(
  ref: ObjectRef,
  service: Service,
  says: string,
  impact: 'outage' | 'at-risk',
): Symptom {
  const selector = sayPairs(selectorOf(service));
  const evidence: readonly Evidence[] = [{ source: 'field', at: 'spec.selector', text: selector }];
  return {
    object: ref,
    reason: 'ServiceSelectorMatchesNothing',
    impact,
    since: service.metadata?.creationTimestamp ?? null,
    message: `Service ${nameOf(ref)} has no endpoint: its selector ${selector} matches no pod; ${says}`,
    evidence,
    proof: { decidedBy: impact === 'outage' ? 'field' : 'message', sinceExact: false },
  };
}
