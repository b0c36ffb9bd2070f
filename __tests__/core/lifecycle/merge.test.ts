import { expect, test } from '@jest/globals';
import { type Look, monitor, sayDue } from './history.ts';

const api: Look = { seen: [{ name: 'api' }] };
const both: Look = { seen: [{ name: 'api' }, { name: 'web' }] };

test.each<[string, Look]>([
  ['does not take', { slack: 'refuses' }],
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
  expect(sayDue(back)).toEqual([
    'full NEW',
    'resolved RESOLVED',
    'brief REOPENED',
    'edit REOPENED',
  ]);
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
