/**
 * How large the state branch gets: `node scripts/branch-growth.ts`, figures as JSON; `--days 365` is how long. A whole
 * year is written into docs/reliability.md.
 *
 * A cycle every 15 minutes, each one commit, as the branch store writes them: 5 incidents stay open, and one comes or
 * goes every other hour (that cycle saves twice). Commits are signed, as GitHub signs those of a job's token. Real git
 * stores them; the size is that of the pack after `git repack -a -d -f` with git's defaults, which is what a clone
 * gets, and what GitHub keeps once it has tidied up. `megabytes` is the largest that the branch gets: just before it
 * is compacted, with one compaction in between that failed. `withoutCompaction` is the whole time in one history.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { deflateSync } from 'node:zlib';
import { monitorState } from '../src/adapters/store/document-kind.ts';
import { openEnvelope, sealEnvelope } from '../src/adapters/store/envelope.ts';
import { revisionsKept } from '../src/adapters/store/memory.ts';
import { freshState, type IncidentRecord, type MonitorState } from '../src/core/model/state.ts';
import { writeSection } from './faults/pages.ts';

const cyclesADay = 96;
const firstCycle = Date.UTC(2026, 0, 1);

/** The same figures on every run. */
function noise(seed: string, length: number): string {
  let text = '';
  for (let part = 0; text.length < length; part++)
    text += createHash('sha512').update(`${seed}.${part}`).digest('hex');
  return text.slice(0, length);
}

/** When a cycle begins, Unix seconds: GitHub starts it up to ten minutes late. */
function secondsOf(cycle: number): number {
  const late = Number.parseInt(noise(`late ${cycle}`, 6), 16) % 600;
  return firstCycle / 1000 + cycle * 15 * 60 + late;
}

function timeOf(cycle: number): string {
  return `${new Date(secondsOf(cycle) * 1000).toISOString().slice(0, 19)}Z`;
}

function incidentOf(name: string, openedAt: number): IncidentRecord {
  return {
    root: { kind: 'Deployment', namespace: 'shop', name, reason: 'CrashLoopBackOff' },
    phase: 'open',
    severity: 'SEV-2',
    services: ['shop'],
    summary: `Deployment shop/${name} has none of 3 pods ready: CrashLoopBackOff, exit code 1`,
    since: timeOf(openedAt),
    openedAt: timeOf(openedAt),
    checks: ['crash-loop', 'deployment-unavailable'],
    told: {
      alert: noise(`alert ${name}`, 16),
      severity: 'SEV-2',
      digest: noise(`digest ${name} ${openedAt}`, 16),
    },
  };
}

function last(most: number, cycle: number): number[] {
  return Array.from({ length: Math.min(most, cycle + 1) }, (_, ago) => cycle - ago).toReversed();
}

/** What stands in the memory after this cycle. */
function stateAfter(cycle: number): MonitorState {
  const steady = ['api', 'cart', 'search', 'mail'].map((name) => [name, 0] as const);
  const changed = cycle - (cycle % 8);
  const comesAndGoes = changed % 16 === 0 ? [] : [[`job-${changed}`, changed] as const];
  const open = [...steady, ...comesAndGoes, ['web', 0] as const];
  const time = new Date(timeOf(cycle)).toISOString();
  return {
    ...freshState,
    cycleCount: cycle + 1,
    lastSuccessfulCycle: timeOf(cycle),
    lastCycleStatus: 'completed',
    lastCycleId: time.slice(0, 19).replaceAll('-', '').replaceAll(':', '').replace('T', '_'),
    clusterUid: '0f0b9c7e-0f6e-4c55-9b0a-6b4f0f5f6c11',
    snapshotAt: timeOf(cycle),
    lookedAt: timeOf(cycle),
    heardAt: timeOf(cycle),
    cycleTimes: last(8, cycle).map(timeOf),
    trend: last(24, cycle).map((each) => (each % 16 < 8 ? 5 : 6)),
    incidents: Object.fromEntries(
      open.map(([name, at]) => [noise(name, 16), incidentOf(name, at)]),
    ),
    alerts: Object.fromEntries(
      open.map(([name, at]) => [
        noise(`alert ${name}`, 16),
        { channel: 'C0123456789', ts: `17${noise(name, 8)}.000100`, sentAt: timeOf(at) },
      ]),
    ),
  };
}

/** What GitHub adds to a commit that names no author: an OpenPGP signature of 543 bytes. */
function signature(seed: string): string {
  const lines =
    Buffer.from(noise(seed, 1086), 'hex')
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  const armour = ['-----BEGIN PGP SIGNATURE-----', '', ...lines, '-----END PGP SIGNATURE-----'];
  return `gpgsig ${armour.join('\n ')}\n`;
}

interface Entry {
  readonly type: 'commit' | 'tree' | 'blob';
  readonly body: Buffer;
}

function idOf({ type, body }: Entry): string {
  return createHash('sha1').update(`${type} ${body.length}\0`).update(body).digest('hex');
}

