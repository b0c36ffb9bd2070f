import { open, rm } from 'node:fs/promises';

/** Writes a file down to the disk itself; a half one, as on a full disk, goes. `wx`: it must not be there. Its name is only safe once `syncFolder` is done. `mode`: who may read it; null: as new files are. */
export async function writeDurably(
  path: string,
  text: string,
  flag: 'w' | 'wx',
  mode: number | null,
): Promise<void> {
  const file = await open(path, flag);
  try {
    // Some drives know no modes.
    if (mode !== null) await file.chmod(mode).catch(() => undefined);
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Brings the names in a folder to the disk: a renamed file has its old content after a power cut otherwise. Some systems and network drives know no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
