import { parseCatalog } from '../adapters/config/catalog.ts';
import { startApiServer } from '../adapters/demo/api-server.ts';
import { firstLook, secondLook, shopCatalog, shopObjects } from '../adapters/demo/shop.ts';
import { liveCluster } from '../adapters/kubernetes/live.ts';
import { folderArchive } from '../adapters/store/archive.ts';
import { noMemory } from '../adapters/store/no-memory.ts';
import { limits } from '../core/model/limits.ts';
import { accepted } from '../core/model/receipt.ts';
import type { CycleSettings, Log, Messenger, World } from '../ports.ts';
import { clock, knownChecks } from './parts.ts';

/** The demo's two looks at its own cluster, through a real API server on loopback; `turn` moves the server's clock. Sends nothing. */
export async function demoWorld(
  outputDir: string,
  log: Log,
): Promise<{
  readonly world: World;
  readonly settings: CycleSettings;
  readonly looks: readonly number[];
  turn(at: number): void;
  close(): Promise<void>;
}> {
  let at = firstLook;
  const server = await startApiServer({ objects: shopObjects, now: () => at });
  const source = { kubeconfig: { text: server.kubeconfig } };
  const namespaces = { include: [], exclude: [] };
  const world: World = {
    cluster: liveCluster(source, { namespaces, limits, log, clock }),
    assessor: null,
    messenger: pretendedSlack(),
    listener: null,
    tracker: null,
    archive: folderArchive({ folder: outputDir, journalFile: null }),
    memory: noMemory(),
    clock,
    log,
  };
  const settings: CycleSettings = {
    cluster: 'demo',
    catalog: parseCatalog(shopCatalog, 'the demo catalog', knownChecks),
    channel: '#demo',
    run: 'demo',
    runUrl: null,
    now: null,
    uploadSnapshot: 'never',
  };
  return {
    world,
    settings,
    looks: [firstLook, secondLook],
    turn: (moment) => {
      at = moment;
    },
    close: () => server.close(),
  };
}

/** Takes everything and sends nothing, so that the second cycle knows what the first one told. */
function pretendedSlack(): Messenger {
  let number = 0;
  return {
    deliver: ({ id, channel }) => {
      number += 1;
      const ts = `${number}.000000`;
      return Promise.resolve({ id, ...accepted(channel, ts) });
    },
  };
}
