import { expect, test } from '@jest/globals';
import { limits, scaled, shares } from '../../../src/core/model/limits.ts';

test('whatever hangs, the parts of a cycle end before the cycle must', () => {
  const { githubAll, githubCall, kubernetesAll, claudeAll, slackAll, hearAll } = limits;
  const { upload, heartbeat, cycle } = limits;
  // Whether the repository is public, and the catalog; then load, three saves and the issue; in the order of effects.
  const before = 2 * githubCall;
  const github = 5 * githubAll;
  // The heartbeat's start goes on beside the reading, the marking of comments beside the issue.
  expect(hearAll).toBeLessThan(githubAll);
  const stages = kubernetesAll + claudeAll + slackAll + hearAll;
  expect(before + github + stages + upload + heartbeat).toBeLessThan(cycle);
});

test.each([
  ['reading', limits.kubernetesAll, shares.reading],
  ['Claude', limits.claudeAll, shares.claude],
  ['Slack, heard and told', limits.slackAll + limits.hearAll, shares.slack],
])('%s keeps to its share of a cycle', (_part, all, share) => {
  expect(all).toBeLessThanOrEqual(limits.cycle * share);
});

test('a single call never takes longer than all of its kind', () => {
  expect(limits.kubernetesPage).toBeLessThanOrEqual(limits.kubernetesAll);
  expect(limits.kubernetesFirst).toBeLessThanOrEqual(limits.kubernetesAll);
  // Logs are read in what the lists leave of all, so they add nothing to the sum.
  expect(limits.kubernetesLogs).toBeLessThan(limits.kubernetesAll);
  expect(limits.kubernetesCustom).toBeLessThan(limits.kubernetesAll);
  expect(limits.slackCall).toBeLessThanOrEqual(limits.slackAll);
  // What people answer only makes us quieter: it is never worth a delivery's time.
  expect(limits.hearAll).toBeLessThan(limits.slackCall);
  expect(limits.githubCall).toBeLessThanOrEqual(limits.githubAll);
});

test('the table of the tests is the same table, smaller', () => {
  expect(scaled(limits, 50).kubernetesPage).toBe(600);
  expect(scaled(limits, 1)).toEqual(limits);
});
