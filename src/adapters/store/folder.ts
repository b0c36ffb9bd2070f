import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf, Failure, type FailureCode, sayFailure } from '../../core/model/failure.ts';

/**
 * Makes the folder and those above it. Each by itself: Node's own recursive mkdir asks for ever where
 * nothing can be made and ENOENT is the answer, as under /proc. Throws Failure `code`.
 */
export async function makeFolder(folder: string, code: FailureCode): Promise<void> {
  try {
    await makeEach(resolve(folder));
  } catch (error) {
    throw unusable(code, `Could not make the folder ${folder}`, error);
  }
}

async function makeEach(folder: string): Promise<void> {
  if (await isThere(folder)) return;
  if (dirname(folder) !== folder) await makeEach(dirname(folder));
  await mkdir(folder).catch((error: unknown) => {
    // Another process was quicker.
    if (codeOf(error) !== 'EEXIST') throw error;
  });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

const hints: { readonly [code: string]: string | undefined } = {
  EISDIR: 'Name a file, not a folder',
  EEXIST: 'A part of its path is a file, not a folder',
  ENOTDIR: 'A part of its path is a file, not a folder',
  ENOENT: 'Nothing can be made there: choose another place',
  EACCES: 'Let the user that runs this read and write it and its folder',
  EPERM: 'Let the user that runs this read and write it and its folder',
  EROFS: 'Its file system is read-only: choose another place',
  ENOSPC: 'The disk is full',
};

/** What the system refused, with its code and the way out. */
export function unusable(code: FailureCode, what: string, error: unknown): Failure {
  const why = codeOf(error, sayFailure(error));
  return new Failure(code, `${what} (${why})`, {
    hint: hints[why] ?? '',
    cause: error,
  });
}
