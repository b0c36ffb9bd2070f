import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareHeadlines, type Headline } from '../../../src/core/lifecycle/order.ts';
import { severities } from '../../../src/core/model/decision.ts';
import { impacts } from '../../../src/core/model/finding.ts';
import { priorities } from '../../../src/core/model/priority.ts';

const base: Headline = {
  fingerprint: 'b',
  severity: 'SEV-2',
  priority: 'P1',
  impact: 'degraded',
  since: '2026-11-24T10:00:00Z',
};

test.each<[string, Partial<Headline>]>([
  ['severity first', { severity: 'SEV-1', priority: 'P3', impact: 'info', since: null }],
  ['then priority', { priority: 'P0', impact: 'info', since: null }],
  ['then impact', { impact: 'outage', since: null }],
  ['then the oldest', { since: '2026-11-24T09:59:59Z' }],
  ['then the fingerprint', { fingerprint: 'a' }],
])('%s', (_name, louder) => {
  const loud = { ...base, fingerprint: 'z', ...louder };
  expect([base, loud].sort(compareHeadlines)).toEqual([loud, base]);
});

test('what is not known comes behind what is', () => {
  for (const unknown of [{ priority: null }, { impact: null }, { since: null }])
    expect(compareHeadlines({ ...base, fingerprint: 'a', ...unknown }, base)).toBeGreaterThan(0);
});

test('the order of the input never shows', () => {
  const headline = fc.record({
    fingerprint: fc.string({ minLength: 1, maxLength: 3 }),
    severity: fc.constantFrom(...severities),
    priority: fc.constantFrom(...priorities, null),
    impact: fc.constantFrom(...impacts, null),
    since: fc.constantFrom('2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z', null),
  });
  const some = fc.uniqueArray(headline, {
    selector: ({ fingerprint }) => fingerprint,
    maxLength: 12,
  });
  fc.assert(
    fc.property(some, (all) => {
      expect([...all].reverse().sort(compareHeadlines)).toEqual([...all].sort(compareHeadlines));
    }),
  );
});
