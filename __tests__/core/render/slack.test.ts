import { describe, expect, test } from '@jest/globals';
import type { AlertLine, AlertView } from '../../../src/core/model/alert.ts';
import type { SlackMessage } from '../../../src/core/model/notification.ts';
import {
  briefUpdate,
  editedAlert,
  fullAlert,
  healthMessage,
  resolvedReply,
  testMessage,
} from '../../../src/core/render/slack.ts';
import { arrayOf, type Fields, slackProblems } from '../../support/slack-checker.ts';
import { seen, textsOf } from '../../support/slack-reading.ts';
import { decisionOf, lineOf, now, searchLine, viewOf } from './samples.ts';

const resolved = lineOf({
  state: 'resolved',
  reason: 'RESOLVED',
  impact: null,
  standing: undefined,
  resolvedAt: '2026-11-24T03:34:00Z',
  evidence: [],
  symptoms: [],
});

test('a full alert reads: what, why, how sure, how bad, what to do, what else, what is not known', () => {
  const message = fullAlert(viewOf());
  expect(message.text).toBe(
    'SEV-1 payments-api DOWN 6 min: Deployment ImagePullBackOff: image ghcr.io/acme/payments:v2.41 does not exist (Ima… (prod-eu). 1 more incident. <!here>',
  );
  expect(seen(message)).toEqual([
    '# 🔴 SEV-1 · payments-api is down: Deployment ImagePullBackOff · prod-eu',
    '*Cause* image ghcr.io/acme/payments:v2.41 does not exist (ImagePullBackOff); 6 pods in all',
    "*Sure?* proven by the cluster's own fields",
    '<!here> *Impact* P0 · down since 02:53 UTC (6 min, allowed 0) · 0 of 6 pods ready · `payments-api`',
    '*Do this*',
    '    kubectl -n payments rollout undo deployment/payments-api # changes the cluster',
    '    kubectl -n payments rollout status deployment/payments-api',
    '    kubectl -n payments describe pod payments-api-7d9f-x2x',
    "… 1 more command in the run's report",
    '*2. 🟡 SEV-3 search degraded 22 min: Deployment OOMKilled*',
    'container search of 1 of 3 pods was killed for memory 4 times (OOMKilled, limit 256Mi)',
    '*Known, not counted* cart starts slowly',
    '([Run] · looked at 02:59 UTC)',
    '| *About* Deployment payments/payments-api · ImagePullBackOff',
    '|     Failed: Failed to pull image: manifest unknown',
    '|     6× ImageNotFound (image-pull): payments/payments-api-7d9f-x2x …',
    '|     Pod payments-api-7d9f-x2x: manifest unknown',
    "|     … 5 more findings in the run's report",
    '| *Not known* PersistentVolumeClaim could not be read (forbidden): storage faults there would be missed, and nothing there counts as resolved; grant get and list on it',
  ]);
  expect(slackProblems(message)).toEqual([]);
});

test('a brief update says first what changed', () => {
  const line = lineOf({
    state: 'open',
    reason: 'BETTER',
    impact: 'degraded',
    standing: { desired: 6, ready: 2 },
    decision: decisionOf('SEV-2'),
  });
  const message = briefUpdate(line, viewOf({ lines: [line] }));
  expect(message.text).toBe(
    'SEV-2 getting better: payments-api DEGRADED 6 min: Deployment ImagePullBackOff: image ghcr.io/acme/payments:v2.41 does not exist (ImagePull… (prod-eu)',
  );
  expect(seen(message)).toEqual([
    '*Getting better* `payments-api` degraded · 2 of 6 pods ready · 6 min · SEV-2',
    '*Cause* image ghcr.io/acme/payments:v2.41 does not exist (ImagePullBackOff); 6 pods in all',
    '([Run] · looked at 02:59 UTC)',
  ]);
  expect(slackProblems(message)).toEqual([]);
});

