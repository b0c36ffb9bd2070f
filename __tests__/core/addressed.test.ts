/** What each way out hears of the same life of incidents. */
import { expect, test } from '@jest/globals';
import type { Decided } from '../../src/core/model/cycle.ts';
import type { Notification, OutboxEntry, Target } from '../../src/core/model/notification.ts';
import { fingerprintOf, type Look, monitor } from './lifecycle/history.ts';

const all: readonly Target[] = ['slack', 'slack-webhook', 'webhook', 'pagerduty'];
const api = { name: 'api', severity: 'SEV-1' as const };
const web = { name: 'web' };
const see = (...seen: NonNullable<Look['seen']>): Look => ({ seen, targets: all });
const through = (...targets: readonly Target[]) => ({ targets, channel: targets[0] ?? null });

const say = ({ due }: Decided) =>
  due.map(({ target = 'slack', kind, reason }) => `${target}: ${kind} ${reason}`);
const dueTo = ({ due }: Decided, target: Target) =>
  due.filter((each) => (each.target ?? 'slack') === target);

test('an alert goes out by every way, each by itself, and to PagerDuty one an incident', () => {
  const told = monitor().look(0, see(api, web));
  expect(say(told)).toEqual([
    'slack: full NEW',
    'slack-webhook: full NEW',
    'webhook: full NEW',
    'pagerduty: full NEW',
    'pagerduty: full NEW',
  ]);
  const [app, hook] = told.due;
  expect(hook?.message).toEqual(app?.message);
  expect(new Set(told.due.map(({ id }) => id)).size).toBe(5);
  expect(new Set(told.due.map(({ alert }) => alert)).size).toBe(5);
  const [event] = dueTo(told, 'webhook');
  expect(event?.message).toEqual({
    text: expect.stringMatching(/^SEV-1 api DOWN .*\(prod\)\. 1 more incident\.$/),
    blocks: [],
  });
  expect(event?.facts?.map(({ fingerprint, name }) => [fingerprint, name])).toEqual([
    [fingerprintOf('api'), 'api'],
    [fingerprintOf('web'), 'web'],
  ]);
  const pages = dueTo(told, 'pagerduty');
  expect(pages.map(({ severity, fingerprints, alert }) => [severity, fingerprints, alert])).toEqual(
    [
      ['SEV-1', [fingerprintOf('api')], `pagerduty:prod/${fingerprintOf('api')}`],
      ['SEV-2', [fingerprintOf('web')], `pagerduty:prod/${fingerprintOf('web')}`],
    ],
  );
  expect(pages[0]?.facts).toMatchObject([
    { severity: 'SEV-1', text: expect.stringMatching(/^SEV-1 api/) },
  ]);
  expect(Object.keys(told.state.alerts)).toEqual(['20261124_100000-1']);
});

test('changes are for threads; ends and returns are for all', () => {
  const monitored = monitor();
  monitored.look(0, see(api));
  expect(say(monitored.look(15, see({ ...api, digest: 'd2' })))).toEqual([
    'slack: brief CHANGED',
    'slack: edit CHANGED',
  ]);
  expect(say(monitored.look(85, see()))).toEqual([
    'slack-webhook: resolved RESOLVED',
    'webhook: resolved RESOLVED',
    'pagerduty: resolved RESOLVED',
    'slack: resolved RESOLVED',
    'slack: edit RESOLVED',
  ]);
  const back = monitored.look(100, see(api));
  expect(say(back)).toEqual([
    'slack-webhook: brief REOPENED',
    'webhook: brief REOPENED',
    'pagerduty: brief REOPENED',
    'slack: brief REOPENED',
    'slack: edit REOPENED',
  ]);
  expect(
    back.due.filter(({ target }) => target !== undefined).map(({ broadcast }) => broadcast),
  ).toEqual([true, true, true]);
  const places = new Set([...dueTo(back, 'pagerduty')].map(({ alert }) => alert));
  expect(places).toEqual(new Set([`pagerduty:prod/${fingerprintOf('api')}`]));
});

test('without the Slack app the others are told all the same', () => {
  const monitored = monitor();
  const way = through('webhook', 'pagerduty');
  expect(say(monitored.look(0, { seen: [api], ...way }))).toEqual([
    'webhook: full NEW',
    'pagerduty: full NEW',
  ]);
  expect(say(monitored.look(15, { seen: [{ ...api, digest: 'd2' }], ...way }))).toEqual([]);
  expect(say(monitored.look(85, way))).toEqual([
    'webhook: resolved RESOLVED',
    'pagerduty: resolved RESOLVED',
  ]);
});

test("the monitor's own health pages nobody", () => {
  const monitored = monitor();
  for (const minutes of [0, 5]) monitored.fail(minutes, { targets: all });
  expect(say(monitored.fail(10, { targets: all })).map((each) => each.split(' ')[0])).toEqual([
    'slack-webhook:',
    'webhook:',
    'slack:',
  ]);
});

const refuse = (...targets: readonly Target[]): Look => ({
  targets: all,
  receipts: ({ target }) =>
    targets.includes(target ?? 'slack') ? { accepted: false, error: 'no' } : {},
});

