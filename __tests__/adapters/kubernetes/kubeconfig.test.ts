import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  contextOf,
  type KubeconfigSource,
  knownSecrets,
  loadKubeconfig,
  readKubeconfig,
} from '../../../src/adapters/kubernetes/kubeconfig.ts';
import { Failure } from '../../../src/core/model/failure.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kubeconfig-'));

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const good = `apiVersion: v1
kind: Config
current-context: prod
clusters:
  - name: one
    cluster: {server: 'https://10.0.0.1:6443'}
contexts:
  - name: prod
    context: {cluster: one, user: me}
  - name: staging
    context: {cluster: one, user: me}
users:
  - name: me
    user: {token: s3cr3t-t0ken}
`;

function failureOf(act: () => unknown): Failure {
  try {
    act();
  } catch (error) {
    if (error instanceof Failure) return error;
  }
  throw new Error('there was no Failure');
}

const base64 = Buffer.from(good).toString('base64');

test.each<[string, string, KubeconfigSource]>([
  ['text', good, { text: good }],
  ['text as JSON', '{"clusters":[]}', { text: '{"clusters":[]}' }],
  ['base64', base64, { text: good }],
  ['base64 in lines', base64.replace(/(.{76})/g, '$1\n'), { text: good }],
  ['a path', write('good.yaml', good), { file: path.join(folder, 'good.yaml') }],
])('reads %s', (_name, input, expected) => {
  expect(readKubeconfig(input)).toEqual(expected);
});

test.each([
  ['nothing', '  \n', 'The kubeconfig is empty'],
  ['a path that is not there', '/no/such/config', 'The kubeconfig /no/such/config does not exist'],
  ['a token by mistake', 'ghs_abcdefghijklmnop', 'The kubeconfig (20 characters) is neither YAML'],
])('refuses %s', (_name, input, said) => {
  const failure = failureOf(() => readKubeconfig(input));
  expect(failure.code).toBe('CONFIG_INVALID');
  expect(failure.message).toContain(said);
  expect(failure.hint).toContain('kubectl config view');
});

// A broken text ▶ what is said of it: the place, never the text.
test.each([
  ['no YAML', good.replace('users:', 'users: ['), 'is not YAML: line'],
  [
    'an alias to nowhere',
    good.replace('s3cr3t-t0ken', '*s3cr3t-t0ken'),
    'a YAML alias that leads nowhere',
  ],
  ['no map', 'just a text\n', 'is no kubeconfig: Invalid input: expected object'],
  ['no clusters', good.replace('clusters:', 'custers:'), 'at clusters: Invalid input'],
  ['no server', good.replace('server', 'sever'), 'at clusters[0].cluster.server'],
  ['a server without scheme', good.replace('https://', ''), 'at clusters[0].cluster.server'],
  ['a token that is a list', good.replace('s3cr3t-t0ken', '[s3cr3t-t0ken]'), 'users[0].user.token'],
  ['an unknown user', good.replaceAll('user: me', 'user: you'), 'names user you, which it lacks'],
  ['an unknown cluster', good.replaceAll('cluster: one', 'cluster: two'), 'names cluster two'],
  ['no current context', good.replace('current-context: prod', ''), 'has no current-context'],
  ['open http', good.replace('https:', 'http:'), 'reaches 10.0.0.1:6443 over plain http'],
  ['a missing token file', good.replace('token: s3cr3t-t0ken', 'tokenFile: /no/file'), '/no/file'],
])('%s is one clear error without a secret', (_name, text, said) => {
  const failure = failureOf(() => contextOf({ text }));
  expect(failure.code).toBe('CONFIG_INVALID');
  expect(failure.message).toContain(said);
  expect(failure.hint).not.toBe('');
  expect(`${failure.message}${failure.hint}`).not.toContain('s3cr3t-t0ken');
});

test('whatever is broken in it, its token is not in the error', () => {
  fc.assert(
    fc.property(fc.nat(good.length), fc.string({ maxLength: 3 }), (at, text) => {
      const broken = good.slice(0, at) + text + good.slice(at);
      try {
        contextOf({ text: broken });
      } catch (error) {
        expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
        expect((error as Error).message).not.toMatch(/s3cr3t|t0ken/);
      }
    }),
  );
});

test.each([
  ['on loopback', 'http://127.0.0.1:8080'],
  ['on localhost', 'http://localhost:8080'],
  ['on IPv6 loopback', 'http://[::1]:8080'],
])('plain http %s is fine', (_name, server) => {
  expect(contextOf({ text: good.replace('https://10.0.0.1:6443', server) })).toBe('prod');
});

test('the context: current, asked for, or an error that lists what there is', () => {
  expect(contextOf({ text: good })).toBe('prod');
  expect(contextOf({ text: good }, 'staging')).toBe('staging');
  expect(contextOf('in-cluster')).toBe('in-cluster');
  const failure = failureOf(() => contextOf({ text: good }, 'nope'));
  expect(failure.message).toBe('The kubeconfig has no context nope');
  expect(failure.hint).toBe('It has: prod, staging');
});

test('several files, as in $KUBECONFIG: the first that names something wins, a missing one is skipped', () => {
  const more = good
    .replace('current-context: prod', 'current-context: other')
    .replace('name: staging', 'name: other')
    .replace('s3cr3t-t0ken', 'another-token');
  const files = [write('a.yaml', good), '/no/such/file', write('b.yaml', more)];
  const config = loadKubeconfig({ file: files.join(path.delimiter) });
  expect(config['current-context']).toBe('prod');
  expect(config.contexts.map(({ name }) => name)).toEqual(['prod', 'staging', 'other']);
  expect(config.users?.map(({ user }) => user?.token)).toEqual(['s3cr3t-t0ken']);
});

test('paths in a file are relative to it, and a token file is read', () => {
  write('token', 'from-a-file\n');
  const text = good.replace('token: s3cr3t-t0ken', 'tokenFile: token, client-key: keys/me.pem');
  const config = loadKubeconfig({ file: write('relative.yaml', text) });
  expect(config.users?.[0]?.user).toMatchObject({
    token: 'from-a-file',
    'client-key': path.join(folder, 'keys/me.pem'),
  });
});

test('knows every secret in it', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nMIIlineone\nMIIlinetwo\n-----END PRIVATE KEY-----\n';
  const config = {
    clusters: [
      { name: 'a', cluster: { server: 'https://a', 'proxy-url': 'http://me:proxypass@proxy' } },
    ],
    contexts: [],
    users: [
      { name: 'a', user: { token: 'the-token', username: 'admin', password: 'the-password' } },
      { name: 'b', user: { 'client-key-data': Buffer.from(key).toString('base64') } },
      {
        name: 'c',
        user: {
          exec: {
            command: 'aws',
            env: [
              { name: 'AWS_SECRET_ACCESS_KEY', value: 'aws-secret' },
              { name: 'AWS_PROFILE', value: 'production' },
            ],
          },
        },
      },
      {
        name: 'd',
        user: {
          'auth-provider': {
            name: 'oidc',
            config: { 'id-token': 'an-id-token', 'idp-issuer-url': 'https://issuer' },
          },
        },
      },
    ],
  };
  const secrets = knownSecrets({ text: JSON.stringify(config) });
  expect(secrets.sort()).toEqual(
    [
      'the-token',
      'the-password',
      'proxypass',
      'aws-secret',
      'an-id-token',
      'MIIlineone',
      'MIIlinetwo',
      Buffer.from(key).toString('base64'),
    ].sort(),
  );
  expect(knownSecrets('in-cluster')).toEqual([]);
});