test.each([
  ['BETTER', true],
  ['CHANGED', true],
  ['REOPENED', true],
  ['ABSORBED', true],
  ['STILL_SEV1', false],
  ['ACKED', false],
  ['SILENCE_STARTED', false],
  ['FLAP_START', false],
])('a word about %s names the cause: %p', (reason, names) => {
  const message = briefUpdate(lineOf({ reason }), viewOf());
  expect(seen(message).join('\n').includes('*Cause*')).toBe(names);
  expect(slackProblems(message)).toEqual([]);
});

test('a cause that was found is named on the lock screen', () => {
  const line = lineOf({ reason: 'ABSORBED', impact: null, partOf: 'node-c is not ready' });
  expect(briefUpdate(line, viewOf()).text).toBe(
    'SEV-1 cause found: payments-api PART OF ANOTHER INCIDENT 6 min: node-c is not ready (prod-eu)',
  );
});

test('an update on what cannot be seen names the gap', () => {
  const line = lineOf({ state: 'unknown', reason: 'UNKNOWN', impact: null, standing: undefined });
  const message = briefUpdate(line, viewOf({ lines: [line] }));
  expect(message.text).toMatch(/^SEV-1 payments-api OUT OF SIGHT 6 min: /);
  expect(seen(message)[0]).toBe('*Out of sight* `payments-api` 6 min · SEV-1');
  expect(seen(message)).toContain(
    '*Not known* PersistentVolumeClaim could not be read (forbidden): storage faults there would be missed, and nothing there counts as resolved; grant get and list on it',
  );
});

test.each([
  ['told again in a newer alert', { reason: 'CONTINUED' }],
  ['part of another incident', { partOf: 'node-c is not ready' }],
])('an alert is headed by what it alone tells of, not by what is %s', (_, changes) => {
  const view = viewOf({ lines: [lineOf(changes), searchLine] });
  const message = editedAlert(view);
  expect(message.text).toMatch(/^SEV-3 search /);
  expect(slackProblems(message)).toEqual([]);
  expect(editedAlert(viewOf({ lines: [lineOf(changes)] })).text).toMatch(/^SEV-1 payments-api /);
});

test('what was proven is not unknown because it is not seen now', () => {
  const line = lineOf({ state: 'clearing', impact: null, cause: 'unknown', commands: [] });
  const said = seen(editedAlert(viewOf({ lines: [line] }))).join('\n');
  expect(said).not.toContain('not known');
  expect(said).not.toContain('No command is known');
  expect(said).toContain('*Not seen in this look: no command*');
});

test('the end is of all the services that the alert named', () => {
  const line = { ...resolved, services: ['pay', 'cart', 'mail'] };
  const message = resolvedReply(line, viewOf({ lines: [line] }));
  expect(message.text).toMatch(/^RESOLVED pay and 2 more services after 41 min: /);
  expect(seen(message)[0]).toMatch(/^✅ \*Resolved\* `pay` and 2 more services at /);
});

test('the end says how long it lasted and what of the alert is left', () => {
  const message = resolvedReply(resolved, viewOf({ lines: [resolved, searchLine] }));
  expect(message.text).toBe(
    'RESOLVED payments-api after 41 min: image ghcr.io/acme/payments:v2.41 does not exist (ImagePullBackOff); 6 pods in all (SEV-1, prod-eu)',
  );
  expect(seen(message)).toEqual([
    '✅ *Resolved* `payments-api` at 03:34 UTC · lasted 41 min · SEV-1',
    '*It was* image ghcr.io/acme/payments:v2.41 does not exist (ImagePullBackOff); 6 pods in all',
    '(1 of 2 in this alert are resolved · [Run] · looked at 02:59 UTC)',
  ]);
  expect(slackProblems(message)).toEqual([]);
});

