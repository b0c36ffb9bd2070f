import type { CustomResource } from './custom.ts';

/** How many instances it wants, and how many serve, where it counts them. */
export interface Counts {
  readonly desired: number | undefined;
  readonly ready: { readonly field: string; readonly count: number } | undefined;
}

/** By the names that operators share. CloudNativePG leaves a count of 0 out. */
export function standingOf({ apiVersion, spec, status }: CustomResource): Counts {
  const counted = (['readyInstances', 'availableReplicas', 'readyReplicas', 'numberReady'] as const)
    .map((field) => ({ field, count: status?.[field] }))
    .find(
      (each): each is { readonly field: typeof each.field; readonly count: number } =>
        each.count !== undefined,
    );
  const isLeftOut = apiVersion.startsWith('postgresql.cnpg.io/') && status?.instances !== undefined;
  return {
    desired:
      spec?.instances ?? spec?.replicas ?? status?.desiredNumberScheduled ?? status?.replicas,
    ready: counted ?? (isLeftOut ? { field: 'readyInstances', count: 0 } : undefined),
  };
}