test('what one way does not take is no matter of the others', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(api), ...refuse('pagerduty') });
  expect(monitored.state().outbox.map(({ target }) => target)).toEqual(['pagerduty']);
  const worse = monitored.look(15, { ...see({ ...api, digest: 'd2' }), ...refuse() });
  expect(say(worse)).toEqual([
    'pagerduty: full NEW',
    'slack: brief CHANGED',
    'slack: edit CHANGED',
  ]);
});

test('a newer alert stands for an older one of its own way only', () => {
  const monitored = monitor();
  const sev2 = { ...api, severity: 'SEV-2' as const };
  monitored.look(0, { ...see(sev2), ...refuse('pagerduty', 'webhook') });
  const worse = monitored.look(15, { ...see(api), ...refuse() });
  expect(say(worse).filter((each) => each.includes('full'))).toEqual([
    'slack: full WORSE',
    'slack-webhook: full WORSE',
    'webhook: full WORSE',
    'pagerduty: full WORSE',
  ]);
});

test('an end waits for the alert that its way has not taken yet, and is sent after it', () => {
  const monitored = monitor();
  const wait = { retryAfterSeconds: 3000, ...refuse('webhook') };
  monitored.look(0, { ...see(api), ...wait });
  expect(say(monitored.look(45, { ...see(), ...refuse('webhook') }))).not.toContain(
    'webhook: resolved RESOLVED',
  );
  const later = monitored.look(110, see());
  expect(dueTo(later, 'webhook').map(({ kind }) => kind)).toEqual(['full', 'resolved']);
  expect(monitored.state().outbox).toEqual([]);
});

test('a way out that was taken away keeps nothing, and its messages follow no channel', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(api), ...refuse('pagerduty', 'webhook') });
  const { state, due } = monitored.look(5, {
    ...see(api),
    channel: 'new',
    targets: ['slack', 'webhook'],
  });
  const waiting = state.outbox as readonly OutboxEntry[];
  expect(waiting.map(({ target, channel }) => [target, channel])).toEqual([['webhook', 'webhook']]);
  expect(due).toHaveLength(1);
});

test('what waits for the Slack app waits until it is there again', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(api), ...refuse('slack') });
  const without = monitored.look(5, { seen: [api], ...through('webhook') });
  expect(without.due).toEqual([]);
  expect(say(monitored.look(10, { seen: [api] }))).toEqual(['slack: full NEW']);
});

test('of a storm PagerDuty hears each, and the webhook the first ten', () => {
  const seen = Array.from({ length: 12 }, (_, n) => ({ name: `svc-${n}` }));
  const told = monitor().look(0, see(...seen));
  expect(dueTo(told, 'pagerduty')).toHaveLength(12);
  const [event] = dueTo(told, 'webhook');
  expect(event?.facts).toHaveLength(10);
  expect(event?.message.text).toContain('11 more incidents');
});

test('what came and went before a way took it: people hear the end, a program both, PagerDuty nothing', () => {
  const monitored = monitor();
  const away = refuse('slack-webhook', 'webhook', 'pagerduty');
  monitored.look(0, { ...see(api), ...away });
  const ended = monitored.look(60, see());
  expect(say(ended).filter((each) => !each.startsWith('slack:'))).toEqual([
    'webhook: full NEW',
    'slack-webhook: resolved RESOLVED',
    'webhook: resolved RESOLVED',
  ]);
  const [end] = dueTo(ended, 'slack-webhook');
  expect(end?.message.text).toMatch(/^RESOLVED api .*\(told late\)$/);
  expect(monitored.state().outbox).toEqual([]);
});

test('but where a way may have it, people hear both, and PagerDuty the end', () => {
  const monitored = monitor();
  const doubt = {
    ...refuse(),
    receipts: ({ target }: Notification) => ({
      accepted: target === undefined,
      maybeDelivered: target !== undefined,
    }),
  };
  monitored.look(0, { ...see(api), ...doubt });
  const ended = monitored.look(60, see());
  expect(dueTo(ended, 'pagerduty').map(({ kind }) => kind)).toEqual(['resolved']);
  expect(dueTo(ended, 'slack-webhook').map(({ kind }) => kind)).toEqual(['full', 'resolved']);
});

test('what fails for another reason now keeps its key, also when it is told anew and ends', () => {
  const monitored = monitor();
  const keys = (decided: Decided) => [
    ...dueTo(decided, 'pagerduty').map(({ kind, facts }) => [kind, facts?.[0]?.fingerprint]),
    ...dueTo(decided, 'webhook').map(({ kind, facts }) => [kind, facts?.[0]?.fingerprint]),
  ];
  const [first] = keys(monitored.look(0, see(api)));
  const key = first?.[1];
  const other = { ...api, reason: 'OOMKilled', digest: 'd2' };
  expect(say(monitored.look(15, see(other)))).toContain('slack: brief CHANGED');
  expect(keys(monitored.look(15 + 181, see(other)))).toEqual([
    ['full', key],
    ['full', key],
  ]);
  expect(keys(monitored.look(290, see()))).toEqual([
    ['resolved', key],
    ['resolved', key],
  ]);
});