test('an incident closed because nobody can see it is not called well', () => {
  const line = { ...resolved, reason: 'EXPIRED_UNKNOWN' };
  const message = resolvedReply(line, viewOf({ lines: [line] }));
  expect(seen(message)[0]).toContain('*Closed as unknown*');
  expect(message.text).toMatch(/^RESOLVED \(closed as unknown\) payments-api/);
});

describe('an edited alert', () => {
  const attachmentOf = (view: AlertView) => editedAlert(view).attachments?.[0];

  test('is green only when all of it ended', () => {
    const view = viewOf({ lines: [resolved] });
    expect(seen(editedAlert(view)).slice(0, 6)).toEqual([
      '# ✅ SEV-1 · payments-api resolved after 41 min: Deployment ImagePullBackOff · prod-eu',
      '*Cause* image ghcr.io/acme/payments:v2.41 does not exist (ImagePullBackOff); 6 pods in all',
      "*Sure?* proven by the cluster's own fields",
      '*Impact* P0 · resolved, began 02:53 UTC (41 min) · `payments-api`',
      'Nothing to do for this one any more.',
      '*Known, not counted* cart starts slowly',
    ]);
    expect(attachmentOf(view)).toMatchObject({ color: '#2eb886' });
  });

  test('shows the worst that is left, and what ended struck through under its number', () => {
    const view = viewOf({ lines: [resolved, searchLine] });
    expect(seen(editedAlert(view))[0]).toBe(
      '# 🟡 SEV-3 · search is degraded: Deployment OOMKilled · prod-eu',
    );
    expect(seen(editedAlert(view))).toContain(
      '~1. ✅ SEV-1 payments-api resolved 41 min: Deployment ImagePullBackOff~',
    );
    expect(attachmentOf(view)).toMatchObject({ color: '#e3b505' });
  });

  test('mentions nobody', () => {
    expect(JSON.stringify(fullAlert(viewOf()))).toContain('<!here>');
    expect(JSON.stringify(editedAlert(viewOf()))).not.toContain('<!here>');
  });

  const typesOf = ({ blocks, attachments = [] }: SlackMessage) => {
    const typeOf = ({ type }: Fields) => type;
    return [
      blocks.map(typeOf),
      attachments.map((each: Fields) => arrayOf(each.blocks).map(typeOf)),
    ];
  };
  const states: readonly Partial<AlertLine>[] = [
    { state: 'open', evidence: [], symptoms: [] },
    { state: 'clearing', impact: null },
    { state: 'unknown', impact: null, commands: [] },
    { state: 'resolved', impact: null, resolvedAt: '2026-11-24T03:00:00Z', commands: [] },
  ];
  test.each(states)('keeps the types of its blocks when it is $state', (changes) => {
    const edited = editedAlert(viewOf({ lines: [lineOf(changes)], gaps: [], hidden: [] }));
    expect(typesOf(edited)).toEqual(typesOf(fullAlert(viewOf())));
    expect(slackProblems(edited)).toEqual([]);
  });
});

