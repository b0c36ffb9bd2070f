import type { Catalog, Service } from '../model/catalog.ts';
import { type Priority, priorities } from '../model/priority.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { remembering } from '../objects/remembered.ts';
import { carriedBy, highest, leastFor, priorityOf } from './priority.ts';
import { serviceOf } from './service.ts';
import type { Surroundings } from './surroundings.ts';

/** Objects that serve nobody by themselves: their service and priority are those of what they carry or block. */
const carriers = ['Node', 'PersistentVolume', 'PersistentVolumeClaim'];
/** Rules on a namespace's pods, and names that nobody chose: people know the workloads that they hit, not these. */
const rules = ['ResourceQuota', 'NetworkPolicy', 'PodDisruptionBudget', 'VolumeAttachment'];

/** Whose an object is: the name people know, the catalog's entry behind it, and what it is worth. */
interface Belonging {
  readonly service: string | null;
  readonly entry: Service | undefined;
  readonly priority: Priority;
}
export type Belongings = (object: ObjectRef) => Belonging;

/** Whose each object is. */
export function belongings(around: Surroundings, catalog: Catalog): Belongings {
  const belonging: Belongings = remembering((object) => find(object, around, catalog, belonging));
  return belonging;
}

function find(
  object: ObjectRef,
  around: Surroundings,
  catalog: Catalog,
  belonging: Belongings,
): Belonging {
  const traits = around.traitsOf(object);
  const entry = object.namespace !== null ? serviceOf(catalog, object, traits) : undefined;
  const served = entry === undefined ? servedBy(object, around, belonging) : undefined;
  if (served !== undefined) return served;
  if (!carriers.includes(object.kind)) {
    const priority = priorityOf(
      object,
      entry,
      traits,
      around.namespaceTraits(object.namespace),
      catalog,
    );
    const own = rules.includes(object.kind) ? null : object.name;
    return { service: entry?.name ?? own, entry, priority };
  }
  const carried = carriedBy(object, around).map((each) => belonging(each).priority);
  const own = entry === undefined ? [] : [entry.priority];
  const priority = highest([...own, ...carried], leastFor(object, catalog));
  return { service: entry?.name ?? null, entry, priority };
}

/** A Service is what it leads to, a claim whom it blocks: of several the highest in priority. */
function servedBy(
  object: ObjectRef,
  around: Surroundings,
  belonging: Belongings,
): Belonging | undefined {
  const behind =
    object.kind === 'Service'
      ? around.selectedBy(object)
      : object.kind === 'PersistentVolumeClaim'
        ? around.consumersOf(object)
        : [];
  return behind
    .map(belonging)
    .sort((a, b) => priorities.indexOf(a.priority) - priorities.indexOf(b.priority))[0];
}
