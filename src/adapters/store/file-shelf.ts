import { createHash } from 'node:crypto';
import { mkdir, open, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure, sayFailure } from '../../core/model/failure.ts';
import type { Shelf } from '../../ports.ts';
import { withLock } from './file-lock.ts';
import { codeOf } from './fs-error.ts';

/**
 * One file on disk; the tag is a hash of its content. A write replaces the file in one step and holds a lock beside
 * it, so that a killed process leaves no half file and two processes lose no update. Its folder is made. Throws
 * Failure STATE_UNREACHABLE.
 */
export function fileShelf(path: string): Shelf {
  async function read(): ReturnType<Shelf['read']> {
    try {
      const text = await readFile(path, 'utf8');
      return { text, tag: hashOf(text) };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw unusable(`Could not read ${path}`, error);
    }
  }

  async function write(text: string, tag: string | null): ReturnType<Shelf['write']> {
    try {
      await mkdir(dirname(path), { recursive: true });
      return await withLock(`${path}.lock`, async () => {
        if (((await read())?.tag ?? null) !== tag) return 'conflict';
        await replace(await targetOf(path), text);
        return 'written';
      });
    } catch (error) {
      throw error instanceof Failure ? error : unusable(`Could not write ${path}`, error);
    }
  }

  async function putAside(text: string, label: string): Promise<string> {
    for (let number = 1; number <= 9; number++) {
      const name = `${path}.corrupt-${label}${number === 1 ? '' : `-${number}`}`;
      try {
        await writeFile(name, text, { flag: 'wx' });
        return name;
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw unusable(`Could not write ${name}`, error);
        if ((await readFile(name, 'utf8').catch(() => null)) === text) return name;
      }
    }
    throw new Failure('STATE_UNREACHABLE', `There are too many corrupt copies beside ${path}`, {
      hint: `Look at ${path}.corrupt-${label}*, then delete them`,
    });
  }

  return { read, write, putAside };
}

/** Writes beside the file, to the disk itself, then takes its place. */
async function replace(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  const file = await open(draft, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path).catch(async (error: unknown) => {
    await rm(draft, { force: true });
    throw error;
  });
}

/** A link stays a link: what it points to is replaced. */
async function targetOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const hints: { readonly [code: string]: string | undefined } = {
  EISDIR: 'Name a file, not a folder',
  EEXIST: 'A part of its path is a file, not a folder',
  ENOTDIR: 'A part of its path is a file, not a folder',
  EACCES: 'Let the user that runs this read and write it and its folder',
  EPERM: 'Let the user that runs this read and write it and its folder',
  EROFS: 'Its file system is read-only: choose another place',
  ENOSPC: 'The disk is full',
};

function unusable(what: string, error: unknown): Failure {
  const code = codeOf(error);
  return new Failure('STATE_UNREACHABLE', `${what} (${code === '' ? sayFailure(error) : code})`, {
    hint: hints[code] ?? '',
    cause: error,
  });
}