describe('what only some alerts say', () => {
  const all = (view: AlertView) => [fullAlert(view).text, ...seen(fullAlert(view))].join('\n');
  const head = (changes: Partial<AlertLine>) => viewOf({ lines: [lineOf(changes)] });

  test.each([
    ['the first look', viewOf({ firstLook: true }), '· prod-eu · first look'],
    [
      'a state that was not saved',
      viewOf({ unsaved: true }),
      '*not saved*: this may be told again',
    ],
    ['a repeat', head({ reason: 'REPEAT' }), 'still open, told again'],
    ['worse', head({ reason: 'WORSE' }), 'worse than last told'],
    ['several services', head({ services: ['a', 'b', 'c'] }), 'a and 2 more services are down'],
    ['no service', head({ services: [] }), 'Deployment payments/payments-api is down'],
    [
      'a time that is a bound',
      head({ sinceExact: false }),
      'down since 02:53 UTC or earlier (6 min',
    ],
    ['no time of its own', head({ since: null }), 'down since 02:59 UTC (first seen then) (0 s'],
    [
      'another day',
      head({ since: '2026-11-22T22:10:00Z' }),
      'down since 22 Nov 22:10 UTC (28 h 49 min',
    ],
    ['no cause', head({ cause: 'unknown' }), '*Sure?* no, the cause is not known'],
    ['no command', head({ commands: [] }), '*No command is known for this*'],
    [
      'not seen now',
      head({ state: 'clearing', impact: null }),
      'not seen now, open since 02:53 UTC',
    ],
    ['no limit', head({ maxDowntimeSeconds: null }), '(6 min) ·'],
    ['a limit', head({ maxDowntimeSeconds: 300 }), '(6 min, allowed 5 min) ·'],
  ])('%s', (_, view, said) => {
    expect(all(view)).toContain(said);
    expect(slackProblems(fullAlert(view))).toEqual([]);
  });

  test('a node is named itself, not as one of the services it carries', () => {
    const root = { kind: 'Node', namespace: null, name: 'node-c', reason: 'NodeNotReady' };
    const view = head({ root, services: ['cart', 'images'] });
    expect(fullAlert(view).text).toMatch(/^SEV-1 Node node-c DOWN 6 min: /);
    expect(all(view)).toContain('· Node node-c is down: NodeNotReady ·');
    expect(all(view)).toContain('`cart`, `images`');
  });

  test('what several pods say alike is said once', () => {
    const fact = { source: 'field' as const, at: 'status.reason', text: 'Evicted' };
    const said = all(head({ evidence: [fact, fact, { ...fact, text: 'Lost' }] }));
    expect(said.split('status.reason: Evicted')).toHaveLength(2);
    expect(said).not.toContain('more fact');
  });

  test('what the cause says is said once: no fact and no finding repeats it', () => {
    const summary = 'Volume pvc-1 cannot be attached (FailedAttachVolume); 2 pods in all';
    const symptom = { check: 'volume-attach', reason: 'VolumeMultiAttach', examples: ['shop/a'] };
    const said = all(
      head({
        summary,
        evidence: [{ source: 'event', at: 'x', text: 'FailedAttachVolume' }],
        symptoms: [
          { ...symptom, count: 1, message: 'Volume pvc-1 cannot be atta…' },
          { ...symptom, count: 2, message: 'Pod a waits' },
        ],
      }),
    );
    expect(said).not.toContain('x: FailedAttachVolume');
    expect(said).not.toContain('atta…');
    expect(said).toContain('Pod a waits');
    expect(said).toContain('… 1 more finding in');
  });

  test('more services only where they are hit as badly, and the root where none is', () => {
    const one = head({ services: ['cart', 'pay', 'search'], hit: 1 });
    expect(all(one)).toContain('· cart is down: Deployment');
    expect(fullAlert(one).text).toMatch(/^SEV-1 cart DOWN 6 min: /);
    expect(all(head({ services: ['cart', 'pay', 'search'], hit: 2 }))).toContain(
      'cart and 1 more service are down',
    );
    const two = lineOf({ services: ['cart', 'pay', 'search'], hit: 2 });
    expect(seen(briefUpdate(two, viewOf())).join()).toContain('`cart` and 1 more service down');
    const beside = seen(fullAlert(viewOf({ lines: [lineOf(), two] }))).join();
    expect(beside).toContain('SEV-1 cart and 1 more service down 6 min');
    expect(all(head({ services: ['cart'], hit: 0 }))).toContain(
      'Deployment payments/payments-api is down: ImagePullBackOff',
    );
  });

  test('what Claude judged is marked, the facts beside it are not', () => {
    const decision = decisionOf('SEV-1', {
      by: 'claude',
      confidence: 80,
      rootCause: 'The tag was never pushed.',
      businessImpact: 'Nobody can pay.',
      immediateActions: ['Ask who released v2.41.'],
    });
    const lines = seen(fullAlert(viewOf({ lines: [lineOf({ decision })] })));
    expect(lines[1]).toMatch(/^\*Cause\* image/);
    expect(lines).toContain(
      "*Claude's judgement (80 %)* _The tag was never pushed. · Nobody can pay._",
    );
    expect(lines.slice(lines.indexOf('*Claude suggests*'))[1]).toBe('Ask who released v2.41.');
  });

  test("the stage's fallback says that nothing was assessed", () => {
    const decision = decisionOf('SEV-2', {
      by: 'conservative-default',
      confidence: 50,
      rootCause: 'Unable to assess escalation, conservative default',
      immediateActions: ['Manual review required'],
      businessImpact: 'Potential incident detected',
    });
    const said = all(viewOf({ lines: [lineOf({ decision })] }));
    expect(said).toContain('*Not assessed* _Unable to assess escalation, conservative default');
    expect(said).toContain('Manual review required');
  });

  test.each([
    ['SEV-2', '<!here>'],
    ['SEV-1', '<!channel> and <@U0123ABCD>'],
    ['SEV-1', '@here'],
    ['SEV-1', null],
  ] as const)('nobody is mentioned: %s, %s', (severity, mention) => {
    const view = viewOf({ mention, lines: [lineOf({ decision: decisionOf(severity) })] });
    expect(textsOf(fullAlert(view)).some(({ text }) => /<[!@](?!date)|@here/.test(text))).toBe(
      false,
    );
  });

  test.each(['<!here>', '<@U0123ABCD>', '<!subteam^S0123ABCD>'])('%s is mentioned', (mention) => {
    const { text, blocks } = fullAlert(viewOf({ mention }));
    expect(text.endsWith(mention)).toBe(true);
    expect(JSON.stringify(blocks)).toContain(`${mention} *Impact*`);
  });
});

