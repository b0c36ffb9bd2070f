import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { counted, open, seal, states } from './states.ts';

const by = { run: '123.1', nonce: 'a1' };

/** Opens what must be whole. */
function whole(text: string) {
  const opened = open(text);
  if (opened.kind !== 'ok') throw new Error(`It is ${opened.kind}`);
  return opened.envelope;
}

test('a state comes back as it went in', () => {
  fc.assert(
    fc.property(states, (state) => {
      const plain: unknown = JSON.parse(JSON.stringify(state));
      expect(JSON.parse(JSON.stringify(whole(seal(state, by, null)).state))).toEqual(plain);
    }),
  );
});

test('a changed byte is noticed, unless the document still says the same', () => {
  fc.assert(
    fc.property(states, fc.nat(), fc.integer({ min: 32, max: 126 }), (state, at, unit) => {
      const text = seal(state, by, null);
      const index = at % (text.length - 1);
      const changed = text.slice(0, index) + String.fromCharCode(unit) + text.slice(index + 1);
      const opened = open(changed);
      if (opened.kind === 'ok')
        expect(JSON.stringify(opened.envelope.state)).toBe(JSON.stringify(whole(text).state));
    }),
  );
});

test('fields of a newer minor version survive a rewrite, wherever they stand', () => {
  const names = fc.stringMatching(/^x[a-zA-Z]{1,8}$/);
  fc.assert(
    fc.property(states, fc.dictionary(names, fc.jsonValue()), (state, extra) => {
      const plain = JSON.parse(JSON.stringify(extra)) as { [name: string]: unknown };
      const incidents = Object.entries(state.incidents);
      const newer = {
        ...state,
        ...plain,
        incidents: Object.fromEntries(incidents.map(([key, one]) => [key, { ...one, ...plain }])),
      };
      const beside = {
        revision: 4,
        nonces: [],
        others: { minor: 7, xBeside: plain },
      };
      const first = whole(seal(newer, by, beside));
      const again = seal({ ...first.state, cycleCount: 9 }, by, first);
      const document = JSON.parse(again) as { [name: string]: unknown };
      expect(document).toMatchObject({ minor: 7, xBeside: plain, revision: 6 });
      expect(whole(again).state).toMatchObject(plain);
      for (const one of Object.values(whole(again).state.incidents))
        expect(one).toMatchObject(plain);
    }),
  );
});

test('a document says its revision, and who wrote it and the ones before', () => {
  const first = seal(counted(1), { run: '1.1', nonce: 'a' }, null);
  const second = seal(counted(2), { run: '2.1', nonce: 'b' }, whole(first));
  expect(JSON.parse(second)).toMatchObject({
    schema: 1,
    revision: 2,
    writer: { run: '2.1', nonce: 'b', before: ['a'] },
  });
  expect(whole(second)).toMatchObject({ revision: 2, nonces: ['b', 'a'] });
});

const good = seal(counted(3), by, { revision: 6 });
const document = JSON.parse(good) as { [name: string]: unknown };
const without = (name: string) => JSON.stringify({ ...document, [name]: undefined });
const deep = '['.repeat(100_000) + ']'.repeat(100_000);

test.each([
  ['nothing', '', 'it is not JSON', null],
  ['half of it', good.slice(0, 80), 'it is not JSON', 7],
  ['a page', '<html>502</html>', 'it is not JSON', null],
  ['a list', '[]', 'the document: ', null],
  ['no schema', without('schema'), 'schema: ', 7],
  ['schema 0', JSON.stringify({ ...document, schema: 0 }), 'schema 0 is not known', 7],
  ['no writer', without('writer'), 'writer: ', 7],
  ['a negative revision', JSON.stringify({ ...document, revision: -1 }), 'revision: ', null],
  ['an edited state', good.replace('"cycleCount":3', '"cycleCount":4'), 'its checksum', 7],
  ['no state', without('state'), 'its checksum', 7],
  ['a state nested too deeply', good.replace('"state":', `"state":${deep},"s":`), 'stack', 7],
])('%s is corrupt', (_name, text, why, revision) => {
  expect(open(text)).toEqual({
    kind: 'corrupt',
    why: expect.stringContaining(why),
    revision,
  });
});

test('a state of the wrong shape is corrupt, and the place is named', () => {
  const wrong = { ...counted(1), outbox: [{ id: 7 }] } as unknown as ReturnType<typeof counted>;
  const opened = open(seal(wrong, by, null));
  expect(opened).toMatchObject({ kind: 'corrupt', why: expect.stringContaining('outbox.0.id') });
});

test('a newer schema is not corrupt, whatever else is in it', () => {
  expect(open('{"schema":2,"everything":"else"}')).toEqual({ kind: 'newer', schema: 2 });
});
