import { open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDnsName } from '../../core/model/dns-name.ts';
import type { ContainerLog, LogRef } from '../../core/model/snapshot.ts';
import { cleanLog, logTail } from '../../core/objects/log-lines.ts';

/** Where a support bundle keeps its pods' logs, by namespace and pod. */
const layout = path.join('cluster-resources', 'pods', 'logs');

/** Whether a file is a log of a support bundle, whatever its name ends in: no object stands in it. */
export function isBundleLog(file: string): boolean {
  return (
    file.includes(`${path.sep}${layout}${path.sep}`) || file.startsWith(`${layout}${path.sep}`)
  );
}

/** The end of each log that the dump's folders hold in a support bundle's layout. Never throws: a dump without logs lacks nothing that was asked of it. */
export async function readDumpLogs(
  paths: readonly string[],
  wanted: readonly LogRef[],
): Promise<readonly ContainerLog[]> {
  const asked = wanted.filter((ref) => [ref.namespace, ref.pod, ref.container].every(isDnsName));
  if (asked.length === 0) return [];
  const folders = (await Promise.all(paths.map(logFolders))).flat();
  const logs: ContainerLog[] = [];
  for (const ref of asked) {
    const log = await findLog(folders, ref);
    if (log !== null) logs.push(log);
  }
  return logs;
}

interface LogFolder {
  readonly folder: string;
  /** The dump that it is of: no link may lead out of it. */
  readonly dump: string;
}

/** `cluster-resources/pods/logs` in a dump's folder, at whatever depth; the folder may itself be a part of that. */
async function logFolders(dump: string): Promise<readonly LogFolder[]> {
  const whole = path.resolve(dump);
  const inside = [layout, path.join('pods', 'logs'), 'logs', '']
    .map((rest) => path.join(whole, rest))
    .filter((folder) => folder.endsWith(`${path.sep}${layout}`));
  const entries = await readdir(whole, { recursive: true, withFileTypes: true }).catch(() => []);
  const below = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((folder) => folder.endsWith(`${path.sep}${layout}`));
  const folders = [...new Set([...inside, ...below])].sort();
  return folders.map((folder) => ({ folder, dump: whole }));
}

async function findLog(folders: readonly LogFolder[], ref: LogRef): Promise<ContainerLog | null> {
  for (const previous of ref.previous ? [true, false] : [false])
    for (const { folder, dump } of folders) {
      const file = `${ref.container}${previous ? '-previous' : ''}.log`;
      const text = await tailOf(path.join(folder, ref.namespace, ref.pod, file), dump);
      const lines = cleanLog(text);
      if (lines.length > 0) return { ...ref, previous, lines };
    }
  return null;
}

/** The last whole lines of a file, 32 KB of it at most; empty where it cannot be read, or is a link that leads out of the dump. */
async function tailOf(file: string, dump: string): Promise<string> {
  try {
    const real = await realpath(file);
    const info = await stat(real);
    if (!info.isFile() || !real.startsWith(`${await realpath(dump)}${path.sep}`)) return '';
    const { size } = info;
    const from = Math.max(0, size - logTail.bytes);
    const handle = await open(real, 'r');
    try {
      const { buffer, bytesRead } = await handle.read({
        buffer: Buffer.alloc(Math.min(size, logTail.bytes)),
        position: from,
      });
      const text = buffer.subarray(0, bytesRead).toString();
      // What is cut in the middle may be half of a secret.
      return from === 0 ? text : text.replace(/^[^\n]*\n?/, '');
    } finally {
      await handle.close();
    }
  } catch {
    return '';
  }
}
