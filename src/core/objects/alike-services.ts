import { groupBy } from '../model/group.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { refOf } from './meta.ts';
import { isAlike } from './near-miss.ts';
import type { Service } from './network-and-storage.ts';
import { perArray } from './remembered.ts';

const byNamespace = perArray((services: readonly Service[]) =>
  groupBy(services, ({ metadata }) => metadata?.namespace ?? ''),
);

/** Names of the namespace's Services that may be meant by a name that none has, sorted. */
export function servicesAlike(
  name: string,
  namespace: string | null,
  services: readonly Service[],
): readonly string[] {
  return (byNamespace(services).get(namespace ?? '') ?? [])
    .flatMap(({ metadata }) => metadata?.name ?? [])
    .filter((each) => isAlike(each, name))
    .sort();
}

const byName = perArray((services: readonly Service[]) =>
  groupBy(services, ({ metadata }) => metadata?.name ?? ''),
);

/** Services of this name, in whatever namespace. */
export function servicesNamed(name: string, services: readonly Service[]): readonly ObjectRef[] {
  return (byName(services).get(name) ?? []).map((each) => refOf('Service', each));
}
