import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import type { Event } from '../objects/cluster-objects.ts';
import { eventEvidence } from '../objects/event-evidence.ts';
import { isPublished } from '../objects/ingress-backends.ts';
import { refOf } from '../objects/meta.ts';
import type { Service } from '../objects/network-and-storage.ts';
import { eventsOf, isFresh } from '../objects/object-events.ts';
import { defineCheck } from './define.ts';

export const loadBalancerPending = defineCheck({
  meta: {
    id: 'load-balancer-pending',
    title: 'Load balancer does not come, or does not go',
    why: 'Nobody outside the cluster reaches the Service; one that cannot be deleted still costs money and holds its namespace.',
    likelyCauses: [
      'the cloud refuses: quota, subnets without tags, permissions, an address that is taken',
      'the address pool is used up',
      'the cloud controller does not run',
    ],
    commands: [
      'kubectl -n {namespace} describe service {name}',
      'kubectl -n {namespace} get service {name} -o yaml',
      {
        for: ['LoadBalancerPending'],
        run: 'kubectl get services -A --field-selector spec.type=LoadBalancer',
      },
    ],
    defaults: {
      // A cloud's load balancer takes some minutes.
      graceSeconds: 600,
      // The service controller tries again every five minutes at most.
      deletionSeconds: 900,
    },
    docs: 'https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer',
    finds: { 108: ['LoadBalancerPending', 'SyncLoadBalancerFailed', 'LoadBalancerStuckDeleting'] },
    cause: { role: 'other', reason: 'LoadBalancerPending' },
  },
  needs: ['Service'],
  helps: ['Event'],
  *judge({ Service: services }, { now, thresholds, topology }) {
    const balanced = services.filter(({ spec }) => spec?.type === 'LoadBalancer');
    // Where no Service of the class ever got an address, the cluster has nobody who gives any.
    const giving = new Set(balanced.filter(isPublished).map(({ spec }) => spec?.loadBalancerClass));
    for (const service of services) {
      const ref = refOf('Service', service);
      const { deletionTimestamp, creationTimestamp, finalizers = [] } = service.metadata ?? {};
      const event = eventsOf(service, complaints, topology).find((each) => isFresh(each, now));
      if (deletionTimestamp !== undefined) {
        if (!finalizers.includes('service.kubernetes.io/load-balancer-cleanup')) continue;
        if (isOlder(deletionTimestamp, thresholds.deletionSeconds, now))
          yield leaving(ref, deletionTimestamp, event);
        continue;
      }
      if (service.spec?.type !== 'LoadBalancer' || isPublished(service)) continue;
      if (!isOlder(creationTimestamp, thresholds.graceSeconds, now)) continue;
      if (event !== undefined || giving.has(service.spec.loadBalancerClass))
        yield pending(ref, service, event);
    }
  },
});

/** The service controller's (the older word too), AWS Load Balancer Controller's, MetalLB's. */
const complaints = [
  'SyncLoadBalancerFailed',
  'CreatingLoadBalancerFailed',
  'DeletingLoadBalancerFailed',
  'FailedBuildModel',
  'FailedDeployModel',
  'AllocationFailed',
];

function pending(ref: ObjectRef, service: Service, event: Event | undefined): Symptom {
  const says =
    event === undefined
      ? 'other load balancers of the cluster have one, and no event says why'
      : `${event.reason}: ${event.message ?? ''}`;
  return {
    object: ref,
    reason: event === undefined ? 'LoadBalancerPending' : 'SyncLoadBalancerFailed',
    impact: 'degraded',
    since: service.metadata?.creationTimestamp ?? null,
    message: `Service ${nameOf(ref)} waits for its load balancer's address: ${says}`,
    evidence: [
      { source: 'field', at: 'status.loadBalancer.ingress', text: 'empty' },
      ...eventEvidence(event),
    ],
    proof: { decidedBy: 'field', sinceExact: true },
  };
}

function leaving(ref: ObjectRef, since: string, event: Event | undefined): Symptom {
  const says =
    event === undefined ? 'no event says why' : `${event.reason}: ${event.message ?? ''}`;
  return {
    object: ref,
    reason: 'LoadBalancerStuckDeleting',
    impact: 'at-risk',
    since,
    message: `Service ${nameOf(ref)} cannot be deleted: its load balancer is not taken down (finalizer service.kubernetes.io/load-balancer-cleanup): ${says}`,
    evidence: [
      { source: 'field', at: 'metadata.deletionTimestamp', text: since },
      ...eventEvidence(event),
    ],
    proof: { decidedBy: 'field', sinceExact: true },
  };
}
