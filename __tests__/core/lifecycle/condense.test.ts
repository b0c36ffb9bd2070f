import { expect, test } from '@jest/globals';
import { condensed } from '../../../src/core/lifecycle/condense.ts';
import type { OutboxEntry } from '../../../src/core/model/notification.ts';
import { formatTime } from '../../../src/core/model/time.ts';
import { monitor, sayDue, start } from './history.ts';
import { refusedFor, sizeOf } from './refused-days.ts';

const nobody = () => false;
const day = 24 * 60 * 60 * 1000;

function over(at: number, more: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    ...{ id: `2026112${at}-1`, kind: 'full', reason: 'NEW', severity: 'SEV-3', channel: 'C1' },
    ...{ alert: `a${at}`, fingerprints: [`f${at}`], late: true, attempts: 2, error: 'refused' },
    message: { text: `RESOLVED ${at}`, blocks: [] },
    ...{ cycleId: `2026112${at}`, decidedAt: formatTime(start - at * 60_000) },
    ...{ status: 'undelivered', run: null, claimedAt: null, notBefore: null },
    ...more,
  };
}
const many = Array.from({ length: 22 }, (_, at) => over(at));

/** Something of it has waited for longer than an hour. */
const later = start + 61 * 60_000;

test('twenty alerts that are over stand for themselves, the oldest and least severe beyond are counted', () => {
  expect(condensed(many.slice(0, 20), nobody, later)).toEqual(many.slice(0, 20));
  const worst = over(30, { severity: 'SEV-1' });
  const left = condensed([worst, ...many], nobody, later);
  expect(left.slice(0, -1)).toEqual([worst, ...many.slice(0, 19)]);
  const digest = left.at(-1);
  expect(digest).toMatchObject({
    ...{ kind: 'health', reason: 'MISSED', severity: 'SEV-3', channel: 'C1', fingerprints: [] },
    missed: { number: 3, from: '2026-11-24T09:39:00Z', to: '2026-11-24T09:41:00Z' },
    ...{ status: 'undelivered', attempts: 2, error: 'refused' },
  });
  expect(digest?.message.text).toMatch(
    /^MISSED 3 more incidents came and went .* the worst SEV-3: RESOLVED 21\. All of them are in the reports and backup files/,
  );
});

test('what comes later is counted in the same message, under an id of its own', () => {
  const once = condensed(many, nobody, later);
  const twice = condensed([...once, over(40, { severity: 'SEV-2' }), over(41)], nobody, later);
  const [digest, ...others] = twice.filter(({ missed }) => missed !== undefined);
  expect([digest?.missed?.number, others]).toEqual([4, []]);
  expect(digest?.id).not.toBe(once.at(-1)?.id);
  const doubted = once.map((each) => ({ ...each, maybe: true as const }));
  const [anew] = condensed([...doubted, over(41)], nobody, later).filter((each) => each.missed);
  expect([anew?.missed?.number, anew?.maybe]).toEqual([3, undefined]);
});

test('what is over for a week is counted, not dropped', () => {
  const [left] = condensed([over(0)], nobody, start + 7 * day + 1000);
  expect(left?.missed?.number).toBe(1);
  expect(condensed([over(0)], nobody, start + 7 * day)).toEqual([over(0)]);
});

test('25 alerts that end at once end each by itself, in Slack and green', () => {
  const monitored = monitor();
  const names = Array.from({ length: 25 }, (_, at) => ({ name: `n${at}` }));
  for (const at of names.keys()) monitored.look(at, { seen: names.slice(0, at + 1) });
  monitored.look(30, {});
  const said = [45, 60].flatMap((at) => sayDue(monitored.look(at, {})));
  const times = (what: string) => said.filter((each) => each === what).length;
  expect([times('resolved RESOLVED'), times('edit RESOLVED'), said.length]).toEqual([25, 25, 50]);
  expect(monitored.state().outbox).toEqual([]);
});

test.each<[string, Partial<OutboxEntry>]>([
  ['goes on', { late: undefined }],
  ['is for PagerDuty', { target: 'pagerduty' }],
])('what %s is never counted', (_name, more) => {
  const all = many.map((each) => ({ ...each, ...more }));
  expect(condensed(all, nobody, start + 8 * day)).toEqual(all);
});

