import { ago } from './pods.ts';
import type { Case, Expected } from './suite.ts';

/** A condition since `since` (null: it bears no time). */
export function condition(
  type: string,
  status: string,
  reason?: string,
  {
    since = ago(60),
    ...more
  }: { readonly since?: string | null; readonly [field: string]: unknown } = {},
): object {
  return {
    type,
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(since === null ? {} : { lastTransitionTime: since }),
    ...more,
  };
}

export interface CustomParts {
  readonly metadata?: object;
  readonly spec?: object;
  readonly status?: object;
}

/** A custom resource in namespace shop, an hour and a half old. */
export function custom(
  apiVersion: string,
  kind: string,
  name: string,
  { metadata, spec, status }: CustomParts,
): object {
  return {
    apiVersion,
    kind,
    metadata: { name, namespace: 'shop', creationTimestamp: ago(90), generation: 1, ...metadata },
    ...(spec === undefined ? {} : { spec }),
    status: { ...status },
  };
}

/** A row that looks at custom resources alone. */
export function seen(name: string, objects: readonly object[], ...expected: Expected[]): Case {
  return { name, objects: { CustomResource: objects }, expect: expected };
}

export function quiet(name: string, ...objects: readonly object[]): Case {
  return seen(`quiet: ${name}`, objects);
}
