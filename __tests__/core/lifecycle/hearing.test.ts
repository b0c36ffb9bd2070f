import { expect, test } from '@jest/globals';
import { hear } from '../../../src/core/lifecycle/hearing.ts';
import { type Heard, nothingHeard, type Response } from '../../../src/core/model/response.ts';
import {
  freshState,
  type IncidentRecord,
  type MonitorState,
} from '../../../src/core/model/state.ts';
import { formatTime } from '../../../src/core/model/time.ts';

const start = Date.parse('2026-01-01T12:00:00Z');
const incident: IncidentRecord = {
  root: { kind: 'Deployment', namespace: 'shop', name: 'api', reason: 'CrashLoopBackOff' },
  phase: 'open',
  severity: 'SEV-2',
  services: [],
  summary: '',
  since: null,
  openedAt: formatTime(start),
  checks: [],
  told: { alert: 'a', severity: 'SEV-2', digest: '' },
};
const open: MonitorState = {
  ...freshState,
  incidents: { f: incident },
  alerts: { a: { channel: 'C1', ts: '1.1', sentAt: formatTime(start) } },
};
const word = (action: Response['action'], key: string, more: Partial<Response> = {}): Response => ({
  ...{ alert: 'a', number: null, action, seconds: action === 'silence' ? 3600 : null },
  ...{ by: 'U0ANA', trusted: true, key, kind: 'message' },
  ...more,
});
const eyes = word('ack', 'eyes:U0ANA', { kind: 'reaction' });
const trouble = ['A thread in C1 was not heard'];

interface Hearing extends Partial<Heard> {
  /** Minutes. */
  readonly at: number;
}

/** Several hearings, one after the other; the last result. */
function afterHearing(...hearings: readonly Hearing[]) {
  let taken: ReturnType<typeof hear> = { state: open, acked: new Set(), granted: [], refused: [] };
  for (const { at, ...heard } of hearings) {
    const now = start + at * 60_000;
    taken = hear(
      taken.state,
      { ...nothingHeard, ...heard },
      { now, startedAt: formatTime(now), ackUsers: [] },
    );
  }
  const { f } = taken.state.incidents;
  const minutes = (until: string | undefined) =>
    until === undefined ? null : (Date.parse(until) - start) / 60_000;
  const { heardAt, heardKeys } = taken.state;
  return {
    ...{ heardAt, heardKeys, refused: taken.refused },
    ack: minutes(f?.ack?.until),
    silence: minutes(f?.silence?.until),
  };
}

test.each<[string, readonly Hearing[], { ack?: number | null; silence?: number | null }]>([
  ['a word', [{ at: 5, responses: [word('ack', '1')] }], { ack: 725 }],
  [
    'a word that is heard again after trouble',
    [5, 65].map((at) => ({ at, responses: [word('silence', '1')], troubles: trouble })),
    { silence: 65 },
  ],
  [
    'a word that is heard again because it was said while a cycle ran',
    [5, 65].map((at) => ({ at, responses: [word('silence', '1')] })),
    { silence: 65 },
  ],
  [
    'a word, trouble that hides it, and the word again',
    [5, 65, 125].map((at) => ({
      at,
      responses: at === 65 ? [] : [word('silence', '1')],
      troubles: trouble,
    })),
    { silence: 65 },
  ],
  [
    'a word that was taken back, both heard again',
    [5, 10].map((at) => ({
      at,
      responses: [word('ack', '1'), word('unack', '2')],
      troubles: trouble,
    })),
    { ack: null },
  ],
  [
    'another word of the same kind',
    [
      { at: 5, responses: [word('silence', '1')] },
      { at: 65, responses: [word('silence', '2')] },
    ],
    { silence: 125 },
  ],
  [
    'a reaction that stays',
    [5, 65].map((at) => ({ at, responses: [eyes], read: ['a'] })),
    { ack: 725 },
  ],
  [
    'a reaction that stays, where not all could be read',
    [5, 65].map((at) => ({ at, responses: [eyes] })),
    { ack: 725 },
  ],
  [
    'a reaction that is gone, where not all could be read, and there again',
    [5, 10, 65].map((at) => ({ at, responses: at === 10 ? [] : [eyes] })),
    { ack: 725 },
  ],
  [
    'a reaction that is gone, and set again',
    [5, 10, 65].map((at) => ({ at, responses: at === 10 ? [] : [eyes], read: ['a'] })),
    { ack: 785 },
  ],
  [
    'a reaction that is gone',
    [5, 10].map((at) => ({ at, responses: at === 10 ? [] : [eyes], read: ['a'] })),
    { ack: null },
  ],
])('%s counts once', (_, hearings, expected) => {
  expect(afterHearing(...hearings)).toMatchObject(expected);
});

test('after trouble the next hearing begins where the last good one did, and forgets nothing', () => {
  const troubled = { at: 10, responses: [word('ack', '2')], troubles: trouble };
  const good = { at: 5, responses: [word('ack', '1')] };
  expect(afterHearing(good)).toMatchObject({ heardAt: '2026-01-01T12:05:00Z', heardKeys: ['1'] });
  expect(afterHearing(good, troubled)).toMatchObject({
    heardAt: '2026-01-01T12:05:00Z',
    heardKeys: ['1', '2'],
  });
  expect(afterHearing(good, troubled, { at: 15 })).toMatchObject({
    heardAt: '2026-01-01T12:15:00Z',
    heardKeys: undefined,
  });
});

test('the memory of what was heard is bounded', () => {
  const responses = Array.from({ length: 300 }, (_, index) => word('ack', String(index)));
  const { heardKeys = [] } = afterHearing({ at: 5, responses, troubles: trouble });
  expect(heardKeys).toHaveLength(100);
  expect(heardKeys.at(-1)).toBe('299');
});

const comment = { alert: null, by: 'somebody' } as const;
test.each<[string, Response, string | null]>([
  ['a member on the issue', word('ack', 'issue:1', comment), null],
  ['a stranger on the issue', word('ack', 'issue:1', { ...comment, trusted: false }), 'repository'],
  [
    'a stranger on the issue',
    word('silence', 'issue:1', { ...comment, trusted: false }),
    'repository',
  ],
  ['anybody in Slack', word('ack', '1', { trusted: false }), null],
  ['anybody in Slack', word('silence', '1', { trusted: false }), 'ackUsers'],
])('%s: %j', (_, response, refusal) => {
  const { ack, silence, refused } = afterHearing({ at: 5, responses: [response] });
  expect(ack === null && silence === null).toBe(refusal !== null);
  expect(refused.map(({ why }) => why)).toEqual(
    refusal === null ? [] : [expect.stringContaining(refusal)],
  );
});
