/** What crashed containers wrote last, from the API server to the alert. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { kubeconfigFor, type LogOf, startApiServer } from '../src/adapters/demo/api-server.ts';
import { dumpCluster } from '../src/adapters/kubernetes/dump.ts';
import { readKubeconfig } from '../src/adapters/kubernetes/kubeconfig.ts';
import { liveCluster } from '../src/adapters/kubernetes/live.ts';
import { defaultCatalog } from '../src/core/model/catalog.ts';
import { limits } from '../src/core/model/limits.ts';
import { snapshotFile } from '../src/core/objects/snapshot-file.ts';
import { observe } from '../src/core/observe.ts';
import { jobSummary } from '../src/core/render/markdown.ts';
import { reportText } from '../src/core/render/text.ts';
import { runCycle } from '../src/cycle.ts';
import type { Cluster } from '../src/ports.ts';
import { crashing, now, service } from './core/incidents/crashing.ts';
import { type Fault, faultyServer } from './support/faulty-server.ts';
import { silentLog } from './support/log.ts';
import { bench } from './support/world.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const namespaces = { include: [], exclude: [] };
const refused = 'Error: connect ECONNREFUSED db:5432 <!channel> @here';
const wrote: LogOf = () => `password=hunter2hunter2\n${refused}\n`;

async function live(
  Pod: readonly object[],
  logs: LogOf = wrote,
): Promise<{
  cluster: Cluster;
  asked: () => readonly string[];
  faults: (all: readonly Fault[]) => void;
}> {
  const server = await startApiServer({
    objects: { Pod, Service: [service('db', 'shop')] },
    logs,
    now: () => Date.parse(now),
  });
  const proxy = await faultyServer(server.url);
  closing.push(() => proxy.close(), server.close);
  const cluster = liveCluster(
    { kubeconfig: readKubeconfig(kubeconfigFor(proxy.url, 'demo')) },
    { namespaces, limits, log: silentLog, clock: { now: () => Date.parse(now) } },
  );
  return {
    cluster,
    asked: () => proxy.seen.map((each) => each.path).filter((each) => each.includes('/log?')),
    faults: (all) => {
      proxy.faults = all;
    },
  };
}

function filesIn(folder: string): string {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8')).join();
}

test('the last error line is in the report, the Slack message, the summary and the terminal; no secret is anywhere', async () => {
  const { cluster, asked } = await live([crashing({ name: 'api' })]);
  const { world, settings, messenger, folder } = bench({ now, world: { cluster } });
  const { report, view } = await runCycle(world, { ...settings, uploadSnapshot: 'always' });
  expect(asked()).toHaveLength(1);
  expect(report.incidents[0]).toMatchObject({ cause: 'likely' });
  expect(report.findings[0]?.evidence).toContainEqual({ source: 'log', at: 'app', text: refused });
  const slack = JSON.stringify(messenger.sent);
  const shown = [
    slack,
    jobSummary({ report, view, artifactUrl: null, undelivered: 0 }),
    reportText(report, view),
  ];
  for (const text of shown) expect(text).toContain('connect ECONNREFUSED db:5432');
  expect(slack).not.toMatch(/<!channel>|@here/);
  const all = [...shown, JSON.stringify(report), filesIn(folder)].join();
  expect(all).not.toContain('hunter2');
});

test('nothing is read where nothing crashes', async () => {
  const { cluster, asked } = await live([]);
  const { world, settings } = bench({ now, world: { cluster } });
  expect((await runCycle(world, settings)).report.status).toBe('healthy');
  expect(asked()).toEqual([]);
});

test('logs that may not be read are a gap that hides no incident and resolves none', async () => {
  const { cluster, faults } = await live([crashing({ name: 'api' })]);
  const first = bench({ now, world: { cluster } });
  const seen = (await runCycle(first.world, first.settings)).report;
  faults([{ path: '/log?', status: 403, body: { message: 'no' } }]);
  const later = '2026-01-01T12:10:00Z';
  const second = bench({ now: later, folder: first.folder, world: { cluster } });
  const { report } = await runCycle(second.world, second.settings);
  expect(report.gaps).toEqual([expect.objectContaining({ kind: 'Pod/log', reason: 'forbidden' })]);
  expect(report.incidents).toEqual([
    expect.objectContaining({ fingerprint: seen.incidents[0]?.fingerprint, state: 'open' }),
  ]);

  const other = await live([crashing({ name: 'web' })]);
  other.faults([{ path: '/log?', status: 403, body: { message: 'no' } }]);
  const third = bench({
    now: '2026-01-01T12:20:00Z',
    folder: first.folder,
    world: { cluster: other.cluster },
  });
  const gone = (await runCycle(third.world, third.settings)).report;
  expect(gone.gaps).toHaveLength(1);
  const api = gone.incidents.find(({ root }) => root.name === 'api');
  expect(api?.state).toBe('clearing');
});

test('the snapshot of a cycle, as a dump, gives the same findings and incidents', async () => {
  const { cluster } = await live(['api', 'web'].map((name) => crashing({ name })));
  const kept: string[] = [];
  const { world, settings } = bench({ now, world: { cluster } });
  const archive = {
    ...world.archive,
    snapshot: (text: string) => {
      kept.push(text);
      return Promise.resolve();
    },
  };
  const options = { ...settings, uploadSnapshot: 'always' as const };
  const { report } = await runCycle({ ...world, archive }, options);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'kube-vigil-')), 'snapshot.json');
  writeFileSync(file, kept[0] ?? '');
  const dump = dumpCluster([file], { now: null, log: silentLog, namespaces });
  const snapshot = await dump.look();
  expect(snapshotFile(snapshot)).toBe(kept[0]);
  const again = observe(snapshot, defaultCatalog, Date.parse(now));
  expect(again.incidents.map(({ fingerprint }) => fingerprint)).toEqual(
    report.incidents.map(({ fingerprint }) => fingerprint),
  );
  expect(again.findings.map(({ message }) => message)).toEqual(
    report.findings.map(({ message }) => message),
  );
});