describe('the monitor about itself', () => {
  const input = { cluster: 'prod-eu', runUrl: 'https://github.com/acme/ops/actions/runs/123' };

  test('degraded', () => {
    const message = healthMessage({
      ...input,
      health: 'degraded',
      failedCycles: 3,
      error: 'connect ECONNREFUSED 10.0.0.1:6443',
    });
    expect(message.text).toBe(
      'DEGRADED Kube Vigil does not see prod-eu, 3 cycles failed in a row: connect ECONNREFUSED 10.0.0.1:6443',
    );
    expect(seen(message)).toEqual([
      '*DEGRADED Kube Vigil does not see prod-eu, 3 cycles failed in a row*',
      'connect ECONNREFUSED 10.0.0.1:6443',
      '([Run])',
    ]);
    expect(slackProblems(message)).toEqual([]);
  });

  test('well again, and a test message', () => {
    const again = healthMessage({ ...input, health: 'healthy', failedCycles: 0, error: null });
    expect(again.text).toBe('RESOLVED Kube Vigil sees prod-eu again');
    const trial = testMessage({ cluster: 'prod-eu', runUrl: null });
    expect(trial.text).toMatch(/^TEST of Kube Vigil on prod-eu: /);
    expect([...slackProblems(again), ...slackProblems(trial)]).toEqual([]);
  });
});

test('a view without incidents still gives a message that Slack takes', () => {
  expect(slackProblems(fullAlert(viewOf({ lines: [], now })))).toEqual([]);
});

test.each([
  ['somebody has it', { ack: { by: 'U0ANA1234', until: '2026-11-24T12:00:00Z' } }],
  ['somebody made it quiet', { silence: { by: 'U0ANA1234', until: '2026-11-24T12:00:00Z' } }],
  ['another alert tells of it', { reason: 'CONTINUED' }],
  ['it is a part of another', { partOf: 'Node worker-1 is not ready' }],
])('an alert is grey where %s', (_name, line) => {
  const message = editedAlert(viewOf({ lines: [lineOf(line)] }));
  expect(message.attachments).toEqual([expect.objectContaining({ color: '#8a8f98' })]);
});
