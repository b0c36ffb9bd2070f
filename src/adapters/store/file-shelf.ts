import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf, Failure } from '../../core/model/failure.ts';
import type { Shelf } from '../../ports.ts';
import { syncFolder, writeDurably } from './durable.ts';
import { lockPatience, withLock } from './file-lock.ts';
import { makeFolder, unusable } from './folder.ts';

const unreachable = 'STATE_UNREACHABLE';

/**
 * One file on disk; the tag is a hash of its content. A write replaces the file in one step and holds a lock beside
 * it, so that a killed process leaves no half file and two processes lose no update. Its folder is made. `patience`:
 * how long (ms) to wait for another process's lock. Throws Failure STATE_UNREACHABLE.
 */
export function fileShelf(path: string, patience: number = lockPatience): Shelf {
  async function read(): ReturnType<Shelf['read']> {
    try {
      if (isDevice(await stat(path)))
        throw new Failure(unreachable, `${path} is a device or a pipe`, { hint: 'Name a file' });
      const text = await readFile(path, 'utf8');
      return { text, tag: hashOf(text) };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      if (error instanceof Failure) throw error;
      throw unusable(unreachable, `Could not read ${path}`, error);
    }
  }

  async function write(text: string, tag: string | null): ReturnType<Shelf['write']> {
    try {
      const target = await targetOf(path);
      await makeFolder(dirname(target), unreachable);
      return await withLock(`${target}.lock`, patience, async (isOurs) => {
        if (((await read())?.tag ?? null) !== tag) return 'conflict';
        return (await replace(target, text, isOurs)) ? 'written' : 'conflict';
      });
    } catch (error) {
      throw error instanceof Failure
        ? error
        : unusable(unreachable, `Could not write ${path}`, error);
    }
  }

  async function putAside(text: string, label: string): Promise<string> {
    for (let number = 1; number <= 9; number++) {
      const name = `${path}.corrupt-${label}${number === 1 ? '' : `-${number}`}`;
      try {
        await writeDurably(name, text, 'wx', await modeOf(path));
        await syncFolder(dirname(name));
        return name;
      } catch (error) {
        if (codeOf(error) !== 'EEXIST')
          throw unusable(unreachable, `Could not write ${name}`, error);
        if ((await readFile(name, 'utf8').catch(() => null)) === text) return name;
      }
    }
    throw new Failure(unreachable, `There are too many corrupt copies beside ${path}`, {
      hint: `Look at ${path}.corrupt-${label}*, then delete them`,
    });
  }

  return { read, write, putAside };
}

/** Such as /dev/null, which a process of root would replace by a file. */
function isDevice(found: Stats): boolean {
  return !found.isFile() && !found.isDirectory();
}

/** Writes beside the file, to the disk itself, then takes its place, if it still may: a disk may take longer than the lock lasts. */
async function replace(
  path: string,
  text: string,
  isOurs: () => Promise<boolean>,
): Promise<boolean> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeDurably(draft, text, 'w', await modeOf(path));
  try {
    if (!(await isOurs())) return false;
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(dirname(path));
  return true;
}

/** A state that only its owner may read stays so. */
async function modeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found === null ? null : found.mode & 0o777;
}

/** A link stays a link: what it points to is replaced, or made where nothing is there yet. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const to = await readlink(path).catch(() => null);
    return to === null ? path : resolve(dirname(path), to);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
