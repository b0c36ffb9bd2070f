import { mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { dumpCluster } from '../../../src/adapters/kubernetes/dump.ts';
import type { LogRef } from '../../../src/core/model/snapshot.ts';
import { snapshotFile } from '../../../src/core/objects/snapshot-file.ts';
import { silentLog } from '../../support/log.ts';

const ref: LogRef = { namespace: 'shop', pod: 'api-1', container: 'app', previous: true };
const layout = 'cluster-resources/pods/logs/shop/api-1';

/** A dump with one pod, and files by their path. */
function dump(files: { readonly [file: string]: string }): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'kube-vigil-dump-'));
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api-1', namespace: 'shop' } };
  for (const [file, text] of Object.entries({ 'pods.json': JSON.stringify(pod), ...files })) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

const clusterOf = (...paths: readonly string[]) =>
  dumpCluster(paths, { now: null, log: silentLog, namespaces: { include: [], exclude: [] } });

async function read(folder: string, wanted: readonly LogRef[] = [ref]) {
  const { logs, gaps } = await clusterOf(folder).readLogs(wanted);
  expect(gaps).toEqual([]);
  return logs;
}

test.each([
  { what: 'in the bundle', prefix: '', at: '' },
  { what: 'deep below', prefix: 'bundle-2026/inner/', at: '' },
  { what: 'the folder of resources itself', prefix: '', at: 'cluster-resources' },
])('the log of the run before: $what', async ({ prefix, at }) => {
  const folder = dump({
    [`${prefix}${layout}/app-previous.log`]: 'starts\ndied\n',
    [`${prefix}${layout}/app.log`]: 'alive\n',
  });
  expect(await read(path.join(folder, at))).toEqual([{ ...ref, lines: ['starts', 'died'] }]);
  const now = { ...ref, previous: false };
  expect(await read(path.join(folder, at), [now])).toEqual([{ ...now, lines: ['alive'] }]);
});

test('where it is not there or empty, the log of this run', async () => {
  const lines = ['alive'];
  const only = dump({ [`${layout}/app.log`]: 'alive\n' });
  expect(await read(only)).toEqual([{ ...ref, previous: false, lines }]);
  const empty = dump({ [`${layout}/app.log`]: 'alive\n', [`${layout}/app-previous.log`]: '' });
  expect(await read(empty)).toEqual([{ ...ref, previous: false, lines }]);
});

test('a dump without logs, or with a file for a folder, gives none', async () => {
  expect(await read(dump({}))).toEqual([]);
  expect(await read(path.join(dump({}), 'pods.json'))).toEqual([]);
});

test('only the end of a large file is read, and no half line', async () => {
  const folder = dump({ [`${layout}/app-previous.log`]: '' });
  const file = path.join(folder, layout, 'app-previous.log');
  // 3 GB: more than a string or a buffer can hold.
  truncateSync(file, 3_000_000_000);
  writeFileSync(file, `half of a secret ${'z'.repeat(33_000)}\nwhole\ndied\n`, { flag: 'a' });
  expect(await read(folder)).toEqual([{ ...ref, lines: ['whole', 'died'] }]);
});

test('logs are no objects, whatever they are called', async () => {
  const folder = dump({
    [`${layout}/app.log`]: 'alive\n',
    [`${layout}/events.json`]: '{ not json at all',
    [`${layout}/app.yaml`]: 'kind: Pod\nmetadata: {name: ghost, namespace: shop}\n',
  });
  const { items } = await clusterOf(folder).look();
  expect(items).toHaveLength(1);
});

test('no name and no link leads out of the dump', async () => {
  const outside = path.join(dump({ 'secret.log': 'mine\n' }), 'secret.log');
  const folder = dump({ [`${layout}/other.log`]: 'x\n' });
  symlinkSync(outside, path.join(folder, layout, 'app.log'));
  symlinkSync(path.join(folder, layout, 'other.log'), path.join(folder, layout, 'side.log'));
  expect(await read(folder)).toEqual([]);
  expect(await read(folder, [{ ...ref, container: 'side' }])).toHaveLength(1);
  expect(await read(folder, [{ ...ref, container: '../api-1/other' }])).toEqual([]);
});

test('what a bundle says is redacted', async () => {
  const folder = dump({ [`${layout}/app.log`]: 'postgres://app:hunter2hunter2@db:5432 refused\n' });
  expect(JSON.stringify(await read(folder))).not.toContain('hunter2');
});

test('a snapshot keeps its logs, and redacts what somebody wrote into it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kube-vigil-dump-'));
  const takenAt = '2026-01-01T12:00:00Z';
  const logs = [{ ...ref, lines: ['starts', 'died', 'password=hunter2hunter2'] }];
  const whole = { takenAt, source: 'live', clusterUid: null, items: [], gaps: [], logs } as const;
  const file = path.join(folder, 'snapshot.json');
  writeFileSync(file, snapshotFile(whole));
  const seen = await clusterOf(file).look();
  expect(seen.logs).toEqual([
    { ...ref, lines: ['starts', 'died', expect.stringContaining('[redacted')] },
  ]);
  expect(JSON.stringify(seen)).not.toContain('hunter2');

  const { logs: _, ...without } = whole;
  writeFileSync(file, snapshotFile(without));
  expect((await clusterOf(file).look()).logs).toBeUndefined();
});
