import { Failure } from '../../core/model/failure.ts';
import type { ShelfHistory } from '../../ports.ts';
import type { DocumentKind } from './document-kind.ts';
import { type Envelope, openEnvelope } from './envelope.ts';

/** How many earlier revisions are looked at: each is a request. */
const mostRevisions = 10;

/**
 * The newest earlier document that is whole, where the one that stands there is corrupt; null: there is none, or
 * the shelf keeps none. Throws Failure STATE_NEWER where a newer program wrote it, and what the shelf throws: what
 * cannot be asked for now may be there at the next cycle, so nothing begins anew because of that.
 */
export async function newestWhole<State>(
  kind: DocumentKind<State>,
  history: ShelfHistory | undefined,
  signal?: AbortSignal,
): Promise<Envelope<State> | null> {
  if (history === undefined) return null;
  const ids = await history.list(signal);
  for (const id of ids.slice(0, mostRevisions)) {
    const text = await history.read(id, signal);
    if (text === null) continue;
    const opened = openEnvelope(text, kind);
    if (opened.kind === 'newer') throw newerFailure(opened.schema, kind.schema);
    if (opened.kind === 'ok') return opened.envelope;
  }
  return null;
}

export function newerFailure(schema: number, known: number): Failure {
  return new Failure(
    'STATE_NEWER',
    `The memory was written by a newer version (schema ${schema}, this one knows ${known})`,
    { hint: 'Use that version here too; nothing was overwritten' },
  );
}
