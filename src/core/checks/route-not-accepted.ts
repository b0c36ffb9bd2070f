import { keyOf } from '../model/snapshot.ts';
import { type CustomResource, ofKinds } from '../objects/custom.ts';
import { customRef } from '../objects/custom-names.ts';
import { customSymptom, isRipe } from '../objects/custom-symptom.ts';
import type { Trouble } from '../objects/custom-trouble.ts';
import {
  gatewayGroup,
  type ParentStatus,
  parentsOf,
  refusalAt,
  routesOf,
} from '../objects/gateway-routes.ts';
import { defineCheck } from './define.ts';

export const routeNotAccepted = defineCheck({
  meta: {
    id: 'route-not-accepted',
    title: 'Gateway does not accept a route',
    why: 'The gateway does not send the traffic of its hosts to it.',
    likelyCauses: [
      'the listener that it names does not exist, or allows no route of this namespace or kind',
      'no listener has a hostname that fits',
      'two routes claim the same host and path',
      'a filter or match that this implementation does not know',
    ],
    commands: [
      'kubectl -n {namespace} describe {resource} {name}',
      'kubectl get gateways.gateway.networking.k8s.io -A',
    ],
    // The taxonomy's 5 min.
    defaults: { graceSeconds: 300 },
    docs: 'https://gateway-api.sigs.k8s.io/api-types/httproute/#routestatus',
    finds: { 113: ['RouteNotAccepted', 'RouteNotProgrammed'] },
    cause: { role: 'root', reason: 'RouteNotAccepted' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    const gateways = new Set(
      ofKinds(CustomResource, gatewayGroup, 'Gateway').map((each) => keyOf(customRef(each))),
    );
    for (const route of routesOf(CustomResource)) {
      const refused = refusalOf(route, gateways);
      if (refused === undefined) continue;
      const { trouble, parent, everywhere } = refused;
      if (!isRipe(route, trouble, thresholds.graceSeconds, now)) continue;
      yield customSymptom(route, trouble, {
        reason: trouble.type === 'Accepted' ? 'RouteNotAccepted' : 'RouteNotProgrammed',
        impact: everywhere ? 'degraded' : 'at-risk',
        proof: { dependsOn: [parent.parent] },
      });
    }
  },
});

/** Refused by all its parents, or by a gateway that is here: of several parents some may be of another cluster's making, or no longer named. */
function refusalOf(route: CustomResource, gateways: ReadonlySet<string>) {
  const parents = [...parentsOf(route).values()];
  const refused = parents.flatMap((statuses) => {
    // Some implementations say apart that an accepted route does not work.
    const [condition] = ['Accepted', 'Programmed', 'Reconciled'].flatMap(
      (type) => refusalAt(statuses, type) ?? [],
    );
    const [parent] = statuses;
    return condition === undefined || parent === undefined ? [] : [{ condition, parent }];
  });
  const everywhere = refused.length === parents.length;
  const told = everywhere
    ? refused[0]
    : refused.find(({ parent }) => gateways.has(keyOf(parent.parent)));
  if (told === undefined) return undefined;
  return { trouble: troubleAt(told.parent, told.condition), parent: told.parent, everywhere };
}

function troubleAt(
  { parent }: ParentStatus,
  condition: ParentStatus['conditions'][number],
): Trouble {
  const { type = 'Accepted', reason = type, message = '', lastTransitionTime } = condition;
  return {
    by: 'condition',
    type,
    reason,
    message: message === '' ? `${parent.kind} ${parent.name} does not accept it` : message,
    at: `status.parents[${parent.name}].conditions[${type}]`,
    since: lastTransitionTime ?? null,
    failing: true,
  };
}
