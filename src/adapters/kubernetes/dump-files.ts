import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, Failure } from '../../core/model/failure.ts';
import { cut } from '../../core/model/text.ts';
import { isBundleLog } from './dump-logs.ts';

/** One file of a dump. */
export interface DumpFile {
  readonly path: string;
  /** ms: when it was written. */
  readonly writtenAt: number;
}

/** The files that `paths` name: a file as it is, of a folder all `.json`, `.yaml` and `.yml` below it, sorted. Throws Failure CONFIG_INVALID for a path that is not there. */
export async function findFiles(paths: readonly string[]): Promise<readonly DumpFile[]> {
  const found: DumpFile[] = [];
  for (const each of paths) {
    const info = await statOf(each);
    const files = info.isDirectory() ? await filesBelow(each) : [each];
    for (const file of files) {
      const { mtimeMs } = await statOf(file);
      if (!found.some((other) => other.path === file))
        found.push({ path: file, writtenAt: mtimeMs });
    }
  }
  return found;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    if (!/\.(json|ya?ml)$/i.test(entry.name) || isBundleLog(file)) continue;
    // A mounted ConfigMap's files are links.
    if (entry.isFile() || (entry.isSymbolicLink() && (await statOf(file)).isFile()))
      files.push(file);
  }
  return files.sort();
}

async function statOf(file: string) {
  try {
    return await stat(file);
  } catch (error) {
    const missing = codeOf(error) === 'ENOENT';
    throw new Failure(
      'CONFIG_INVALID',
      `--dump ${cut(file, 200)} ${missing ? 'does not exist' : `cannot be read (${codeOf(error)})`}`,
      { hint: 'Give files or folders that `kubectl get … -o json` or `-o yaml` printed' },
    );
  }
}

/** A file's text, whatever a shell made of it: UTF-8, or the UTF-16 that PowerShell's `>` writes. Throws Failure CONFIG_INVALID. */
export async function readDumpFile(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
    return bytes.toString(wide ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new Failure(
      'CONFIG_INVALID',
      `The dump's file ${cut(file, 200)} cannot be read (${codeOf(error)})`,
      { hint: 'Make it readable; if it is over 500 MB, dump each kind to a file of its own' },
    );
  }
}
