import { expect, test } from '@jest/globals';
import { outcomeOf, type Posted } from '../../../src/core/model/posted.ts';
import type { Outcome } from '../../../src/core/model/receipt.ts';

const way = {
  ...{ name: 'The webhook', input: 'webhook-url', channel: 'webhook' },
  now: Date.parse('2026-01-01T12:00:00Z'),
};
const answer = (status: number, retryAfterSeconds: number | null = null): Posted => ({
  ...{ kind: 'answer', status, body: '<html>', retryAfterSeconds },
});

test.each<[string, Posted, Partial<Outcome>]>([
  ['200', answer(200), { accepted: true, channel: 'webhook', ts: null, error: null }],
  ['204', answer(204), { accepted: true }],
  ['302', answer(302), { error: 'The webhook refuses us (HTTP 302): check webhook-url' }],
  [
    '400',
    answer(400),
    { unfit: true, error: 'The webhook did not take our message (HTTP 400); please report this' },
  ],
  ['401', answer(401), { error: 'The webhook refuses us (HTTP 401): check webhook-url' }],
  ['403', answer(403), { error: 'The webhook refuses us (HTTP 403): check webhook-url' }],
  ['404', answer(404), { error: 'The webhook refuses us (HTTP 404): check webhook-url' }],
  ['408', answer(408), { maybeDelivered: true }],
  ['410', answer(410), { error: 'The webhook refuses us (HTTP 410): check webhook-url' }],
  ['413', answer(413), { unfit: true }],
  ['422', answer(422), { unfit: true }],
  [
    '429',
    answer(429, 90),
    {
      retryAfterSeconds: 90,
      error: 'The webhook limits what it takes; kept, next try at 2026-01-01T12:01:30Z',
    },
  ],
  [
    '429 without a time',
    answer(429),
    { error: 'The webhook limits what it takes; kept, next try in the next cycle' },
  ],
  [
    '500',
    answer(500),
    { maybeDelivered: true, error: 'The webhook has trouble (HTTP 500); kept for the next cycle' },
  ],
  ['503', answer(503, 5), { maybeDelivered: true, retryAfterSeconds: 5 }],
  [
    'a reset',
    { kind: 'silent', reason: 'ECONNRESET', sent: true },
    {
      maybeDelivered: true,
      error: 'The webhook gave no answer (ECONNRESET); kept for the next cycle',
    },
  ],
  [
    'nobody there',
    { kind: 'silent', reason: 'ECONNREFUSED', sent: false },
    { maybeDelivered: false },
  ],
  [
    'no time left',
    { kind: 'late' },
    { error: 'The time for the webhook was used up; kept for the next cycle' },
  ],
])('%s', (_name, posted, expected) => {
  const plain = { accepted: false, maybeDelivered: false, retryAfterSeconds: null };
  const outcome = outcomeOf(posted, way);
  expect(outcome).toMatchObject({ ...plain, ...expected });
  expect(outcome.unfit).toBe(expected.unfit);
});

test('a word of the answer is shown where one is given', () => {
  expect(outcomeOf(answer(403), way, 'no_way').error).toContain('(HTTP 403 no_way)');
});
