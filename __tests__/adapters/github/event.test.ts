import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { scheduleOf } from '../../../src/adapters/github/event.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kube-vigil-event-'));

function payload(text: string): string {
  const file = path.join(folder, 'event.json');
  writeFileSync(file, text);
  return file;
}

test.each([
  ['a scheduled run', 'schedule', '{"schedule":"7,37 * * * *"}', '7,37 * * * *'],
  ['another event', 'workflow_dispatch', '{"schedule":"7,37 * * * *"}', undefined],
  ['no schedule in it', 'schedule', '{}', undefined],
  ['no text', 'schedule', '{"schedule":7}', undefined],
  ['no JSON', 'schedule', '<html>', undefined],
])('%s', async (_name, event, text, expected) => {
  const env = { GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: payload(text) };
  expect(await scheduleOf(env)).toBe(expected);
});

test('no payload', async () => {
  expect(await scheduleOf({ GITHUB_EVENT_NAME: 'schedule' })).toBeUndefined();
  const env = { GITHUB_EVENT_NAME: 'schedule', GITHUB_EVENT_PATH: path.join(folder, 'none') };
  expect(await scheduleOf(env)).toBeUndefined();
});
