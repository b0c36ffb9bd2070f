import { expect, test } from '@jest/globals';
import { type Look, monitor, sayDue } from './history.ts';

const api: Look = { seen: [{ name: 'api' }] };
const both: Look = { seen: [{ name: 'api' }, { name: 'web' }] };

test.each<[string, Look]>([
  ['may have taken', { slack: 'refuses', maybeDelivered: true }],
  ['was being sent by a run that died', { slack: 'dies' }],
])('an incident that came and went while Slack was down (%p) is one message', (_name, slack) => {
  const monitored = monitor();
  const [first] = monitored.look(0, { ...api, ...slack }).due;
  const ended = monitored.look(60, {});
  expect(sayDue(ended)).toEqual(['full NEW', 'resolved RESOLVED', 'edit RESOLVED']);
  const [full, resolved, edit] = ended.due;
  expect([full?.id, full?.late]).toEqual([first?.id, true]);
  expect(full?.message.text).toMatch(/^RESOLVED api after .*\(told late\)$/);
  expect(JSON.stringify(full?.message.blocks)).toContain('did not take this alert while it lasted');
  expect(full?.message.attachments).toEqual(edit?.message.attachments);
  expect(JSON.stringify([resolved, edit])).not.toContain('told late');
});

test('an alert that is surely not there needs neither edits nor changes, only its ends', () => {
  const monitored = monitor();
  monitored.look(0, { ...api, slack: 'refuses' });
  const changed = monitored.look(15, { seen: [{ digest: 'd2' }], slack: 'refuses' });
  expect(sayDue(changed)).toEqual(['full NEW', 'edit CHANGED']);
  const ended = monitored.look(75, {});
  expect(sayDue(ended)).toEqual(['full NEW', 'resolved RESOLVED']);
  expect(ended.due[0]).toMatchObject({ late: true });
  expect(ended.due[0]?.message.text).toMatch(/^RESOLVED api after .*\(told late\)$/);
});

test('what it says stays what it says while Slack goes on refusing it', () => {
  const monitored = monitor();
  monitored.look(0, { ...api, slack: 'refuses' });
  const [before] = monitored.look(60, { slack: 'refuses' }).due;
  const [after] = monitored.fail(75, { slack: 'refuses' }).due;
  expect(after?.message).toEqual(before?.message);
  expect(after?.late).toBe(true);
});

test('as long as one of its incidents goes on, the alert is an alert', () => {
  const monitored = monitor();
  const [first] = monitored.look(0, { ...both, slack: 'refuses' }).due;
  const [part] = monitored.look(60, { ...api, slack: 'refuses' }).due;
  expect([part?.late, part?.message]).toEqual([undefined, first?.message]);
  const [whole] = monitored.look(130, { slack: 'refuses' }).due;
  expect(whole?.late).toBe(true);
});

test('what begins again before Slack took its end is told as it stands', () => {
  const monitored = monitor();
  monitored.look(0, { ...api, slack: 'refuses' });
  monitored.look(60, { slack: 'refuses' });
  const back = monitored.look(75, api);
  expect(sayDue(back)).toEqual(['full NEW', 'edit REOPENED']);
  expect(back.due[0]?.late).toBeUndefined();
  expect(back.due[0]?.message.text).toMatch(/^SEV-2 api DOWN/);
});

test('what another run is sending is not touched', () => {
  const monitored = monitor();
  monitored.look(60, { ...api, slack: 'dies' });
  const { outbox } = monitored.look(70, { seen: [] }).state;
  expect(outbox.map(({ kind, late }) => [kind, late])).toEqual([
    ['full', undefined],
    ['edit', undefined],
  ]);
});

test('an alert that Slack has is not told again', () => {
  const monitored = monitor();
  monitored.look(0, api);
  const ended = monitored.look(60, {});
  expect(sayDue(ended)).toEqual(['resolved RESOLVED', 'edit RESOLVED']);
});

const pages: Look = { channel: 'pagerduty', targets: ['pagerduty'] };

test('PagerDuty hears nothing of what came and went before it took anything, and the report says so', () => {
  const monitored = monitor();
  monitored.look(0, { ...api, ...pages, slack: 'refuses' });
  const ended = monitored.look(60, pages);
  expect([ended.due, ended.state.outbox]).toEqual([[], []]);
  expect(ended.heldBack).toContain('1 incident ended before PagerDuty took anything of it');
});

test.each<[string, Look]>([
  ['has it', {}],
  ['may have it', { slack: 'refuses', maybeDelivered: true }],
  ['may have it from a run that died', { slack: 'dies' }],
])('where PagerDuty %s, the newest word alone is kept, and the end is sent', (_name, slack) => {
  const monitored = monitor();
  monitored.look(0, { ...api, ...pages, ...slack });
  monitored.look(200, { ...api, ...pages, slack: 'refuses' });
  const { outbox } = monitored.look(400, { ...api, ...pages, slack: 'refuses' }).state;
  expect(outbox.map(({ kind }) => kind)).toEqual(['full']);
  expect(sayDue(monitored.look(460, { ...pages, slack: 'refuses' }))).toEqual([
    'resolved RESOLVED',
  ]);
  expect(sayDue(monitored.fail(480, pages))).toEqual(['resolved RESOLVED']);
});

test('an alert after an end that PagerDuty did not take is no first one', () => {
  const monitored = monitor();
  monitored.look(0, { ...api, ...pages });
  monitored.look(60, { ...pages, slack: 'refuses' });
  monitored.look(600, { ...api, ...pages, slack: 'refuses' });
  expect(sayDue(monitored.look(700, pages))).toEqual(['resolved RESOLVED']);
});
