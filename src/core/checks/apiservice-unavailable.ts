import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import type { ApiService } from '../objects/admission.ts';
import { conditionEvidence } from '../objects/condition-evidence.ts';
import { living } from '../objects/living.ts';
import { type Condition, conditionOf } from '../objects/meta.ts';
import { defineCheck } from './define.ts';

export const apiserviceUnavailable = defineCheck({
  meta: {
    id: 'apiservice-unavailable',
    title: 'Aggregated API is not available',
    why: 'Whoever asks for this API gets an error: autoscalers without metrics, namespaces that cannot be deleted, slow discovery.',
    likelyCauses: [
      'no pod of the Service behind it is ready',
      'the API server cannot reach that Service: network policy, firewall, certificate',
      'what served it was removed, and its APIService was left',
    ],
    commands: [
      'kubectl get apiservice {name} -o yaml',
      'kubectl describe apiservice {name}',
      'kubectl get apiservice',
    ],
    // kubernetes-mixin's KubeAggregatedAPIDown waits 5 min.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/',
    finds: {
      115: ['APIServiceUnavailable', 'FailedDiscoveryCheck', 'MissingEndpoints', 'ServiceNotFound'],
    },
    cause: { role: 'root', reason: 'APIServiceUnavailable' },
  },
  needs: ['APIService'],
  helps: [],
  *judge({ APIService: services }, { now, thresholds }) {
    for (const [ref, service] of living('APIService', services)) {
      const available = conditionOf(service, 'Available');
      if (available?.status !== 'False' && available?.status !== 'Unknown') continue;
      const since = available.lastTransitionTime ?? service.metadata?.creationTimestamp;
      if (isOlder(since, thresholds.graceSeconds, now))
        yield symptomOf(ref, service, available, since ?? null);
    }
  },
});

/** The aggregator's words that are a sub-cause of their own. */
const told = ['FailedDiscoveryCheck', 'MissingEndpoints', 'ServiceNotFound'];

function symptomOf(
  ref: ObjectRef,
  { spec }: ApiService,
  available: Condition,
  since: string | null,
): Symptom {
  const { reason = '', message = '', lastTransitionTime } = available;
  const { namespace, name } = spec?.service ?? {};
  const says = [reason, message].filter((part) => part !== '').join(': ');
  const behind: readonly ObjectRef[] =
    namespace === undefined || name === undefined ? [] : [{ kind: 'Service', namespace, name }];
  const by = behind.map((service) => ` (Service ${nameOf(service)})`).join('');
  return {
    object: ref,
    reason: told.includes(reason) ? reason : 'APIServiceUnavailable',
    impact: 'degraded',
    since,
    message: `API ${spec?.group ?? ''}/${spec?.version ?? ''}${by} is not available${says === '' ? '' : `: ${says}`}`,
    evidence: [conditionEvidence(available)],
    proof: {
      decidedBy: 'field',
      sinceExact: lastTransitionTime !== undefined,
      dependsOn: behind,
    },
  };
}
