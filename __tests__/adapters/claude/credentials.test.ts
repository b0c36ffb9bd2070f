import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import {
  claudeBaseUrl,
  claudeKey,
  sdkEnvironment,
} from '../../../src/adapters/claude/credentials.ts';

test.each([
  [undefined, null],
  [null, null],
  ['', null],
  ['  \n', null],
  ['sk-ant-1', 'sk-ant-1'],
  [' sk-ant-1\n', 'sk-ant-1'],
])('key %j is %j', (raw, key) => {
  expect(claudeKey(raw)).toBe(key);
});

test.each(['sk-ant\n-secret', 'sk ant-secret', 'sk-ant-secret\u200bx', 'sk-ant-sécret'])(
  'key %j is refused without being repeated',
  (raw) => {
    expect(() => claudeKey(raw)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: expect.not.stringMatching(/secret|sk.ant|sécret/),
        hint: expect.stringContaining('ANTHROPIC_API_KEY'),
      }),
    );
  },
);

test.each([
  [null, null],
  [' ', null],
  ['https://gateway.example.com', 'https://gateway.example.com'],
  ['https://gateway.example.com/anthropic/', 'https://gateway.example.com/anthropic'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://localhost:8080/x', 'http://localhost:8080/x'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
])('base URL %j is %j', (raw, url) => {
  expect(claudeBaseUrl(raw)).toBe(url);
});

test.each([
  ['gateway.example.com', 'is no URL'],
  ['http://gateway.example.com', 'https://'],
  ['http://127.0.0.1.example.com', 'https://'],
  ['ftp://gateway.example.com', 'https://'],
  ['https://user:hunter2@gateway.example.com', 'no user name or password'],
  ['https://gateway.example.com?key=hunter2', 'no query'],
  ['https://gateway.example.com?', 'no query'],
  ['https://gateway.example.com#hunter2', 'no fragment'],
])('base URL %j is refused: %s', (raw, why) => {
  expect(() => claudeBaseUrl(raw)).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(new RegExp(`^ANTHROPIC_BASE_URL: (?!.*hunter2).*${why}`)),
      hint: expect.stringContaining('https://'),
    }),
  );
});

test('the list holds every ANTHROPIC_ variable that the code of the client and its credentials reads', () => {
  const sdk = fileURLToPath(new URL('../../../node_modules/@anthropic-ai/sdk/', import.meta.url));
  const folders = ['.', 'core', 'internal', 'internal/utils', 'lib/credentials', 'resources'];
  const code = folders
    .flatMap((folder) => readdirSync(`${sdk}${folder}`).map((file) => `${sdk}${folder}/${file}`))
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const read = [...code.matchAll(/readEnv\)?\(['"](ANTHROPIC_\w+)['"]/g)].map((match) => match[1]);
  expect(read.length).toBeGreaterThan(10);
  expect(read.filter((name) => !sdkEnvironment.some((known) => known === name))).toEqual([]);
});
