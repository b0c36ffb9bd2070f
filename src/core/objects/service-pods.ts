import { groupBy } from '../model/group.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import type { EndpointSlice, Service } from './network-and-storage.ts';
import { perArray } from './remembered.ts';

/** Whether its selector is to find pods. Without one somebody else fills the Service in. */
export function leadsToPods({ spec }: Service): boolean {
  return spec?.type !== 'ExternalName' && Object.keys(spec?.selector ?? {}).length > 0;
}

const byService = perArray((slices: readonly EndpointSlice[]) =>
  groupBy(
    slices,
    ({ metadata }) => `${metadata?.namespace}/${metadata?.labels?.['kubernetes.io/service-name']}`,
  ),
);

/** The slices of a Service, whoever fills them. */
export function slicesOf(
  slices: readonly EndpointSlice[],
  service: ObjectRef,
): readonly EndpointSlice[] {
  return byService(slices).get(nameOf(service)) ?? [];
}

/** No word about readiness means ready, says the API. */
export function hasReady({ endpoints }: EndpointSlice): boolean {
  return (endpoints ?? []).some(({ conditions }) => conditions?.ready !== false);
}
