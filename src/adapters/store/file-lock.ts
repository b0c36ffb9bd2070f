import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { codeOf, Failure } from '../../core/model/failure.ts';

/** A lock is held for some milliseconds; one this old (ms) has lost its owner. */
const lifetime = 10_000;
/** How long (ms) to wait for another process, and how long between two looks. */
const patience = 3_000;
const interval = 20;

const shape = z.object({ pid: z.number(), host: z.string(), expiresAt: z.number() });

/** Runs `work` while holding a lock file. Throws Failure STATE_UNREACHABLE where another process keeps it. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const mine = await acquire(path);
  try {
    return await work();
  } finally {
    await release(path, mine);
  }
}

async function acquire(path: string): Promise<string> {
  const giveUpAt = Date.now() + patience;
  for (;;) {
    const expiresAt = Date.now() + lifetime;
    const mine = JSON.stringify({
      pid: process.pid,
      host: hostname(),
      expiresAt,
      id: randomUUID(),
    });
    if (await create(path, mine)) return mine;
    const other = await readFile(path, 'utf8').catch(() => null);
    if (other !== null && (await isDead(path, other))) await takeAway(path, other);
    else if (Date.now() > giveUpAt) throw busy(path, other);
    else await sleep(interval * (0.5 + Math.random()));
  }
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Its time is over, or its process is gone from this machine. One that cannot be read is being written, or was left so. */
async function isDead(path: string, content: string): Promise<boolean> {
  const lock = shape.safeParse(parse(content));
  if (!lock.success) return (await ageOf(path)) > lifetime;
  const { pid, host, expiresAt } = lock.data;
  return expiresAt < Date.now() || (host === hostname() && !isAlive(pid));
}

async function ageOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  return found === null ? 0 : Date.now() - found.mtimeMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
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

async function release(path: string, mine: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => null)) === mine) await rm(path, { force: true });
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
