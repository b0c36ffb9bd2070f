import type { MissingRef, Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { cut } from '../model/text.ts';
import { ageSeconds, isOlder } from '../model/time.ts';
import { conditionEvidence } from '../objects/condition-evidence.ts';
import type { Objects } from '../objects/kinds.ts';
import { living } from '../objects/living.ts';
import { type Condition, conditionOf } from '../objects/meta.ts';
import { isReady } from '../objects/pod.ts';
import { startOf } from '../objects/pod-questions.ts';
import { targetOf } from '../objects/scale-target.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const hpaMetrics = defineCheck({
  meta: {
    id: 'hpa-metrics',
    title: 'Autoscaler has no metrics',
    why: 'The workload stays at the size it has, whatever the load.',
    likelyCauses: [
      'metrics-server (or the adapter of custom or external metrics) is down or not installed',
      'a container of the target has no resource request',
      'the metric or its query does not exist',
    ],
    commands: [
      'kubectl -n {namespace} describe hpa {name}',
      {
        for: ['MissingRequest'],
        run: 'kubectl -n {namespace} get pods -o custom-columns="NAME:.metadata.name,REQUESTS:.spec.containers[*].resources.requests"',
      },
      {
        for: [
          'FailedGetResourceMetric',
          'FailedGetContainerResourceMetric',
          'FailedGetExternalMetric',
          'FailedGetObjectMetric',
          'FailedGetPodsMetric',
        ],
        run: 'kubectl get apiservices | grep metrics.k8s.io',
      },
      {
        for: ['FailedGetResourceMetric', 'FailedGetContainerResourceMetric'],
        run: 'kubectl -n {namespace} top pods',
      },
    ],
    defaults: {
      // Metrics of new pods take minutes; a restart of metrics-server is over by then: our own figure.
      graceSeconds: 600,
    },
    docs: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale-walkthrough/#appendix-horizontal-pod-autoscaler-status-conditions',
    finds: {
      78: [
        'FailedGetResourceMetric',
        'FailedGetContainerResourceMetric',
        'FailedGetExternalMetric',
        'FailedGetObjectMetric',
        'FailedGetPodsMetric',
        'FailedComputeMetricsReplicas',
        'InvalidMetricSourceType',
        'InvalidSelector',
        'MissingRequest',
      ],
    },
    cause: { role: 'symptom', reason: 'ScalingInactive' },
  },
  needs: ['HorizontalPodAutoscaler'],
  helps: ['APIService', 'Pod', 'Deployment', 'StatefulSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const [ref, scaler] of living(
      'HorizontalPodAutoscaler',
      objects.HorizontalPodAutoscaler,
    )) {
      const active = conditionOf(scaler, 'ScalingActive');
      if (active?.status !== 'False' || !reasons.includes(active.reason ?? '')) continue;
      const since = active.lastTransitionTime ?? scaler.metadata?.creationTimestamp ?? null;
      const target = targetOf(scaler);
      if (!isOlder(since, thresholds.graceSeconds, now)) continue;
      if (target !== undefined && !hasSettled(target, topology, thresholds.graceSeconds, now))
        continue;
      yield symptomOf(ref, active, since, { target, objects, topology });
    }
  },
});

/** Words of kube-controller-manager; `ScalingDisabled` (the target is at zero) is none of them. */
const reasons: readonly string[] = [
  'FailedGetResourceMetric',
  'FailedGetContainerResourceMetric',
  'FailedGetExternalMetric',
  'FailedGetObjectMetric',
  'FailedGetPodsMetric',
  'FailedComputeMetricsReplicas',
  'InvalidMetricSourceType',
  'InvalidSelector',
];

/** Pods that have just started, or are not ready, have no metrics: the last is the target's own matter. */
function hasSettled(target: ObjectRef, topology: Topology, grace: number, now: number): boolean {
  const pods = topology.podsOf(target);
  return (
    pods.length === 0 ||
    pods.some((pod) => isReady(pod) && (ageSeconds(startOf(pod), now) ?? grace) >= grace)
  );
}

/** Which API serves a metric. */
const apis: { readonly [reason: string]: string | undefined } = {
  FailedGetResourceMetric: 'v1beta1.metrics.k8s.io',
  FailedGetContainerResourceMetric: 'v1beta1.metrics.k8s.io',
  FailedGetExternalMetric: 'v1beta1.external.metrics.k8s.io',
  FailedGetObjectMetric: 'v1beta1.custom.metrics.k8s.io',
  FailedGetPodsMetric: 'v1beta1.custom.metrics.k8s.io',
};
const noRequest = /missing request for (\S{1,63})(?: in container (\S{1,63}))?/;
/** What every message of it begins with. */
const preamble =
  /^the HPA was unable to compute the replica count: (?:failed to get \S{1,100} utilization: )?/;
const notServed = /could not find the requested resource|no matches for kind/;

interface Scene {
  readonly target: ObjectRef | undefined;
  readonly objects: Pick<Objects, 'APIService'>;
  readonly topology: Topology;
}

function symptomOf(ref: ObjectRef, active: Condition, since: string | null, scene: Scene): Symptom {
  const { reason = '', message = '' } = active;
  const [, resource, container] = noRequest.exec(message) ?? [];
  const lacksRequest = resource !== undefined;
  const where = container === undefined ? 'a container' : `container ${container}`;
  const says = lacksRequest
    ? `${where} has no request for ${resource} (missing request for ${resource})`
    : cut(message.replace(preamble, ''), 180);
  return {
    object: ref,
    reason: lacksRequest ? 'MissingRequest' : reason,
    impact: 'at-risk',
    since,
    message: `Autoscaler ${nameOf(ref)} cannot scale${scene.target === undefined ? '' : ` ${scene.target.kind} ${scene.target.name}`} (${reason}): ${says}`,
    evidence: [conditionEvidence(active)],
    proof: {
      decidedBy: lacksRequest ? 'message' : 'field',
      sinceExact: active.lastTransitionTime !== undefined,
      container,
      ...(lacksRequest ? {} : dependencyOf(reason, message, scene)),
    },
  };
}

function dependencyOf(
  reason: string,
  message: string,
  { target, objects, topology }: Scene,
): { readonly dependsOn: readonly ObjectRef[]; readonly missing?: MissingRef } {
  const name = apis[reason];
  const api = name === undefined ? [] : [{ kind: 'APIService', namespace: null, name }];
  const isAbsent =
    topology.read('APIService') &&
    notServed.test(message) &&
    !objects.APIService.some(({ metadata }) => metadata?.name === name);
  const dependsOn = [...api, ...(target === undefined ? [] : [target])];
  return { dependsOn, ...(isAbsent && api[0] !== undefined ? { missing: api[0] } : {}) };
}
