import type { KubeObject, Snapshot } from '../model/snapshot.ts';
import { cut } from '../model/text.ts';
import { apiVersionOf, isKind, type Kind, kindNames, kinds, type Objects } from './kinds.ts';
import { leanPod } from './lean-pod.ts';
import type { Pod } from './pod.ts';
import { redact } from './redact.ts';
import { keep } from './shape.ts';

/** The longest text that is kept, in UTF-16 units: the kubelet's own limit for a termination message. */
const longest = 4096;

interface Named {
  readonly metadata?: {
    readonly name?: string;
    readonly managedFields?: readonly { readonly subresource?: string }[];
  };
}

/** What is kept of one raw object of a known kind; undefined where it has no name. Texts are redacted here, once, and then cut. */
export function trim(kind: Kind, raw: unknown): KubeObject | undefined {
  const kept = keep(kinds[kind].shape, raw, clean) as Named | undefined;
  if (kept?.metadata?.name === undefined || kept.metadata.name === '') return undefined;
  return { apiVersion: apiVersionOf(kind), kind, ...lean(kind, kept) };
}

function clean(text: string): string {
  const safe = redact(text);
  return safe.length > longest ? cut(safe, longest) : safe;
}

/** Without what says nothing: the writers of a status, and what only a failing pod is asked for. */
function lean(kind: Kind, kept: Named): Named {
  if (kind === 'Pod') return leanPod(kept as Pod) as Named;
  const { metadata } = kept;
  if (metadata?.managedFields === undefined) return kept;
  const writers = metadata.managedFields.filter(({ subresource }) => subresource !== 'status');
  return { ...kept, metadata: { ...metadata, managedFields: writers } };
}

/** The snapshot's objects by kind. They were trimmed when they came in, so the types hold. */
export function byKind(snapshot: Snapshot): Objects {
  const sorted = Object.fromEntries(kindNames.map((kind): [Kind, KubeObject[]] => [kind, []]));
  for (const item of snapshot.items) if (isKind(item.kind)) sorted[item.kind]?.push(item);
  return sorted as unknown as Objects;
}
