import { expect, test } from '@jest/globals';
import { permalinkOf } from '../../../src/core/model/permalink.ts';

const at = { channel: 'C0123ABCD', ts: '1795489110.000100' };
const workspace = 'https://acme.slack.com/';

test.each([
  ['a message', workspace, at, 'https://acme.slack.com/archives/C0123ABCD/p1795489110000100'],
  ['an address that nobody told', undefined, at, null],
  ['one that is no address', 'https://acme.slack.com/|x>', at, null],
  ['one without TLS', 'http://acme.slack.com/', at, null],
  ['an alert that is not there', workspace, { ...at, ts: null }, null],
  ['none', workspace, undefined, null],
  ['a channel by its name', workspace, { ...at, channel: '#ops' }, null],
  ['a time that is none', workspace, { ...at, ts: 'x' }, null],
])('%s', (_name, slackUrl, alert, expected) => {
  expect(permalinkOf(slackUrl, alert)).toBe(expected);
});
