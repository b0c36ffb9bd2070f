import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { type DocumentKind, monitorState } from '../../../src/adapters/store/document-kind.ts';
import { openEnvelope, sealEnvelope } from '../../../src/adapters/store/envelope.ts';
import { documentOn } from '../../../src/adapters/store/memory.ts';
import { keptLog } from '../../support/log.ts';
import { type TestShelf, testShelf } from './shelves.ts';
import { countOne } from './states.ts';

const released = new URL('./released/', import.meta.url);
const documentOf = (schema: number) =>
  readFileSync(new URL(`schema-${schema}.json`, released), 'utf8');
const schemas = Array.from({ length: monitorState.schema }, (_, index) => index + 1);

test('every released schema has a document here, and no other has', () => {
  expect(readdirSync(released).toSorted()).toEqual(
    schemas.map((schema) => `schema-${schema}.json`),
  );
});

test.each(schemas)(
  'a memory of schema %i is gone on from, and nothing of it is lost',
  async (schema) => {
    const shelf = testShelf(documentOf(schema));
    const memory = documentOn(monitorState, shelf, { run: '8.1', log: keptLog() });
    const { state, first, trouble, mended } = await memory.load();
    expect({ first, trouble, mended }).toEqual({ first: false, trouble: null, mended: null });
    expect(state).toMatchObject({
      cycleCount: 412,
      healthIssue: { number: 17 },
      outbox: [{ severity: 'SEV-1', status: 'undelivered', fingerprints: ['9a908b436d29e2c6'] }],
    });
    const phases = Object.values(state.incidents).map(({ phase }) => phase);
    expect(phases).toEqual(['open', 'clearing', 'unknown', 'resolved']);
    await memory.update(countOne);
    expect(JSON.parse(shelf.held?.text ?? '')).toMatchObject({
      schema: monitorState.schema,
      revision: 501,
      state: { cycleCount: 413 },
    });
  },
);

test('the document of schema 1 comes back to the last field', () => {
  const { state } = JSON.parse(documentOf(1)) as { state: unknown };
  const opened = openEnvelope(documentOf(1), { ...monitorState, schema: 1 });
  expect(opened).toMatchObject({ kind: 'ok', envelope: { revision: 500, state } });
});

interface Ledger {
  readonly names: readonly string[];
  readonly total: number;
}

/** A document of another kind, three schemas old: a text, then a list, then a count beside it. */
const ledger: DocumentKind<Ledger> = {
  name: 'ledger',
  fresh: { names: [], total: 0 },
  shape: z.looseObject({ names: z.array(z.string()), total: z.number() }),
  schema: 3,
  migrations: {
    1: (stored) => ({ names: z.object({ names: z.string() }).parse(stored).names.split(' ') }),
    2: (stored) => {
      const { names } = z.object({ names: z.array(z.string()) }).parse(stored);
      return { names, total: names.length };
    },
  },
};

const stored = (schema: number, state: unknown) =>
  sealEnvelope({ ...ledger, schema } as DocumentKind<unknown>, state, by, { revision: 6 });
const by = { run: '1.1', nonce: 'n' };
const ledgerOn = (shelf: TestShelf) => documentOn(ledger, shelf, { run: '2.1', log: keptLog() });

test.each([
  ['two steps', 1, { names: 'api web' }, { names: ['api', 'web'], total: 2 }],
  ['one step', 2, { names: ['api'] }, { names: ['api'], total: 1 }],
  ['none', 3, { names: ['api'], total: 7 }, { names: ['api'], total: 7 }],
])('a document is brought to the schema of today: %s', async (_name, schema, before, after) => {
  const shelf = testShelf(stored(schema, before));
  expect(await ledgerOn(shelf).load()).toMatchObject({ state: after, first: false, mended: null });
  await ledgerOn(shelf).update((state) => ({ state: { ...state, total: 9 } }));
  expect(JSON.parse(shelf.held?.text ?? '')).toMatchObject({
    schema: 3,
    revision: 8,
    state: { ...after, total: 9 },
  });
});

test.each([
  ['that no step begins at', stored(0, {}), 'schema 0 is not known'],
  ['that is no whole number', stored(1.5, {}), 'schema 1.5 is not known'],
  ['that its step cannot read', stored(1, { names: 7 }), 'it could not be brought from schema 1: '],
  ['that was edited', stored(2, { names: ['api'] }).replace('api', 'web'), 'its checksum does not'],
])('a document of a schema %s is corrupt', (_name, text, why) => {
  expect(openEnvelope(text, ledger)).toMatchObject({
    kind: 'corrupt',
    why: expect.stringContaining(why),
  });
});

test('a document of a newer schema is read-only', async () => {
  const shelf = testShelf(stored(4, { names: [], total: 0 }));
  const { trouble } = await ledgerOn(shelf).load();
  expect(trouble).toMatchObject({
    code: 'STATE_NEWER',
    message: 'The memory was written by a newer version (schema 4, this one knows 3)',
  });
  const update = ledgerOn(shelf).update((state) => ({ state: { ...state, total: 1 } }));
  await expect(update).rejects.toMatchObject({ code: 'STATE_NEWER' });
  expect(shelf.writes).toBe(0);
});

test('another document begins with what is fresh for it', async () => {
  const shelf = testShelf();
  expect(await ledgerOn(shelf).load()).toMatchObject({ state: ledger.fresh, first: true });
});
