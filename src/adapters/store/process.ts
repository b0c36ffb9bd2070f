import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { codeOf } from '../../core/model/failure.ts';

/**
 * Where a process number means something: the machine since its last start, and the container's own numbering. Two
 * pods may share a host name (`hostNetwork`), and a host name comes again after a restart. The host name alone where
 * the kernel is not Linux.
 */
export async function placeOfProcesses(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const numbering = await readlink('/proc/self/ns/pid').catch(() => '');
  return [hostname(), boot.trim(), numbering].filter((part) => part !== '').join(' ');
}

/** When a process began, in the kernel's ticks since the machine's start: a number is given again, not at the same time. null where it cannot be told. */
export async function startOf(pid: number): Promise<string | null> {
  return (await fieldsOf(pid))[22 - 3] ?? null;
}

/** One that has ended, and that its parent has not asked after, is not. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
  return !['Z', 'X'].includes((await fieldsOf(pid))[0] ?? '');
}

/** What the kernel says of a process, from field 3 (its state) on; empty where it says nothing. */
async function fieldsOf(pid: number): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The program's name stands in parentheses and may hold anything; starttime is field 22, the name is field 2.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
