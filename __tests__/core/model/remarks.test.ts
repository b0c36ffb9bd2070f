import { expect, test } from '@jest/globals';
import { doubted, inReplyTo, late } from '../../../src/core/model/remarks.ts';
import { slackProblems } from '../../support/slack-checker.ts';
import { monitor } from '../lifecycle/history.ts';

const { outbox } = monitor().look(0, { seen: [{}] }).state;
const block = { type: 'context', elements: [{ type: 'plain_text', text: 'x' }] };

test('an alert that says so is still one that Slack takes, and says so once', () => {
  const [first] = outbox;
  if (first === undefined) throw new TypeError('nothing was queued');
  const again = doubted(first.message);
  expect(slackProblems(again)).toEqual([]);
  expect(again.blocks.slice(0, -1)).toEqual(first.message.blocks);
  expect(doubted(again)).toBe(again);
});

test.each([
  ['short', 'SEV-1 api', 'SEV-1 api (may be a repeat)'],
  ['just right', 'a'.repeat(132), `${'a'.repeat(132)} (may be a repeat)`],
  ['one too long', `${'a '.repeat(66)}a`, `${'a '.repeat(65)}a… (may be a repeat)`],
  [
    'an escaped character at the end',
    `${'a '.repeat(64)}&amp;&amp;`,
    `${'a '.repeat(63)}a… (may be a repeat)`,
  ],
])('its line, %s', (_name, text, said) => {
  const message = doubted({ text, blocks: [block] });
  expect(message.text).toBe(said);
  expect(message.text.length).toBeLessThanOrEqual(150);
});

test('a message of text alone keeps all of it', () => {
  const text = `${'a '.repeat(100)}\n<https://github.com/acme|Run>`;
  expect(doubted({ text, blocks: [] })).toEqual({ text: `${text} (may be a repeat)`, blocks: [] });
});

test('an alert that is told late says so, once', () => {
  const told = late({ text: 'RESOLVED api', blocks: [block] });
  expect(told.text).toBe('RESOLVED api (told late)');
  expect(slackProblems(told)).toEqual([]);
  expect(late(told)).toBe(told);
  expect(doubted(told).text).toBe('RESOLVED api (told late) (may be a repeat)');
});

test('a reply in the channel says to which alert', () => {
  const url = 'https://acme.slack.com/archives/C1/p1?a=1&b=2';
  const linked = inReplyTo({ text: 'x', blocks: [block] }, url);
  expect(slackProblems(linked)).toEqual([]);
  expect(JSON.stringify(linked.blocks.at(-1))).toContain('a=1&amp;b=2|the alert>');
  expect(inReplyTo({ text: 'x', blocks: [] }, url).text).toMatch(/^x\nIn reply to </);
});
