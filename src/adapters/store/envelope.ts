import { createHash } from 'node:crypto';
import * as z from 'zod';
import { sayFailure } from '../../core/model/failure.ts';
import type { DocumentKind } from './document-kind.ts';

/** How many writers before the newest are remembered. */
const writersKept = 12;

const writer = z.looseObject({
  /** `GITHUB_RUN_ID.GITHUB_RUN_ATTEMPT`, or a random id. */
  run: z.string(),
  /** Random, one per write: tells whether a write whose answer was lost has landed. */
  nonce: z.string(),
  /** The nonces before it, the newest first: so it can be told also when others wrote on top. */
  before: z.array(z.string()).optional(),
});
const shape = z.looseObject({
  schema: z.number(),
  revision: z.number().int().nonnegative(),
  writer,
  checksum: z.string(),
});

/** The stored document around a state. */
export interface Envelope<State> {
  readonly revision: number;
  readonly state: State;
  readonly checksum: string;
  /** Nonces of the newest writers, the newest first. */
  readonly nonces: readonly string[];
  /** Fields that a newer program wrote beside ours. */
  readonly others: { readonly [field: string]: unknown };
}

export type Opened<State> =
  | { readonly kind: 'ok'; readonly envelope: Envelope<State> }
  /** `revision`: where it can still be made out. */
  | { readonly kind: 'corrupt'; readonly why: string; readonly revision: number | null }
  | { readonly kind: 'newer'; readonly schema: number };

/** Reads a stored document: what it is, never an exception. One of an older schema comes as it is in today's. */
export function openEnvelope<State>(text: string, kind: DocumentKind<State>): Opened<State> {
  try {
    return readEnvelope(text, kind);
  } catch (error) {
    // Nested so deeply that the stack does not hold it.
    return corrupt(text, sayFailure(error));
  }
}

function readEnvelope<State>(text: string, kind: DocumentKind<State>): Opened<State> {
  const document = parse(text);
  if (document === undefined) return corrupt(text, 'it is not JSON');
  const newer = z.looseObject({ schema: z.number().gt(kind.schema) }).safeParse(document);
  if (newer.success) return { kind: 'newer', schema: newer.data.schema };
  const found = shape.safeParse(document);
  if (!found.success) return corrupt(text, sayProblem(found.error));
  const { schema, revision, writer: by, checksum, state: raw, ...others } = found.data;
  if (checksum !== checksumOf(raw)) return corrupt(text, 'its checksum does not match');
  const migrated = migrate(schema, raw, kind);
  if ('why' in migrated) return corrupt(text, migrated.why);
  const state = kind.shape.safeParse(migrated.state);
  if (!state.success) return corrupt(text, sayProblem(state.error));
  const nonces = [by.nonce, ...(by.before ?? [])];
  return { kind: 'ok', envelope: { revision, state: state.data, checksum, nonces, others } };
}

/** A state of an older schema as it is in today's, step by step. */
function migrate<State>(
  from: number,
  stored: unknown,
  { schema: today, migrations }: DocumentKind<State>,
): { readonly state: unknown } | { readonly why: string } {
  let state = stored;
  for (let schema = from; schema < today; schema++) {
    const next = migrations[schema];
    if (next === undefined) return { why: `schema ${from} is not known` };
    try {
      state = next(state);
    } catch (error) {
      return { why: `it could not be brought from schema ${schema}: ${sayFailure(error)}` };
    }
  }
  return { state };
}

/** Whether a state is the one in there, to the last field. */
export function isHeldIn<State>({ checksum }: Envelope<State>, state: State): boolean {
  return checksum === checksumOf(state);
}

/** What a document to store follows: the one before it, or a revision where that one cannot be read. */
export type Previous =
  | Omit<Envelope<unknown>, 'state' | 'checksum'>
  | { readonly revision: number };

/** The document to store after `previous` (null: the first). */
export function sealEnvelope<State>(
  kind: DocumentKind<State>,
  state: State,
  by: { readonly run: string; readonly nonce: string },
  previous: Previous | null,
): string {
  const old = previous !== null && 'others' in previous ? previous : null;
  const document = {
    ...old?.others,
    schema: kind.schema,
    revision: (previous?.revision ?? 0) + 1,
    writer: { ...by, before: old?.nonces.slice(0, writersKept) ?? [] },
    checksum: checksumOf(state),
    state,
  };
  return `${JSON.stringify(document)}\n`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function corrupt<State>(text: string, why: string): Opened<State> {
  const found = /"revision":\s?(\d{1,15})\b/.exec(text)?.[1];
  return { kind: 'corrupt', why, revision: found === undefined ? null : Number(found) };
}

function sayProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  const at = issue?.path.join('.') ?? '';
  return `${at === '' ? 'the document' : at}: ${issue?.message ?? 'is not as it should be'}`;
}

/** sha256 over the canonical JSON: keys sorted, no blanks. */
function checksumOf(value: unknown): string {
  return `sha256:${createHash('sha256').update(canonical(value)).digest('hex')}`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
}
