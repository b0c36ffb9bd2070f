import type { MissingRef } from '../model/finding.ts';
import { keyOf } from '../model/snapshot.ts';
import type { CustomResource } from '../objects/custom.ts';
import { customSymptom, isRipe } from '../objects/custom-symptom.ts';
import type { Trouble } from '../objects/custom-trouble.ts';
import { backendsOf, parentsOf, refusalAt, routesOf } from '../objects/gateway-routes.ts';
import { refOf } from '../objects/meta.ts';
import { defineCheck } from './define.ts';

export const routeRefsUnresolved = defineCheck({
  meta: {
    id: 'route-refs-unresolved',
    title: 'Route leads to what cannot be found',
    why: 'Requests that match the rule get 500, for the gateway knows no backend for them.',
    likelyCauses: [
      'the Service or its port does not exist',
      'the Service is in another namespace, and no ReferenceGrant there allows it',
      'the backend is of a kind that this implementation does not know',
    ],
    commands: [
      'kubectl -n {namespace} describe {resource} {name}',
      'kubectl -n {namespace} get services',
      'kubectl get referencegrants.gateway.networking.k8s.io -A',
    ],
    // The taxonomy's 5 min.
    defaults: { graceSeconds: 300 },
    docs: 'https://gateway-api.sigs.k8s.io/api-types/httproute/#backendrefs-optional',
    finds: {
      113: ['BackendNotFound', 'RefNotPermitted', 'RouteRefsUnresolved'],
    },
    cause: { role: 'root', reason: 'RouteRefsUnresolved' },
  },
  needs: ['CustomResource'],
  helps: ['Service'],
  *judge({ CustomResource, Service }, { now, thresholds, topology }) {
    const services = new Set(Service.map((each) => keyOf(refOf('Service', each))));
    for (const route of routesOf(CustomResource)) {
      const trouble = unresolved(route);
      if (trouble === undefined || !isRipe(route, trouble, thresholds.graceSeconds, now)) continue;
      const missing = backendsOf(route).find(
        (each) =>
          each.kind === 'Service' &&
          topology.read('Service', each.namespace) &&
          !services.has(keyOf(each)),
      );
      yield customSymptom(route, trouble, {
        reason: known.includes(trouble.reason) ? trouble.reason : 'RouteRefsUnresolved',
        impact: 'degraded',
        proof: proofOf(trouble, missing),
      });
    }
  },
});

const known = ['BackendNotFound', 'RefNotPermitted'];

/** False at one parent, with all who speak of it. */
function unresolved(route: CustomResource): Trouble | undefined {
  for (const statuses of parentsOf(route).values()) {
    // What a parent refuses as a whole, another check tells.
    if (refusalAt(statuses, 'Accepted') !== undefined) continue;
    const condition = refusalAt(statuses, 'ResolvedRefs');
    const name = statuses[0]?.parent.name ?? '';
    if (condition === undefined) continue;
    const { reason = 'ResolvedRefs', message = '', lastTransitionTime } = condition;
    return {
      by: 'condition',
      type: 'ResolvedRefs',
      reason,
      message,
      at: `status.parents[${name}].conditions[ResolvedRefs]`,
      since: lastTransitionTime ?? null,
      failing: true,
    };
  }
  return undefined;
}

/** The Service that it misses, where the list of Services says so too. */
function proofOf({ reason }: Trouble, missing: MissingRef | undefined) {
  return { missing: reason === 'BackendNotFound' ? missing : undefined };
}
