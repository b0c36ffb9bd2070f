import { expect, test } from '@jest/globals';
import { claimIssue, healthAfter, isAiling } from '../../../src/core/lifecycle/health.ts';
import type { CycleStamp } from '../../../src/core/model/cycle.ts';
import { freshState, type MonitorState } from '../../../src/core/model/state.ts';

const stamp = { run: 'mine', now: Date.parse('2026-01-01T12:00:00Z') } as CycleStamp;
const own = { run: 'mine', at: '2026-01-01T12:00:00Z' };
const ill: MonitorState = { ...freshState, health: 'degraded' };
const mute: MonitorState = { ...freshState, undelivered: { cycles: 3, cycleId: 'c' } };
const claimed = (at: string): MonitorState => ({ ...ill, issueClaim: { run: 'other', at } });

test.each([
  [0, 'healthy'],
  [2, 'healthy'],
  [3, 'degraded'],
  [9, 'degraded'],
])('health after %i failed cycles in a row: %s', (failed, health) => {
  expect(healthAfter(failed)).toBe(health);
});

test.each<[string, MonitorState, ReturnType<typeof claimIssue>]>([
  ['nobody while health is fine', freshState, undefined],
  ['nobody while one is open', { ...ill, healthIssue: { number: 1, url: 'u' } }, undefined],
  ['this run', ill, own],
  ['this run where Slack takes nothing', mute, own],
  [
    'the run that said so first',
    claimed('2026-01-01T11:50:00Z'),
    { run: 'other', at: '2026-01-01T11:50:00Z' },
  ],
  ['this run after one that died', claimed('2026-01-01T11:45:00Z'), own],
  ['this run where a wrong clock claimed', claimed('2026-01-01T12:15:01Z'), own],
])('who opens the issue: %s', (_, state, claim) => {
  expect(claimIssue(state, stamp)).toEqual(claim);
});

test.each([
  [1, false],
  [2, false],
  [3, true],
  [4, true],
])('%i cycles in a row left something undelivered: the issue is open: %s', (cycles, ails) => {
  expect(isAiling({ ...freshState, undelivered: { cycles, cycleId: 'c' } })).toBe(ails);
});
