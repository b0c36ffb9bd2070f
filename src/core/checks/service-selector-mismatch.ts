import type { Evidence, Symptom } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { indexByRef } from '../model/ref-map.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import type { Objects } from '../objects/kinds.ts';
import { living } from '../objects/living.ts';
import { carries, type Labels } from '../objects/meta.ts';
import { type Carrier, nearMiss } from '../objects/near-miss.ts';
import type { Service } from '../objects/network-and-storage.ts';
import { once } from '../objects/remembered.ts';
import { podsByLabels, sayPairs } from '../objects/selection.ts';
import { leadsToPods } from '../objects/service-pods.ts';
import { sayUser, serviceUsers, type UserObjects, type Users } from '../objects/service-users.ts';
import { servers, workloadsByLabels } from '../objects/templates.ts';
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
  readonly carriersIn: (namespace: string | null) => readonly Carrier[];
  /** Whether some Service leads to pods with these labels. */
  readonly isServed: (namespace: string | null, labels: Labels) => boolean;
  /** Whether the selector asks for a label that pods get while they run (who leads, which revision serves): their template does not have it. */
  readonly asksForLaterLabel: (
    namespace: string | null,
    selector: Labels,
    template: Labels,
  ) => boolean;
  readonly usersOf: (service: ObjectRef) => Users;
}

function selectorOf({ spec }: Service): Labels {
  return spec?.selector ?? {};
}

function sceneOf(objects: UserObjects & Pick<Objects, 'Pod'>, topology: Topology): Scene {
  const pods = podsByLabels(objects.Pod);
  const templates = workloadsByLabels(objects);
  const known = once(() => indexByRef(servers(objects), ({ ref }) => ref));
  const isKnown = (ref: ObjectRef): boolean => known().get(ref) !== undefined;
  const services = groupBy(
    objects.Service.filter(leadsToPods),
    ({ metadata }) => metadata?.namespace ?? '',
  );
  return {
    matches: (namespace, selector) =>
      templates.carrying(namespace, selector).length > 0 ||
      pods.carrying(namespace, selector).length > 0,
    carriersIn: perNamespace((namespace) => [
      ...templates
        .carrying(namespace, {})
        .filter(({ ref, desired }) => isKnown(ref) && desired > 0),
      // Pods of nobody, or of a controller that is not read.
      ...pods
        .carrying(namespace, {})
        .map((pod) => ({ ref: topology.workloadOf(pod), labels: pod.metadata?.labels ?? {} }))
        .filter(({ ref }) => !isKnown(ref) && ref.kind !== 'Job' && ref.kind !== 'CronJob'),
    ]),
    isServed: (namespace, labels) =>
      (services.get(namespace ?? '') ?? []).some((each) => carries(labels, selectorOf(each))),
    asksForLaterLabel: (namespace, selector, template) =>
      Object.keys(selector).some(
        (name) =>
          template[name] === undefined &&
          pods
            .carrying(namespace, template)
            .some(({ metadata }) => metadata?.labels?.[name] !== undefined),
      ),
    usersOf: serviceUsers(objects),
  };
}

function perNamespace<T>(make: (namespace: string | null) => T): (namespace: string | null) => T {
  const made = new Map<string | null, T>();
  return (namespace) => {
    const value = made.get(namespace) ?? make(namespace);
    made.set(namespace, value);
    return value;
  };
}

/** A workload whose labels are nearly those, and that no other Service leads to. */
function driftOf(ref: ObjectRef, service: Service, scene: Scene): string | undefined {
  const selector = selectorOf(service);
  const pairs = Object.entries(selector);
  const near = scene.carriersIn(ref.namespace).flatMap((carrier) => {
    const says = nearMiss(ref.name, pairs, carrier);
    // Few are near: only of those it is asked whether they are meant for another.
    const isMeant =
      says === undefined ||
      scene.isServed(ref.namespace, carrier.labels) ||
      scene.asksForLaterLabel(ref.namespace, selector, carrier.labels);
    return isMeant ? [] : [says];
  });
  return near.sort(compareText)[0];
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
