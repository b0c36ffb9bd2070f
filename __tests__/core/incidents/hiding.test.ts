import { expect, test } from '@jest/globals';
import { entriesOf, hidingAfter, idleEntries } from '../../../src/core/incidents/hiding.ts';
import {
  type Catalog,
  defaultCatalog,
  type KnownIssue,
  type Quiet,
} from '../../../src/core/model/catalog.ts';
import type { Hiding } from '../../../src/core/model/state.ts';
import { formatTime } from '../../../src/core/model/time.ts';
import { sayIdle, sayOverdue } from '../../../src/core/render/accepted-words.ts';
import { podOf, sceneOf, seen, service } from './scene.ts';

const now = Date.parse('2026-11-29T02:30:00Z');
const day = 86_400_000;
const silence = (name: string, changes: Partial<Quiet> = {}): Quiet => ({
  ...{ kind: 'silence', reason: `why ${name}`, by: null, match: { name: [name] } },
  ...{ from: null, until: '2026-12-01T00:00:00Z', hours: null },
  ...changes,
});
const catalogOf = (quiets: readonly Quiet[], knownIssues: readonly KnownIssue[] = []): Catalog => ({
  ...defaultCatalog,
  quiets,
  services: [service('shop', { namespaces: ['shop'], knownIssues })],
});

test('every entry in the order of the file, with where it stands', () => {
  const catalog = catalogOf(
    [
      silence('a', { by: 'ana', line: 12 }),
      silence('b', { line: 13, until: '2026-11-29T02:30:00Z' }),
      silence('c', { kind: 'maintenance', line: 15, from: '2026-11-30T00:00:00Z' }),
    ],
    [
      { note: 'OPS-12', check: 'crash-loop', line: 4 },
      { note: 'OPS-13', check: 'oom-killed', line: 5, until: '2026-11-29T02:30:00Z' },
    ],
  );
  expect(
    entriesOf(catalog, now).map(({ line, kind, service: of, note, standing }) =>
      [line, kind, of, note, standing].join(' | '),
    ),
  ).toEqual([
    '4 | known issue | shop | OPS-12 | in force',
    '5 | known issue | shop | OPS-13 | expired',
    '12 | silence |  | silence (ana): why a | in force',
    '13 | silence |  | silence: why b | expired',
    '15 | maintenance |  | maintenance: why c | not yet',
  ]);
});

/** What is remembered of a catalog after a look at pods that crash. */
function after(catalog: Catalog, pods: readonly string[], before?: Hiding, at = now) {
  const { findings } = sceneOf(
    pods.map((pod) => seen('crash-loop', `Pod/${pod}-r1-a`)),
    { Pod: pods.map((pod) => podOf(pod, 'a')) },
    catalog,
  );
  return hidingAfter(before, catalog, findings, at);
}

test('what each entry hides, three of it named; what hides nothing keeps when it last did', () => {
  const catalog = catalogOf([silence('api*', { until: '2100-01-01T00:00:00Z' }), silence('cron')]);
  const before = {
    'silence: why api*': { at: '2026-11-20T00:00:00Z', count: 0, examples: [] },
    'silence: why cron': { at: '2026-11-20T00:00:00Z', count: 2, examples: ['x'] },
    'silence: gone': { at: '2026-11-20T00:00:00Z', count: 0, examples: [] },
  };
  const hiding = after(catalog, ['api1', 'api2', 'api3', 'api4', 'other'], before);
  expect(hiding).toEqual({
    'silence: why api*': {
      at: formatTime(now),
      count: 4,
      examples: ['api1', 'api2', 'api3'].map((name) => expect.stringContaining(`shop/${name}`)),
    },
    'silence: why cron': { at: '2026-11-20T00:00:00Z', count: 0, examples: [] },
  });
});

test('an entry that no look knew is counted from the first one', () => {
  expect(after(catalogOf([silence('cron')]), [])).toEqual({
    'silence: why cron': { at: formatTime(now), count: 0, examples: [] },
  });
});

test('one that was expired until now has hidden nothing for no time yet', () => {
  const before = { 'silence: why cron': { at: '2026-06-01T00:00:00Z', count: 0, examples: [] } };
  const expired = catalogOf([silence('cron', { until: '2026-11-01T00:00:00Z' })]);
  const hiding = after(expired, [], before);
  expect(hiding?.['silence: why cron']?.at).toBe(formatTime(now));
  expect(idleEntries(catalogOf([silence('cron')]), hiding, now + day)).toEqual([]);
});

test('without an entry nothing is remembered, and a thousand are not all', () => {
  expect(after(catalogOf([]), ['api'])).toBeUndefined();
  const many = Array.from({ length: 1000 }, (_, index) => silence(`n${index}`));
  expect(Object.keys(after(catalogOf(many), []) ?? {})).toHaveLength(100);
});

test.each<[name: string, quiet: Partial<Quiet>, hiding: Hiding[string], idle: boolean]>([
  ['nothing for 30 days', {}, last(30, 0), true],
  ['nothing for less', {}, last(29.9, 0), false],
  ['something now', {}, last(40, 1), false],
  ['what no look has known', {}, undefined, false],
  ['nothing, for it is over', { until: '2026-11-29T02:30:00Z' }, last(40, 0), false],
  ['nothing, for all went well in the window', { kind: 'maintenance' }, last(40, 0), false],
])('an entry that hides %s', (_name, changes, hiding, idle) => {
  const catalog = catalogOf([silence('a', { line: 7, ...changes })]);
  const [note = ''] = entriesOf(catalog, now).map((entry) => entry.note);
  expect(idleEntries(catalog, { [note]: hiding }, now).map((each) => sayIdle(each, 30))).toEqual(
    idle
      ? [
          'The “silence: why a” of the catalog (line 7) has hidden nothing for 30 days: remove it, or mend what it matches',
        ]
      : [],
  );
});

function last(days: number, count: number): Hiding[string] {
  return { at: formatTime(now - days * day), count, examples: [] };
}

test('a look names what has expired with its line: silences, windows and known issues', () => {
  const until = '2026-01-01T00:00:00Z';
  const catalog = catalogOf(
    [silence('a', { until, line: 12 }), silence('b')],
    [{ note: 'OPS-12', name: 'x', until, line: 4 }],
  );
  const expired = entriesOf(catalog, now).filter(({ standing }) => standing === 'expired');
  expect(sayOverdue({ expired })).toEqual([
    'The known issue “OPS-12” of the catalog (line 4) has expired: remove it',
    'The “silence: why a” of the catalog (line 12) has expired: remove it',
  ]);
});
