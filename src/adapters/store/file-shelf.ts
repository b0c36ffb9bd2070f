import { createHash } from 'node:crypto';
import { readFile, realpath, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
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
      const text = await readFile(path, 'utf8');
      return { text, tag: hashOf(text) };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw unusable(unreachable, `Could not read ${path}`, error);
    }
  }

  async function write(text: string, tag: string | null): ReturnType<Shelf['write']> {
    try {
      await makeFolder(dirname(path), unreachable);
      return await withLock(`${path}.lock`, patience, async () => {
        if (((await read())?.tag ?? null) !== tag) return 'conflict';
        await replace(await targetOf(path), text);
        return 'written';
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
        await writeDurably(name, text, 'wx');
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

/** Writes beside the file, to the disk itself, then takes its place. */
async function replace(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeDurably(draft, text, 'w');
  await rename(draft, path).catch(async (error: unknown) => {
    await rm(draft, { force: true });
    throw error;
  });
  await syncFolder(dirname(path));
}

/** A link stays a link: what it points to is replaced. */
async function targetOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
