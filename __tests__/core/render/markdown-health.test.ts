import { expect, test } from '@jest/globals';
import {
  type HealthFacts,
  healthBody,
  healthClosing,
  healthTitle,
  healthWorse,
} from '../../../src/core/render/markdown-health.ts';

const run = '[The run](https://github.com/acme/ops/actions/runs/123)';
const facts: HealthFacts = {
  cluster: 'prod-eu',
  failedCycles: 3,
  lastError: 'connect ECONNREFUSED 10.0.0.1:6443',
  lastSuccessfulCycle: '2026-11-24T02:00:00Z',
  lastStatus: 'failed',
  undelivered: null,
  runUrl: 'https://github.com/acme/ops/actions/runs/123',
};
const mute: HealthFacts = {
  ...facts,
  undelivered: {
    messages: 2,
    cycles: 3,
    since: '2026-11-24T01:00:00Z',
    channel: 'C0123',
    answer: 'Slack has no such channel. Invite the app',
  },
};
const blindBody = `\
**Kube Vigil does not see cluster \`prod-eu\`.** Nothing in it is watched until this is mended.

- failed cycles in a row: 3
- last status: \`failed\`
- last successful cycle: \`2026-11-24T02:00:00Z\`

What went wrong last:

\`\`\`text
connect ECONNREFUSED 10.0.0.1:6443
\`\`\`
`;
const muteBody = `\
**Kube Vigil cannot deliver alerts of cluster \`prod-eu\`.** Nobody hears of its incidents until this is mended.

- messages that wait: 2, the first since \`2026-11-24T01:00:00Z\`
- cycles in a row that could not deliver: 3
- channel: \`C0123\`

Slack's last answer:

\`\`\`text
Slack has no such channel. Invite the app
\`\`\`
`;
const end = `
${run}

This text is kept up to date; the issue closes by itself at the first cycle that finds all this mended.
`;

test.each<[string, HealthFacts, boolean, string]>([
  ['not seen', facts, true, blindBody],
  ['not delivered', mute, false, muteBody],
  ['neither', mute, true, `${blindBody}\n${muteBody}`],
])('the body says what is wrong: %s', (_, given, blind, body) => {
  expect(healthBody(given, blind)).toBe(`${body}${end}`);
});

test.each([
  [true, false, 'Kube Vigil does not see cluster prod-eu'],
  [false, true, 'Kube Vigil cannot deliver alerts of cluster prod-eu'],
  [true, true, 'Kube Vigil does not see cluster prod-eu, and cannot deliver its alerts'],
])('the title: blind %s, mute %s', (blind, muted, title) => {
  expect(healthTitle('prod-eu', { blind, mute: muted })).toBe(title);
});

const sees = 'Kube Vigil sees cluster `prod-eu` again: the last cycle succeeded.';
const lasted = ' It did not for 3 h 12 min, since 02:00 UTC.';
const speaks =
  'Nothing waits for Slack any more: what was to be told of cluster `prod-eu` was delivered, is too old, or was set aside.';

test.each([
  [true, false, `${sees}${lasted} ${run}`],
  [false, true, `${speaks} ${run}`],
  [true, true, `${sees}${lasted} ${speaks} ${run}`],
  [false, false, `${sees} ${run}`],
])('the closing comment: blind %s, mute %s before', (blind, muted, said) => {
  const now = Date.parse('2026-11-24T05:12:00Z');
  expect(healthClosing(facts, { blind, mute: muted }, now)).toBe(said);
});

test.each([
  [
    facts,
    true,
    'It got worse: 3 cycles failed in a row. The text above says what went wrong last.',
  ],
  [mute, false, '2 messages did not reach Slack. The text above says what went wrong last.'],
])('the comment where it got worse', (given, blind, said) => {
  expect(healthWorse(given, { blind })).toBe(said);
});
