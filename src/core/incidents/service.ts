import type { Catalog, Service } from '../model/catalog.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { carries } from '../objects/meta.ts';
import type { Traits } from './surroundings.ts';

/**
 * The catalog's service that a workload belongs to, the most specific first: most selector labels, then the workload's
 * own name, then a namespace; equals in the catalog's order. A service with neither selector nor namespaces is the
 * workload of its name: it would be everything otherwise.
 */
export function serviceOf(
  catalog: Catalog,
  workload: ObjectRef,
  traits: Traits,
): Service | undefined {
  const matching = catalog.services.filter((service) => belongs(service, workload, traits));
  return matching.sort((a, b) => specificity(b, workload) - specificity(a, workload))[0];
}

function belongs(service: Service, workload: ObjectRef, traits: Traits): boolean {
  const namespace = workload.namespace ?? '';
  if (service.namespaces.length > 0 && !service.namespaces.includes(namespace)) return false;
  if (Object.keys(service.selector).length > 0)
    return traits.labels.some((labels) => carries(labels, service.selector));
  return service.namespaces.length > 0 || service.name === workload.name;
}

function specificity(service: Service, workload: ObjectRef): number {
  const labels = Object.keys(service.selector).length;
  const named = service.name === workload.name ? 2 : 0;
  return labels * 4 + named + (service.namespaces.length > 0 ? 1 : 0);
}
