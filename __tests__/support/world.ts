import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { folderArchive } from '../../src/adapters/store/archive.ts';
import { fileShelf } from '../../src/adapters/store/file-shelf.ts';
import { memoryOn } from '../../src/adapters/store/memory.ts';
import { type Catalog, defaultCatalog } from '../../src/core/model/catalog.ts';
import type { Notification, Receipt } from '../../src/core/model/notification.ts';
import type { CycleSettings, Messenger, World } from '../../src/ports.ts';
import { silentLog } from './log.ts';
import { type RawObjects, snapshotOf } from './objects.ts';

/** Takes everything, or refuses everything with one sentence, and remembers what it was given. */
export function recordingMessenger(refuse: string | null = null): Messenger & {
  readonly sent: (Notification & { readonly root: { channel: string; ts: string } | null })[];
} {
  const sent: (Notification & { root: { channel: string; ts: string } | null })[] = [];
  return {
    sent,
    deliver: (notification, root): Promise<Receipt> => {
      sent.push({ ...notification, root });
      const accepted = refuse === null;
      return Promise.resolve({
        id: notification.id,
        accepted,
        channel: accepted ? 'C0123' : null,
        ts: accepted ? `1700000000.${String(sent.length).padStart(6, '0')}` : null,
        error: refuse,
        maybeDelivered: false,
        retryAfterSeconds: null,
      });
    },
  };
}

export interface Bench {
  readonly folder: string;
  readonly world: World;
  readonly settings: CycleSettings;
  readonly messenger: ReturnType<typeof recordingMessenger>;
}

/** A world on a folder of its own: the real store and archive, a cluster made of raw objects (or an error), and a Slack that records. The clock is `now`. */
export function bench(
  options: {
    readonly objects?: RawObjects | Error;
    readonly now?: string;
    readonly folder?: string;
    readonly catalog?: Catalog;
    readonly slack?: string | null;
    readonly world?: Partial<World>;
  } = {},
): Bench {
  const {
    objects = {},
    now = '2026-01-01T12:00:00Z',
    catalog = defaultCatalog,
    slack = null,
  } = options;
  const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), 'kube-vigil-'));
  const messenger = recordingMessenger(slack);
  const run = `run-${now}`;
  const clock = { now: () => Date.parse(now) };
  const world: World = {
    cluster: {
      look: () =>
        objects instanceof Error
          ? Promise.reject(objects)
          : Promise.resolve(snapshotOf(objects, now)),
      readLogs: () => Promise.resolve({ logs: [], gaps: [] }),
    },
    assessor: null,
    messenger,
    listener: null,
    tracker: null,
    archive: folderArchive({ folder, journalFile: null }),
    memory: memoryOn(() => fileShelf(path.join(folder, 'state.json')), { run, log: silentLog }),
    clock,
    log: silentLog,
    ...options.world,
  };
  const settings: CycleSettings = {
    cluster: 'test',
    catalog,
    channel: 'C0123',
    run,
    runUrl: null,
    now: null,
    uploadSnapshot: 'never',
  };
  return { folder, world, settings, messenger };
}
