import { expect, test } from '@jest/globals';
import { news } from '../../../src/core/lifecycle/news.ts';
import {
  assessmentsOf,
  fingerprintOf,
  type Look,
  monitor,
  observationOf,
  type Seen,
  start,
} from './history.ts';

const minutes = (count: number) => start + count * 60_000;

function newsOf(
  history: readonly (readonly [number, Look])[],
  at: number,
  seen: readonly Seen[],
): readonly string[] {
  const monitored = monitor();
  for (const [when, look] of history) monitored.look(when, look);
  const look = { seen };
  return news(
    monitored.state(),
    observationOf(look, minutes(at)),
    assessmentsOf(look).byFingerprint,
  );
}

test.each<[string, boolean, readonly (readonly [number, Look])[], Seen]>([
  ['new', true, [], { severity: 'SEV-3' }],
  ['new, SEV-4', false, [], { severity: 'SEV-4' }],
  ['new, known', false, [], { severity: 'SEV-3', known: true }],
  ['told', false, [[0, { seen: [{ severity: 'SEV-2' }] }]], { severity: 'SEV-2' }],
  [
    'told, better',
    false,
    [[0, { seen: [{ severity: 'SEV-2' }] }]],
    { severity: 'SEV-3', digest: 'd2' },
  ],
  ['told, worse', true, [[0, { seen: [{ severity: 'SEV-2' }] }]], { severity: 'SEV-1' }],
  [
    'worse than before, not than told',
    false,
    [
      [0, { seen: [{ severity: 'SEV-1' }] }],
      [5, { seen: [{ severity: 'SEV-2' }] }],
    ],
    { severity: 'SEV-1' },
  ],
  ['raised from SEV-4', true, [[0, { seen: [{ severity: 'SEV-4' }] }]], { severity: 'SEV-3' }],
  [
    'waiting to be told: asked already',
    false,
    [[0, { seen: [{ severity: 'SEV-2' }], channel: null }]],
    { severity: 'SEV-2' },
  ],
  [
    'back within the window',
    false,
    [
      [0, { seen: [{ severity: 'SEV-2' }] }],
      [100, {}],
    ],
    { severity: 'SEV-2' },
  ],
  [
    'back after it',
    true,
    [
      [0, { seen: [{ severity: 'SEV-2' }] }],
      [55, {}],
      [60, {}],
    ],
    { severity: 'SEV-2' },
  ],
])('%s: %p', (_name, isNews, history, seen) => {
  expect(newsOf(history, 185, [seen])).toEqual(isNews ? [fingerprintOf('api')] : []);
});

test('an incident that the policy did not weigh is no question for a model', () => {
  const look = { seen: [{ severity: 'SEV-1' as const }] };
  expect(news(monitor().state(), observationOf(look, start), {})).toEqual([]);
});