function treeOf(mode: string, name: string, id: string): Entry {
  return {
    type: 'tree',
    body: Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]),
  };
}

/** The objects of one commit after `parent`, the commit last. */
function commitOf(text: string, parent: string | null, cycle: number, revision: number): Entry[] {
  const blob: Entry = { type: 'blob', body: Buffer.from(text) };
  const inner = treeOf('100644', 'prod.json', idOf(blob));
  const root = treeOf('40000', 'state', idOf(inner));
  const who = `github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com> ${secondsOf(cycle)} +0000`;
  const lines = [
    `tree ${idOf(root)}\n`,
    parent === null ? '' : `parent ${parent}\n`,
    `author ${who}\n`,
    `committer ${who}\n`,
    signature(text),
    `\nstate: revision ${revision} by run ${12_345_678_901 + cycle * 977}.1 [skip ci]`,
  ];
  return [blob, inner, root, { type: 'commit', body: Buffer.from(lines.join('')) }];
}

const types = { commit: 1, tree: 2, blob: 3 };

/** One object of a pack, whole: no delta. */
function packed({ type, body }: Entry): Buffer {
  const head = [(types[type] << 4) | (body.length & 15)];
  for (let rest = body.length >> 4; rest > 0; rest >>= 7) {
    head[head.length - 1] = (head.at(-1) ?? 0) | 128;
    head.push(rest & 127);
  }
  return Buffer.concat([Buffer.from(head), deflateSync(body)]);
}

/** A store's objects and the newest commit, after that many days or commits. */
function history(days: number, most: number): { objects: Buffer[]; commits: number; head: string } {
  const objects: Buffer[] = [];
  let head: string | null = null;
  let text: string | null = null;
  let revision = 0;
  const save = (cycle: number, state: MonitorState): void => {
    const opened = text === null ? null : openEnvelope(text, monitorState);
    const previous = opened?.kind === 'ok' ? opened.envelope : null;
    revision += 1;
    const by = { run: `${12_345_678_901 + cycle * 977}.1`, nonce: noise(`nonce ${revision}`, 16) };
    text = sealEnvelope(monitorState, state, by, previous);
    const entries = commitOf(text, head, cycle, revision);
    objects.push(...entries.map(packed));
    head = idOf(entries.at(-1) as Entry);
  };
  for (let cycle = 0; cycle < days * cyclesADay && revision < most; cycle++) {
    const state = stateAfter(cycle);
    const claim = { issueClaim: { run: `${cycle}`, at: timeOf(cycle) } };
    if (cycle % 8 === 0) save(cycle, { ...state, ...claim });
    save(cycle, state);
  }
  return { objects, commits: revision, head: head ?? '' };
}

function sizeOfPack(folder: string): number {
  const at = path.join(folder, 'objects', 'pack');
  const packs = readdirSync(at).filter((name) => name.endsWith('.pack'));
  return packs.reduce((sum, name) => sum + statSync(path.join(at, name)).size, 0);
}

function measure(days: number, most: number): { commits: number; bytes: number } {
  const folder = mkdtempSync(path.join(tmpdir(), 'kube-vigil-growth-'));
  const git = (...args: string[]): void => {
    execFileSync('git', ['-C', folder, ...args], { stdio: ['ignore', 'ignore', 'ignore'] });
  };
  try {
    git('init', '--bare', '.');
    const { objects, commits, head } = history(days, most);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(objects.length);
    const pack = Buffer.concat([Buffer.from('PACK\0\0\0\u0002'), count, ...objects]);
    execFileSync('git', ['-C', folder, 'index-pack', '--stdin'], {
      input: Buffer.concat([pack, createHash('sha1').update(pack).digest()]),
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    git('update-ref', 'refs/heads/kube-vigil-state', head);
    git('repack', '-a', '-d', '-f');
    return { commits, bytes: sizeOfPack(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { days: { type: 'string', default: '365' } } });
const days = Number(values.days);
const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
const whole = measure(days, Number.POSITIVE_INFINITY);
const kept = measure(days, 2 * revisionsKept);
const figures = {
  days,
  commits: whole.commits,
  bytesPerCommit: Math.round(whole.bytes / whole.commits),
  megabytes: megabytes(kept.bytes),
  withoutCompaction: megabytes(whole.bytes),
};
if (days === 365)
  writeSection(
    'growth',
    `## The state branch

\`node scripts/branch-growth.ts\` stores ${figures.commits.toLocaleString('en')} commits with real git: a year of a cycle every quarter of an hour, five incidents open, each commit signed as GitHub signs it, packed as a clone gets it.

- The branch is at most ${figures.megabytes} MB: it is cut back to one commit every ${revisionsKept.toLocaleString('en')} revisions, and one cut in between failed.
- In one history the year would take ${figures.withoutCompaction} MB, ${figures.bytesPerCommit.toLocaleString('en')} bytes a commit.`,
  );
process.stdout.write(`${JSON.stringify(figures)}\n`);
