import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { monitorState } from '../../../src/adapters/store/document-kind.ts';
import { fileShelf } from '../../../src/adapters/store/file-shelf.ts';
import { documentOn } from '../../../src/adapters/store/memory.ts';
import { keptLog } from '../../support/log.ts';
import { countOne } from './states.ts';

const folder = () => mkdtemp(join(tmpdir(), 'kube-vigil-shelf-'));
const file = async () => join(await folder(), 'state.json');
const memory = (path: string, run = '1.1') =>
  documentOn(monitorState, fileShelf(path), { run, log: keptLog(), backoff: 40 });
const deadPid = 2 ** 22 + 1;

test('nothing is there, then what was written', async () => {
  const path = join(await folder(), 'deep', 'er', 'state.json');
  const shelf = fileShelf(path);
  expect(await shelf.read()).toBeNull();
  expect(await shelf.write('one', null, 'note')).toBe('written');
  expect((await shelf.read())?.text).toBe('one');
  expect(await readdir(join(path, '..'))).toEqual(['state.json']);
});

test('a tag that is not the newest is a conflict, and nothing is written', async () => {
  const shelf = fileShelf(await file());
  await shelf.write('one', null, 'note');
  const tag = (await shelf.read())?.tag ?? null;
  expect(await shelf.write('two', null, 'note')).toBe('conflict');
  expect(await shelf.write('two', tag, 'note')).toBe('written');
  expect(await shelf.write('three', tag, 'note')).toBe('conflict');
  expect((await shelf.read())?.text).toBe('two');
});

test('twelve updates at once lose nothing', async () => {
  const path = await file();
  const runs = Array.from({ length: 12 }, (_, run) => memory(path, `${run}.1`).update(countOne));
  await Promise.all(runs);
  expect((await memory(path).load()).state.cycleCount).toBe(12);
});

test('processes lose nothing to each other', async () => {
  const path = await file();
  const from = (name: string) => new URL(`../../../src/adapters/store/${name}`, import.meta.url);
  const script = `
    const { fileShelf } = await import('${from('file-shelf.ts')}');
    const { documentOn } = await import('${from('memory.ts')}');
    const { monitorState } = await import('${from('document-kind.ts')}');
    const log = { warn() {} };
    for (let n = 0; n < 5; n++)
      await documentOn(monitorState, fileShelf(process.argv[1]), { run: 'p' + process.pid, log, backoff: 40 })
        .update((state) => ({ state: { ...state, cycleCount: state.cycleCount + 1 } }));`;
  const args = ['--input-type=module', '--eval', script, path];
  await Promise.all([1, 2, 3].map(() => promisify(execFile)(process.execPath, args)));
  expect((await memory(path).load()).state.cycleCount).toBe(15);
});

const onLinux = existsSync('/proc/self/stat') ? test : test.skip;

