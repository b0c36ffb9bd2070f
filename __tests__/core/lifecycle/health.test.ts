import { expect, test } from '@jest/globals';
import { claimIssue, healthAfter } from '../../../src/core/lifecycle/health.ts';
import type { CycleStamp } from '../../../src/core/model/cycle.ts';
import { freshState, type MonitorState } from '../../../src/core/model/state.ts';

const stamp = { run: 'mine', now: Date.parse('2026-01-01T12:00:00Z') } as CycleStamp;
const own = { run: 'mine', at: '2026-01-01T12:00:00Z' };
const claimed = (at: string): MonitorState => ({ ...freshState, issueClaim: { run: 'other', at } });

test.each([
  [0, 'healthy'],
  [2, 'healthy'],
  [3, 'degraded'],
  [9, 'degraded'],
])('health after %i failed cycles in a row: %s', (failed, health) => {
  expect(healthAfter(failed)).toBe(health);
});

test.each<[string, MonitorState, 'healthy' | 'degraded', ReturnType<typeof claimIssue>]>([
  ['nobody while health is fine', freshState, 'healthy', undefined],
  [
    'nobody while one is open',
    { ...freshState, healthIssue: { number: 1, url: 'u' } },
    'degraded',
    undefined,
  ],
  ['this run', freshState, 'degraded', own],
  [
    'the run that said so first',
    claimed('2026-01-01T11:50:00Z'),
    'degraded',
    { run: 'other', at: '2026-01-01T11:50:00Z' },
  ],
  ['this run after one that died', claimed('2026-01-01T11:45:00Z'), 'degraded', own],
  ['this run where a wrong clock claimed', claimed('2026-01-01T12:15:01Z'), 'degraded', own],
])('who opens the issue: %s', (_, state, health, claim) => {
  expect(claimIssue(state, health, stamp)).toEqual(claim);
});
