import { groupBy } from '../model/group.ts';
import { keyOf, type ObjectRef } from '../model/snapshot.ts';
import { type CustomCondition, type CustomResource, ofKinds, type Reference } from './custom.ts';
import { customKind, referred } from './custom-names.ts';

export const gatewayGroup = 'gateway.networking.k8s.io';

export function routesOf(resources: readonly CustomResource[]): readonly CustomResource[] {
  const kinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];
  return ofKinds(resources, gatewayGroup, ...kinds).filter(
    ({ metadata }) => metadata?.deletionTimestamp === undefined,
  );
}

/** What one controller says of a route at one parent, as far as it tells of the newest spec. */
export interface ParentStatus {
  readonly parent: ObjectRef;
  /** Parent and listener, for telling entries apart. */
  readonly at: string;
  readonly conditions: readonly CustomCondition[];
}

/** By parent and listener; several controllers may write of the same. A route without entries was seen by none yet. */
export function parentsOf(route: CustomResource): ReadonlyMap<string, readonly ParentStatus[]> {
  const { generation = 0, namespace = null } = route.metadata ?? {};
  const entries = (route.status?.parents ?? []).flatMap(({ parentRef, conditions }) => {
    const parent = parentOf(parentRef, namespace);
    if (parent === undefined) return [];
    const at = `${keyOf(parent)}#${parentRef?.sectionName ?? ''}`;
    // Without a generation of its own a condition is taken as it is.
    const fresh = (conditions ?? []).filter(
      ({ observedGeneration = generation }) => observedGeneration >= generation,
    );
    return fresh.length === 0 ? [] : [{ parent, at, conditions: fresh }];
  });
  return groupBy(entries, ({ at }) => at);
}

function parentOf(ref: Reference | undefined, namespace: string | null): ObjectRef | undefined {
  const parent = referred(ref, { kind: 'Gateway', namespace });
  if (parent?.kind !== 'Service') return parent;
  return (ref?.group ?? '') === ''
    ? parent
    : { ...parent, kind: customKind('Service', ref?.group ?? '') };
}

/** The condition of a type that is False with all who speak of this parent; where one is content, the others are not asked. */
export function refusalAt(
  statuses: readonly ParentStatus[],
  type: string,
): CustomCondition | undefined {
  const spoken = statuses.flatMap(({ conditions }) =>
    conditions.filter((each) => each.type === type),
  );
  if (spoken.some(({ status }) => status === 'True')) return undefined;
  return spoken.find(({ status }) => status === 'False');
}

/** Services that a route leads to. */
export function backendsOf({ spec, metadata }: CustomResource): readonly ObjectRef[] {
  const namespace = metadata?.namespace ?? null;
  return (spec?.rules ?? [])
    .flatMap(({ backendRefs }) => backendRefs ?? [])
    .filter(({ group = '' }) => group === '')
    .flatMap((each) => referred(each, { kind: 'Service', namespace }) ?? []);
}
