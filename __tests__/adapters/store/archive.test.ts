import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { folderArchive, readJournal } from '../../../src/adapters/store/archive.ts';
import type { Backup, CycleReport } from '../../../src/core/model/report.ts';

const folder = () => mkdtemp(join(tmpdir(), 'kube-vigil-archive-'));
const id = '20260101_120000';

function reportOf(cycleId: string, startedAt = '2026-01-01T12:00:00Z'): CycleReport {
  return {
    schema: 1,
    cycle_id: cycleId,
    cycle_number: 1,
    cluster: 'test',
    started_at: startedAt,
    status: 'healthy',
    phase: null,
    error: null,
    traceback: null,
    cycle_duration_seconds: 1,
    schedule_lag_seconds: null,
    blind: null,
    trend: { incidents: [], direction: null },
    failed_cycles: 0,
    health: 'healthy',
    findings: [],
    incidents: [],
    gaps: [],
    escalation_decision: null,
    notification_result: null,
    notifications_sent: 0,
    state_saved: true,
    warnings: [],
  };
}

function backupOf(severity: Backup['severity']): Backup {
  return { cycle_id: id, cluster: 'test', severity, escalation_decision: null, notifications: [] };
}

/** Every file below a folder, by its path in it. */
async function filesIn(at: string): Promise<string[]> {
  const entries = await readdir(at, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(at.length + 1))
    .toSorted();
}

test('a report has its name of the contract and is overwritten in the same cycle', async () => {
  const at = await folder();
  const archive = folderArchive({ folder: at, journalFile: null });
  const path = await archive.report({ ...reportOf(id), status: 'error' });
  expect(path).toBe(join(at, 'logs', `cycle_${id}.json`));
  await archive.report(reportOf(id));
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(reportOf(id));
  expect(await filesIn(at)).toEqual([`logs/cycle_${id}.json`]);
});

test('a cycle whose id moved on leaves no draft behind, and another cycle keeps its report', async () => {
  const at = await folder();
  const archive = folderArchive({ folder: at, journalFile: null });
  await archive.report(reportOf(id));
  await archive.report(reportOf('20260101_120001'));
  await archive.report(reportOf('20260101_140000', '2026-01-01T14:00:00Z'));
  expect(await filesIn(at)).toEqual([
    'logs/cycle_20260101_120001.json',
    'logs/cycle_20260101_140000.json',
  ]);
});

test('a backup has its name of the contract, changes it with the severity, and goes', async () => {
  const at = await folder();
  const archive = folderArchive({ folder: at, journalFile: null });
  expect(await archive.backup(id, backupOf('SEV-2'))).toBe(
    join(at, 'logs', 'incidents', `backup_${id}_SEV-2.json`),
  );
  await archive.backup(id, backupOf('SEV-1'));
  expect(await filesIn(at)).toEqual([`logs/incidents/backup_${id}_SEV-1.json`]);
  expect(await archive.backup(id, null)).toBeNull();
  expect(await filesIn(at)).toEqual([]);
  expect(await archive.backup(id, null)).toBeNull();
});

test('the upload gets exactly what is there, and what an earlier step wrote', async () => {
  const at = await folder();
  const uploads: unknown[] = [];
  const upload = async (files: readonly string[], cycleId: string) => {
    uploads.push([...files], cycleId);
    return 'https://example.test/artifacts/1';
  };
  const archive = folderArchive({ folder: at, upload, journalFile: null, files: ['earlier.json'] });
  const report = await archive.report(reportOf(id));
  await archive.backup(id, backupOf('SEV-2'));
  await archive.backup(id, null);
  await archive.snapshot('{"kind":"List"}');
  expect(await archive.upload(id)).toBe('https://example.test/artifacts/1');
  expect(uploads).toEqual([['earlier.json', report, join(at, 'snapshot.json')], id]);
  expect(await readFile(join(at, 'snapshot.json'), 'utf8')).toBe('{"kind":"List"}');
});

test('without an upload there is no snapshot, no URL, and nothing to upload is no upload', async () => {
  const at = await folder();
  const archive = folderArchive({ folder: at, journalFile: null });
  await archive.snapshot('{}');
  expect(await archive.upload(id)).toBeNull();
  expect(await filesIn(at)).toEqual([]);
  const upload = () => Promise.reject(new Error('Nothing was written'));
  expect(await folderArchive({ folder: at, upload, journalFile: null }).upload(id)).toBeNull();
});

test('the journal is for its owner only, and remembers receipts and files through later steps', async () => {
  const at = await folder();
  const journalFile = join(at, 'run', 'journal.json');
  const archive = folderArchive({ folder: at, journalFile });
  expect(await readJournal(journalFile)).toBeNull();
  const report = await archive.report(reportOf(id));
  await archive.journal({ step: 'started', cycleId: id });
  const receipt = {
    id: `${id}-1`,
    accepted: true,
    channel: 'C1',
    ts: '1.2',
    error: null,
    maybeDelivered: false,
    retryAfterSeconds: null,
    ...({ found: true, unfit: true, adopted: true, fixed: true } as const),
  };
  await archive.journal({ step: 'sent', cycleId: id, receipts: [receipt] });
  await archive.journal({ step: 'sent', cycleId: id });
  const left = { cycleId: id, receipts: [receipt], said: [receipt], files: [report] };
  expect(await readJournal(journalFile)).toEqual({ ...left, step: 'sent' });
  // The state knows by now what Slack said; the report of a run that is cut off does not.
  await archive.journal({ step: 'confirmed', cycleId: id, receipts: [] });
  expect(await readJournal(journalFile)).toEqual({ ...left, step: 'confirmed', receipts: [] });
  expect((await stat(journalFile)).mode & 0o777).toBe(0o600);
});

test('a folder that cannot be made is a clear error', async () => {
  const at = join(await folder(), 'file');
  await writeFile(at, '');
  const archive = folderArchive({ folder: at, journalFile: null });
  await expect(archive.report(reportOf(id))).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: `Could not make the folder ${join(at, 'logs')} (ENOTDIR)`,
    hint: 'A part of its path is a file, not a folder',
  });
});

test.each(['', '{', '[]', '{"step":"else"}'])('%j is no journal', async (text) => {
  const file = join(await folder(), 'journal.json');
  await writeFile(file, text);
  expect(await readJournal(file)).toBeNull();
});

test('two cycles of one process that begin in the same second keep a report each', async () => {
  const at = await folder();
  const archive = folderArchive({ folder: at, journalFile: null });
  for (const cycleId of ['20260101_120000', '20260101_120001']) {
    await archive.journal({ step: 'started', cycleId });
    await archive.report(reportOf(cycleId));
  }
  expect(await readdir(join(at, 'logs'))).toHaveLength(2);
});
