import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { codeOf, Failure } from '../../core/model/failure.ts';
import { isAlive, placeOfProcesses, startOf } from './process.ts';

/** A lock is held for some milliseconds; one this old (ms) has lost its owner. */
const lifetime = 10_000;
/** How long (ms) to wait for another process: a lock of another machine is over by then. */
export const lockPatience = lifetime + 2_000;
/** How long (ms) between two looks. */
const interval = 20;

const shape = z.object({
  pid: z.number(),
  host: z.string(),
  /** Where the number means something; absent where a former version wrote it. */
  place: z.string().optional(),
  /** When the process began; null: not known. */
  start: z.string().nullable().optional(),
  expiresAt: z.number(),
});

/** Runs `work` while holding a lock file; `isOurs`: nobody has taken it over. Throws Failure STATE_UNREACHABLE where another process keeps it for `patience` ms. */
export async function withLock<T>(
  path: string,
  patience: number,
  work: (isOurs: () => Promise<boolean>) => Promise<T>,
): Promise<T> {
  const mine = await acquire(path, patience);
  const isOurs = async () => (await readFile(path, 'utf8').catch(() => null)) === mine;
  try {
    return await work(isOurs);
  } finally {
    if (await isOurs()) await rm(path, { force: true });
  }
}

async function acquire(path: string, patience: number): Promise<string> {
  const place = await placeOfProcesses();
  const start = await startOf(process.pid);
  const giveUpAt = Date.now() + patience;
  for (;;) {
    const expiresAt = Date.now() + lifetime;
    const mine = JSON.stringify({
      pid: process.pid,
      host: hostname(),
      place,
      start,
      expiresAt,
      id: randomUUID(),
    });
    if (await create(path, mine)) return mine;
    const other = await readFile(path, 'utf8').catch(() => null);
    if (other !== null && (await isDead(path, other, place))) await takeAway(path, other);
    else if (Date.now() > giveUpAt) throw busy(path, other);
    else await sleep(interval * (0.5 + Math.random()));
  }
}

async function create(path: string, content: string): Promise<boolean> {
  const file = await open(path, 'wx').catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') return null;
    throw error;
  });
  if (file === null) return false;
  try {
    await file.writeFile(content);
    return true;
  } catch (error) {
    // An empty one, as on a full disk, would hold up whoever comes next.
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** A lock that is so many lifetimes old is nobody's, whatever it says. */
const clockMargin = 6;

/** Its time is over, or its process is gone from here, or the number is another process's by now. One that cannot be read is being written, or was left so. */
async function isDead(path: string, content: string, here: string): Promise<boolean> {
  const lock = shape.safeParse(parse(content));
  if (!lock.success) return (await ageOf(path)) > lifetime;
  const { pid, host, place, start = null, expiresAt } = lock.data;
  if (expiresAt < Date.now()) return true;
  // Written by a clock that was far ahead.
  if ((await ageOf(path)) > clockMargin * lifetime) return true;
  if (place === undefined ? host !== hostname() : place !== here) return false;
  if (!(await isAlive(pid))) return true;
  return start !== null && ![start, null].includes(await startOf(pid));
}

async function ageOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  return found === null ? 0 : Date.now() - found.mtimeMs;
}

/** Moves the dead lock away; where another process was faster and it is a live one by now, puts that back. */
async function takeAway(path: string, dead: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== dead) await link(aside, path);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error))) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function busy(path: string, content: string | null): Failure {
  const lock = shape.safeParse(parse(content ?? ''));
  const owner = lock.success ? ` by process ${lock.data.pid} on ${lock.data.host}` : '';
  return new Failure('STATE_UNREACHABLE', `The memory is locked${owner} (${path})`, {
    hint: 'If nothing runs there any more, delete that file',
  });
}
