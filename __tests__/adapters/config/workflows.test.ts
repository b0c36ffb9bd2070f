import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { inputTable } from '../../../src/adapters/config/input-table.ts';

const folder = new URL('../../../.github/workflows/', import.meta.url);
const files = readdirSync(folder);
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const monitor = parse(textOf('monitor.yml'));

test('there are a monitor, a CI and a dist workflow', () => {
  expect(files).toEqual(expect.arrayContaining(['check-dist.yml', 'ci.yml', 'monitor.yml']));
});

test.each(files)('%s pins every action by commit, with its version beside it', (file) => {
  const uses = textOf(file).match(/(?<=^[ -]+)uses:.*/gm) ?? [];
  expect(uses.length).toBeGreaterThan(0);
  for (const line of uses)
    expect(line).toMatch(/^uses: (\.\/|[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
});

test.each(files)(
  '%s gives nothing by default, and each job a time limit and its own rights',
  (file) => {
    const workflow = parse(textOf(file));
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values<{ [key: string]: unknown }>(workflow.jobs)) {
      expect(job).toHaveProperty('permissions.contents');
      expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
    }
  },
);

test.each(files)('%s puts no expression into a shell', (file) => {
  for (const { steps } of Object.values<{ steps: { run?: string }[] }>(parse(textOf(file)).jobs))
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
});

test('the monitor runs twice an hour, off its top, and one at a time', () => {
  expect(monitor.on.schedule).toEqual([
    { cron: expect.stringMatching(/^([1-9]\d?),(\d\d) \* \* \* \*$/) },
  ]);
  expect(monitor.concurrency['cancel-in-progress']).toBe(false);
  expect(Object.keys(monitor.on.workflow_dispatch.inputs)).toEqual(['dry-run', 'test-alert']);
});

test('the monitor asks for contents and issues only, and gives inputs that exist', () => {
  for (const job of Object.values<{
    permissions: object;
    steps: { uses?: string; with?: object }[];
  }>(monitor.jobs)) {
    expect(job.permissions).toEqual({ contents: 'write', issues: 'write' });
    const inputs = job.steps.find((step) => step.uses === './')?.with ?? {};
    expect(Object.keys(inputs)).toContain('cluster-name');
    expect(Object.keys(inputTable)).toEqual(expect.arrayContaining(Object.keys(inputs)));
  }
});

test("the Slack app's manifest asks for what is used", () => {
  const file = new URL('../../../docs/slack-app.yml', import.meta.url);
  const manifest = parse(readFileSync(file, 'utf8'));
  expect(manifest.oauth_config.scopes).toEqual({
    bot: [
      'chat:write',
      'chat:write.public',
      'channels:history',
      'groups:history',
      'reactions:read',
    ],
  });
  expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
});
