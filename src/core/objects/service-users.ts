import { addTo, refMap } from '../model/ref-map.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import {
  type Dependents,
  dependentsByService,
  type Named,
  sayNamed,
  servicesByRef,
} from './dependencies.ts';
import { backendsOf } from './ingress-backends.ts';
import type { Objects } from './kinds.ts';
import { carries, refOf } from './meta.ts';
import { once } from './remembered.ts';

/** Who names a Service: workloads that run, in an environment variable (not those behind it), and Ingresses. */
export interface Users {
  readonly dependents: readonly Named[];
  readonly ingresses: readonly ObjectRef[];
}

export type UserObjects = Dependents & Pick<Objects, 'Service' | 'Namespace' | 'Ingress'>;

/** Made when it is first asked for: most Services are well, and nobody asks who uses them. */
export function serviceUsers(objects: UserObjects): (service: ObjectRef) => Users {
  const indices = once(() => index(objects));
  return (service) => {
    const made = indices();
    const selector = servicesByRef(objects.Service).get(service)?.spec?.selector ?? {};
    const isItself = ({ workload }: Named): boolean =>
      workload.ref.namespace === service.namespace &&
      Object.keys(selector).length > 0 &&
      carries(workload.labels, selector);
    return {
      dependents: (made.dependents.get(service) ?? []).filter((named) => !isItself(named)),
      ingresses: made.ingresses.get(service) ?? [],
    };
  };
}

function index(objects: UserObjects) {
  const ingresses = refMap<ObjectRef[]>();
  for (const ingress of objects.Ingress)
    for (const { service } of backendsOf(ingress))
      addTo(ingresses, service, refOf('Ingress', ingress));
  return { dependents: dependentsByService(objects), ingresses };
}

/** `Deployment shop/web (DB_HOST of container web names db)`, the first of them by name; undefined where nobody does. */
export function sayUser({ dependents, ingresses }: Users): string | undefined {
  const said = [
    ...dependents.map(
      (named) => `${named.workload.ref.kind} ${nameOf(named.workload.ref)} (${sayNamed(named)})`,
    ),
    ...ingresses.map((ref) => `Ingress ${nameOf(ref)}`),
  ];
  return said.sort()[0];
}
