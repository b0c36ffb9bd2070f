import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { Receipt } from '../../core/model/notification.ts';
import type { Archive, JournalEntry } from '../../ports.ts';
import { makeFolder } from './folder.ts';

/** What the post step finds of a main step that was cut off. */
export interface Journal {
  readonly step: JournalEntry['step'];
  readonly cycleId: string;
  /** What Slack said and the state does not know yet. */
  readonly receipts: readonly Receipt[];
  /** All that Slack said in this cycle, for its report. */
  readonly said: readonly Receipt[];
  /** What was written to be uploaded, in this order. */
  readonly files: readonly string[];
}

/**
 * A folder with `logs/cycle_<id>.json` and `logs/incidents/backup_<id>_<severity>.json`. A cycle's file that gets
 * another name (its id moved on, its severity changed) leaves none under the old one. The snapshot is kept only where
 * there is an `upload`. The journal is read by its owner only (0600).
 */
export function folderArchive(options: {
  readonly folder: string;
  readonly upload?: (files: readonly string[], cycleId: string) => Promise<string | null>;
  readonly journalFile: string | null;
  /** What an earlier step of the same cycle wrote (the post step: from the journal). */
  readonly files?: readonly string[];
}): Archive {
  const { folder, upload, journalFile } = options;
  const files = new Set<string>(options.files);
  let draft: { readonly startedAt: string; readonly path: string } | null = null;
  const backups = new Map<string, string>();
  let receipts: readonly Receipt[] = [];
  let said: readonly Receipt[] = [];

  async function write(path: string, text: string): Promise<string> {
    await replace(path, text, 0o644);
    files.add(path);
    return path;
  }

  async function remove(path: string | undefined): Promise<void> {
    if (path === undefined) return;
    await rm(path, { force: true });
    files.delete(path);
  }

  return {
    async report(report) {
      const path = join(folder, 'logs', `cycle_${report.cycle_id}.json`);
      const isSameCycle = draft?.startedAt === report.started_at;
      if (draft !== null && isSameCycle && draft.path !== path) await remove(draft.path);
      draft = { startedAt: report.started_at, path };
      return write(path, format(report));
    },
    async backup(cycleId, backup) {
      const name = `backup_${cycleId}_${backup?.severity ?? ''}.json`;
      const path = backup === null ? null : join(folder, 'logs', 'incidents', name);
      const old = backups.get(cycleId);
      if (old !== path) await remove(old);
      if (path === null) backups.delete(cycleId);
      else backups.set(cycleId, await write(path, format(backup)));
      return path;
    },
    async snapshot(text) {
      if (upload !== undefined) await write(join(folder, 'snapshot.json'), text);
    },
    async upload(cycleId) {
      return upload === undefined || files.size === 0 ? null : upload([...files], cycleId);
    },
    async journal(entry) {
      // Another cycle of the same process may begin within the same second: the one before is whole.
      if (entry.step === 'started') {
        draft = null;
        said = [];
      }
      receipts = entry.receipts ?? receipts;
      if (receipts.length > 0) said = receipts;
      if (journalFile === null) return;
      await replace(journalFile, format({ ...entry, receipts, said, files: [...files] }), 0o600);
    },
  };
}

const receipt = z.object({
  id: z.string(),
  accepted: z.boolean(),
  channel: z.string().nullable(),
  ts: z.string().nullable(),
  error: z.string().nullable(),
  maybeDelivered: z.boolean(),
  retryAfterSeconds: z.number().nullable(),
  found: z.literal(true).optional(),
  unfit: z.literal(true).optional(),
  adopted: z.literal(true).optional(),
  fixed: z.literal(true).optional(),
});
const journal = z.object({
  step: z.enum(['started', 'drafted', 'decided', 'sent', 'confirmed', 'reported', 'done']),
  cycleId: z.string(),
  receipts: z.array(receipt),
  said: z.array(receipt).default([]),
  files: z.array(z.string()),
}) satisfies z.ZodType<Journal>;

/** What the main step noted; null: it never came so far, or what is there is no journal. */
export async function readJournal(file: string): Promise<Journal | null> {
  try {
    return journal.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** A reader sees the old text or the new one, never half of it. */
async function replace(path: string, text: string, mode: number): Promise<void> {
  await makeFolder(dirname(path), 'CONFIG_INVALID');
  await writeFile(`${path}.tmp`, text, { mode });
  await rename(`${path}.tmp`, path);
}

function format(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
