import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { classOf, isPublished } from '../objects/ingress-backends.ts';
import { living } from '../objects/living.ts';
import type { Ingress } from '../objects/network-and-storage.ts';
import { eventsOf, isFresh } from '../objects/object-events.ts';
import { defineCheck } from './define.ts';

export const ingressNoAddress = defineCheck({
  meta: {
    id: 'ingress-no-address',
    title: 'Ingress gets no address',
    why: 'Its controller cannot set it up: nobody outside reaches what is behind it.',
    likelyCauses: [
      'the cloud refuses: subnets without tags, permissions, quota',
      'a Service, certificate or annotation that it names is wrong',
    ],
    commands: [
      'kubectl -n {namespace} describe ingress {name}',
      'kubectl -n {namespace} get ingress {name} -o yaml',
    ],
    // A cloud's load balancer takes some minutes.
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#load-balancing',
    finds: { 112: ['IngressNoAddress'] },
    cause: { role: 'symptom' },
  },
  needs: ['Ingress', 'Event'],
  helps: [],
  *judge({ Ingress: ingresses }, { now, thresholds, topology }) {
    for (const [ref, ingress] of living('Ingress', ingresses)) {
      if (isPublished(ingress)) continue;
      if (!isOlder(ingress.metadata?.creationTimestamp, thresholds.graceSeconds, now)) continue;
      // Many controllers never publish an address: without a controller's own complaint nothing is wrong.
      const event = eventsOf(ingress, complaints, topology).find((each) => isFresh(each, now));
      if (event !== undefined)
        yield symptomOf(ref, ingress, event.reason ?? '', event.message ?? '');
    }
  },
});

/** AWS Load Balancer Controller; GKE's controller. */
const complaints = [
  'FailedBuildModel',
  'FailedDeployModel',
  'FailedReconcile',
  'Sync',
  'Translate',
  'GCE',
];

function symptomOf(ref: ObjectRef, ingress: Ingress, reason: string, text: string): Symptom {
  const className = classOf(ingress);
  return {
    object: ref,
    reason: 'IngressNoAddress',
    impact: 'outage',
    since: ingress.metadata?.creationTimestamp ?? null,
    message: `Ingress ${nameOf(ref)} has no address: ${reason}: ${text}`,
    evidence: [
      { source: 'event', at: reason, text },
      { source: 'field', at: 'status.loadBalancer.ingress', text: 'empty' },
    ],
    proof: {
      decidedBy: 'message',
      sinceExact: true,
      ...(className === undefined
        ? {}
        : { dependsOn: [{ kind: 'IngressClass', namespace: null, name: className }] }),
    },
  };
}