test('what another run is sending stays as it is', () => {
  expect(condensed(many, () => true, start + 8 * day)).toEqual(many);
});

test('each way out has a bound of its own: where there is too much, edits go, then details', () => {
  const blocks = [{ type: 'section', text: 'x'.repeat(5000) }];
  const open = many.map((each) => ({
    ...each,
    late: undefined,
    message: { text: each.message.text, blocks },
  }));
  const edits = open
    .slice(0, 5)
    .map((each) => ({ ...each, id: `${each.id}e`, kind: 'edit' as const }));
  const webhook = over(50, { target: 'webhook', alert: 'webhook:50' });
  const left = condensed([...open, ...edits, webhook], nobody, later);
  expect(left.map(({ id }) => id)).toEqual([...open, webhook].map(({ id }) => id));
  expect(JSON.stringify(left).length).toBeLessThan(66 * 1024);
  expect(left[0]?.message.text).toMatch(/^RESOLVED 0 \(Slack refused the full message/);
  expect(left[20]).toEqual(open[20]);
});

test('eight days of refusal and a busy cluster: nothing is lost, and the state stays within 256 KiB', () => {
  let missed = 0;
  let largest = 0;
  let ends = 0;
  const monitored = refusedFor(8, 60, undefined, ({ state, decided }) => {
    largest = Math.max(largest, sizeOf(state));
    const named = new Set(
      state.outbox.flatMap(({ kind, fingerprints }) => (kind === 'edit' ? [] : fingerprints)),
    );
    const counted = state.outbox.reduce((sum, entry) => sum + (entry.missed?.number ?? 0), 0);
    let unnamed = 0;
    for (const { fingerprint, notify } of decided.verdicts) {
      const record = state.incidents[fingerprint];
      if (notify === 'resolved') ends++;
      if (notify === 'resolved' && !named.has(fingerprint)) unnamed++;
      // Its alert is still to come as long as it is open.
      if (record?.phase === 'open' && notify === 'full') expect(named).toContain(fingerprint);
    }
    expect(counted).toBeGreaterThanOrEqual(missed + unnamed);
    missed = counted;
  });
  expect(largest).toBeLessThan(256 * 1024);
  expect(missed).toBeGreaterThan(ends / 2);
  // Slack is well again: all of it goes out within a few cycles, the worst of what is down now first.
  const minutes = 8 * 24 * 60;
  const first = monitored.fail(minutes);
  expect(sayDue(first)[0]).toMatch(/^full /);
  expect(first.due.map(({ severity }) => severity)[0]).toBe('SEV-1');
  for (let at = 1; at <= 4; at++) monitored.fail(minutes + at * 15);
  expect(monitored.state().outbox).toEqual([]);
});

test('half a day of refusal by every way out, 150 open incidents and more: the state stays within 640 KiB', () => {
  let largest = 0;
  const ways = ['slack', 'slack-webhook', 'webhook', 'pagerduty'] as const;
  const monitored = refusedFor(0.5, 290, ways, ({ state }) => {
    largest = Math.max(largest, sizeOf(state));
  });
  expect(largest).toBeLessThan(640 * 1024);
  const { outbox, incidents } = monitored.state();
  expect(Object.keys(incidents).length).toBeGreaterThan(150);
  for (const way of ['slack', 'slack-webhook', 'webhook'] as const)
    expect(outbox.filter((each) => each.missed && (each.target ?? 'slack') === way)).toHaveLength(
      1,
    );
  // PagerDuty: one word for each that is open, ends only of what it may have heard of.
  const pages = outbox.filter(({ target }) => target === 'pagerduty');
  expect(new Set(pages.map(({ alert }) => alert)).size).toBe(pages.length);
  const open = Object.entries(incidents).filter(([, { phase, told }]) => phase === 'open' && told);
  const paged = new Set(pages.flatMap(({ fingerprints }) => fingerprints));
  expect(open.filter(([fingerprint]) => !paged.has(fingerprint))).toEqual([]);
});

test('a storm in which everything is taken loses no edit and no end of its own', () => {
  const many = Array.from({ length: 60 }, (_, at) => over(at, { id: `e${at}` }));
  const storm = many.map((entry) => ({ ...entry, decidedAt: formatTime(start) }));
  expect(condensed(storm, nobody, start)).toEqual(storm);
});