/** The lock of a process that holds it; `kill` ends that process, and leaves the lock. */
async function heldLock(path: string) {
  const script = `
    const { withLock } = await import('${new URL('../../../src/adapters/store/file-lock.ts', import.meta.url)}');
    await withLock(process.argv[1], 0, async () => {
      console.log('held');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const args = ['--input-type=module', '--eval', script, `${path}.lock`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const lock = JSON.parse(await readFile(`${path}.lock`, 'utf8')) as { [name: string]: unknown };
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { lock, kill };
}

test('the lock of a killed process is taken over at once', async () => {
  const path = await file();
  const { kill } = await heldLock(path);
  await expect(fileShelf(path, 50).write('one', null, 'note')).rejects.toMatchObject({
    code: 'STATE_UNREACHABLE',
  });
  await kill();
  expect(await fileShelf(path, 0).write('one', null, 'note')).toBe('written');
  expect(await readdir(join(path, '..'))).toEqual(['state.json']);
});

onLinux(
  'the lock of a process whose number is another one by now is taken over at once',
  async () => {
    const path = await file();
    const { lock, kill } = await heldLock(path);
    await kill();
    const again = { ...lock, pid: process.pid };
    await writeFile(`${path}.lock`, JSON.stringify(again));
    expect(await fileShelf(path, 0).write('one', null, 'note')).toBe('written');
  },
);

onLinux('the lock of a killed process that its parent never asked after is too', async () => {
  const path = await file();
  const script = `
    const { withLock } = await import('${new URL('../../../src/adapters/store/file-lock.ts', import.meta.url)}');
    await withLock(process.argv[1], 0, async () => {
      console.log('held');
      process.kill(process.pid, 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const node = [process.execPath, '--input-type=module', '--eval', script, `${path}.lock`];
  const parent = spawn('/bin/sh', ['-c', '"$0" "$@" & exec sleep 60', ...node], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(parent.stdout, 'data');
  const { pid } = JSON.parse(await readFile(`${path}.lock`, 'utf8')) as { pid: number };
  while (!/\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8')))
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await fileShelf(path, 0).write('one', null, 'note')).toBe('written');
  parent.kill();
});

onLinux.each([
  ['another machine', (place: string) => `other ${place}`],
  [
    'the same machine before it was restarted',
    (place: string) => place.replace(/[0-9a-f-]{36}/, 'x'),
  ],
  ['another container with the same host name', (place: string) => place.replace(/\d+\]$/, '1]')],
])('the lock of %s is waited for until its time is over', async (_name, elsewhere) => {
  const path = await file();
  const { lock, kill } = await heldLock(path);
  await kill();
  const place = elsewhere(String(lock['place']));
  expect(place).not.toBe(lock['place']);
  const other = { ...lock, place, expiresAt: Date.now() + 700 };
  await writeFile(`${path}.lock`, JSON.stringify(other));
  await expect(fileShelf(path, 100).write('one', null, 'note')).rejects.toMatchObject({
    code: 'STATE_UNREACHABLE',
  });
  expect(await fileShelf(path).write('one', null, 'note')).toBe('written');
});

test.each([
  ['whose process is gone', { pid: deadPid, host: hostname(), expiresAt: Date.now() + 60_000 }],
  ['whose time is over', { pid: process.pid, host: hostname(), expiresAt: Date.now() - 1 }],
  ['of another machine whose time is over', { pid: 1, host: 'other', expiresAt: Date.now() - 1 }],
])('a lock of a former version %s is taken over', async (_name, lock) => {
  const path = await file();
  await writeFile(`${path}.lock`, JSON.stringify(lock));
  expect(await fileShelf(path, 0).write('one', null, 'note')).toBe('written');
  expect(await readdir(join(path, '..'))).toEqual(['state.json']);
});

test('a lock that says it lasts for a year does not, once it is a minute old', async () => {
  const path = await file();
  const lock = { pid: 1, host: 'other', expiresAt: Date.now() + 365 * 86_400_000 };
  await writeFile(`${path}.lock`, JSON.stringify(lock));
  await expect(fileShelf(path, 0).write('one', null, 'note')).rejects.toMatchObject({
    code: 'STATE_UNREACHABLE',
  });
  const minuteAgo = Date.now() / 1000 - 61;
  await utimes(`${path}.lock`, minuteAgo, minuteAgo);
  expect(await fileShelf(path, 0).write('one', null, 'note')).toBe('written');
});

test('what is written is on the disk before it takes its place, and its name after that', async () => {
  const path = await file();
  const trace = join(await folder(), 'trace.json');
  const script = `
    const { fileShelf } = await import('${new URL('../../../src/adapters/store/file-shelf.ts', import.meta.url)}');
    await fileShelf(process.argv[1]).write('one', null, 'note');
    await fileShelf(process.argv[1]).putAside('bad', '7');`;
  const watched = [
    '--trace-event-categories',
    'node.fs.async',
    '--trace-event-file-pattern',
    trace,
  ];
  const args = [...watched, '--input-type=module', '--eval', script, path];
  await promisify(execFile)(process.execPath, args);
  const { traceEvents } = JSON.parse(await readFile(trace, 'utf8')) as {
    traceEvents: { name: string; ph: string; args: { path?: string } }[];
  };
  const draft = new RegExp(`^${path}\\.\\d+\\.tmp$`);
  const names = traceEvents
    .filter(({ ph }) => ph === 'b')
    .map(({ name, args: { path: at = '' } }) => {
      if (name !== 'open') return name;
      if (draft.test(at)) return 'open draft';
      return at === join(path, '..') ? 'open folder' : `open ${at}`;
    })
    .filter((name) => /^(fsync|rename|open (draft|folder)|open .*corrupt)/.test(name));
  const aside = `open ${path}.corrupt-7`;
  const file1 = ['open draft', 'fsync', 'rename', 'open folder', 'fsync'];
  expect(names).toEqual([...file1, aside, 'fsync', 'open folder', 'fsync']);
});

/** What a process with no room for more than so many blocks leaves in its folder. */
async function leftOnFullDisk(blocks: number, work: string): Promise<readonly string[]> {
  const path = await file();
  const script = `
    const { fileShelf } = await import('${new URL('../../../src/adapters/store/file-shelf.ts', import.meta.url)}');
    await ${work}.catch((error) => console.log(error.message));`;
  const limited = `ulimit -f ${blocks}; exec "$0" "$@"`;
  const args = ['-c', limited, process.execPath, '--input-type=module', '--eval', script, path];
  const { stdout } = await promisify(execFile)('/bin/sh', args);
  expect(stdout).toContain('(EFBIG)');
  return readdir(join(path, '..'));
}

onLinux.each([
  ['its lock', 0, "fileShelf(process.argv[1]).write('one', null, 'note')"],
  ['a write', 1, "fileShelf(process.argv[1]).write('x'.repeat(9_000), null, 'note')"],
  ['a copy', 1, "fileShelf(process.argv[1]).putAside('x'.repeat(9_000), '7')"],
])('where %s does not fit on the disk, no half of it is left', async (_name, blocks, work) => {
  expect(await leftOnFullDisk(blocks, work)).toEqual([]);
});

test('a write whose lock is taken over while the disk is slow gives way', async () => {
  const path = await file();
  await fileShelf(path).write('one', null, 'note');
  const tag = (await fileShelf(path).read())?.tag ?? null;
  const slow = fileShelf(path).write('x'.repeat(50_000_000), tag, 'note');
  while (!(await readdir(join(path, '..'))).some((name) => name.endsWith('.tmp')));
  await writeFile(`${path}.lock`, '{"another":"lock"}');
  await writeFile(path, 'two');
  expect(await slow).toBe('conflict');
  expect(await readFile(path, 'utf8')).toBe('two');
  expect((await readdir(join(path, '..'))).toSorted()).toEqual(['state.json', 'state.json.lock']);
});

test('a lock that was left empty is taken over once it is old', async () => {
  const path = await file();
  await writeFile(`${path}.lock`, '');
  await utimes(`${path}.lock`, new Date(0), new Date(0));
  expect(await fileShelf(path).write('one', null, 'note')).toBe('written');
});

test('a living lock is waited for, then named', async () => {
  const path = await file();
  const lock = { pid: process.pid, host: hostname(), expiresAt: Date.now() + 60_000 };
  await writeFile(`${path}.lock`, JSON.stringify(lock));
  await expect(fileShelf(path, 100).write('one', null, 'note')).rejects.toMatchObject({
    code: 'STATE_UNREACHABLE',
    message: `The memory is locked by process ${process.pid} on ${hostname()} (${path}.lock)`,
  });
});

test('a folder is a clear error', async () => {
  const path = await folder();
  const error = { code: 'STATE_UNREACHABLE', hint: 'Name a file, not a folder' };
  await expect(fileShelf(path).read()).rejects.toMatchObject(error);
  await expect(fileShelf(path).write('one', null, 'note')).rejects.toMatchObject(error);
});

onLinux('a pipe or a device is a clear error, and stays what it is', async () => {
  const path = await file();
  await promisify(execFile)('mkfifo', [path]);
  const error = { code: 'STATE_UNREACHABLE', message: `${path} is a device or a pipe` };
  await expect(fileShelf(path).read()).rejects.toMatchObject(error);
  await expect(fileShelf(path).write('one', null, 'note')).rejects.toMatchObject(error);
  expect((await lstat(path)).isFIFO()).toBe(true);
});

test('a path through a file is a clear error', async () => {
  const path = await file();
  await writeFile(path, '');
  const error = { code: 'STATE_UNREACHABLE', hint: expect.stringContaining('not a folder') };
  await expect(
    fileShelf(join(path, 'state.json')).write('one', null, 'note'),
  ).rejects.toMatchObject(error);
});

const proc = '/proc/kube-vigil/state';
(existsSync('/proc/self') ? test : test.skip)(
  'a place where nothing can be made is a clear error, at once',
  async () => {
    await expect(fileShelf(`${proc}/state.json`).write('one', null, 'note')).rejects.toMatchObject({
      code: 'STATE_UNREACHABLE',
      message: `Could not make the folder ${proc} (ENOENT)`,
      hint: 'Nothing can be made there: choose another place',
    });
  },
);

test('writers that need the same new folder at once both get it', async () => {
  const path = join(await folder(), 'deep', 'er');
  const names = ['a', 'b', 'c', 'd'];
  await Promise.all(names.map((name) => fileShelf(join(path, name)).write(name, null, 'note')));
  expect((await readdir(path)).toSorted()).toEqual(names);
});

test('a link stays a link', async () => {
  const at = await folder();
  await mkdir(join(at, 'real'));
  await writeFile(join(at, 'real', 'state.json'), 'one');
  await symlink(join(at, 'real', 'state.json'), join(at, 'link.json'));
  const shelf = fileShelf(join(at, 'link.json'));
  await shelf.write('two', (await shelf.read())?.tag ?? null, 'note');
  expect(await readFile(join(at, 'real', 'state.json'), 'utf8')).toBe('two');
});

test('a state that only its owner may read stays so, and its corrupt copy is like it', async () => {
  const path = await file();
  await writeFile(path, 'one', { mode: 0o600 });
  const shelf = fileShelf(path);
  await shelf.write('two', (await shelf.read())?.tag ?? null, 'note');
  const copy = await shelf.putAside('bad', '7');
  const modes = [path, copy].map(async (each) => (await lstat(each)).mode & 0o777);
  expect(await Promise.all(modes)).toEqual([0o600, 0o600]);
});

test.each([
  ['by its whole path', (at: string) => join(at, 'volume', 'state.json')],
  ['by a path from where it stands', () => join('volume', 'state.json')],
])('a link %s to what is not there yet stays a link', async (_name, target) => {
  const at = await folder();
  await symlink(target(at), join(at, 'link.json'));
  expect(await fileShelf(join(at, 'link.json')).write('one', null, 'note')).toBe('written');
  expect(await readFile(join(at, 'volume', 'state.json'), 'utf8')).toBe('one');
  expect((await lstat(join(at, 'link.json'))).isSymbolicLink()).toBe(true);
});

test('a file and a link to it have one lock', async () => {
  const path = await file();
  await writeFile(path, 'one');
  await symlink(path, `${path}.link`);
  const lock = { pid: process.pid, host: hostname(), expiresAt: Date.now() + 60_000 };
  await writeFile(`${path}.lock`, JSON.stringify(lock));
  await expect(fileShelf(`${path}.link`, 0).write('two', null, 'note')).rejects.toMatchObject({
    message: expect.stringContaining(`(${path}.lock)`),
  });
});

test('what is put aside is kept, under another name where that is taken', async () => {
  const path = await file();
  const shelf = fileShelf(path);
  expect(await shelf.putAside('bad', '7')).toBe(`${path}.corrupt-7`);
  expect(await shelf.putAside('bad', '7')).toBe(`${path}.corrupt-7`);
  expect(await shelf.putAside('worse', '7')).toBe(`${path}.corrupt-7-2`);
  expect(await readFile(`${path}.corrupt-7`, 'utf8')).toBe('bad');
});
