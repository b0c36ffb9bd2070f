import type { KubeObject, Snapshot } from '../model/snapshot.ts';
import { apiVersionOf, type Kind, kindNames, kinds, type Objects } from './kinds.ts';
import { redact } from './redact.ts';
import { keep } from './shape.ts';

/** What is kept of one raw object of a known kind; undefined where it has no name. Texts are redacted here, once. */
export function trim(kind: Kind, raw: unknown): KubeObject | undefined {
  const kept = keep(kinds[kind].shape, raw, redact);
  const named = kept as { readonly metadata?: { readonly name?: string } } | undefined;
  if (named?.metadata?.name === undefined || named.metadata.name === '') return undefined;
  return { ...named, apiVersion: apiVersionOf(kind), kind } as KubeObject;
}

/** The snapshot's objects by kind. They were trimmed when they came in, so the types hold. */
export function byKind(snapshot: Snapshot): Objects {
  const sorted = Object.fromEntries(kindNames.map((kind): [Kind, KubeObject[]] => [kind, []]));
  for (const item of snapshot.items) sorted[item.kind]?.push(item);
  return sorted as unknown as Objects;
}
