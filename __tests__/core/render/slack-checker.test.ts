import { expect, test } from '@jest/globals';
import type { SlackMessage } from '../../../src/core/model/notification.ts';
import { slackProblems } from '../../support/slack-checker.ts';

const mrkdwn = (text: string) => ({ type: 'mrkdwn', verbatim: true, text });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const message = (changes: Partial<SlackMessage>): SlackMessage => ({
  text: 'SEV-1 api DOWN',
  blocks: [section('api')],
  ...changes,
});

test('a small message has no problem', () => {
  expect(slackProblems(message({}))).toEqual([]);
});

// The checker stands in for Slack: each limit is broken once, so that it is known to bite.
test.each<[string, Partial<SlackMessage>, RegExp]>([
  ['long text', { text: 'x'.repeat(151) }, /text: 151 units/],
  ['text of two lines', { text: 'a\nb' }, /several lines/],
  ['half a character', { blocks: [section('a\ud83d')] }, /half a character/],
  ['51 blocks', { blocks: Array.from({ length: 51 }, () => section('a')) }, /51 blocks/],
  ['unknown block', { blocks: [{ type: 'alert' }] }, /unknown type alert/],
  ['empty section', { blocks: [section('')] }, /empty text/],
  ['long section', { blocks: [section('x'.repeat(3001))] }, /3001 units/],
  [
    'long header',
    { blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] },
    /151 units/,
  ],
  ['mrkdwn header', { blocks: [{ type: 'header', text: mrkdwn('x') }] }, /text of type mrkdwn/],
  [
    'mrkdwn that links',
    { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x' } }] },
    /links bare words/,
  ],
  ['empty rich_text', { blocks: [rich()] }, /without elements/],
  [
    'empty element',
    { blocks: [rich({ type: 'rich_text_section', elements: [] })] },
    /empty rich_text/,
  ],
  [
    'a mention as an element',
    {
      blocks: [
        rich({ type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'here' }] }),
      ],
    },
    /inline of type broadcast/,
  ],
  ['unknown field', { blocks: [{ ...section('a'), colour: 'red' }] }, /unknown field colour/],
  [
    '11 context elements',
    { blocks: [{ type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn('a')) }] },
    /11 elements/,
  ],
  [
    '6,001 characters',
    { blocks: [section('x'.repeat(3000)), section('x'.repeat(3000))] },
    /characters in all/,
  ],
  ['9 KB', { blocks: [section('語'.repeat(3000))] }, /bytes of JSON/],
  [
    'attachment without blocks',
    { attachments: [{ color: '#ff0000', fallback: 'x', blocks: [] }] },
    /without blocks/,
  ],
])('%s', (_, changes, problem) => {
  expect(slackProblems(message(changes)).join('\n')).toMatch(problem);
});
