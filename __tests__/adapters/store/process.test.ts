import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { isAlive, placeOfProcesses, startOf } from '../../../src/adapters/store/process.ts';

const onLinux = existsSync('/proc/self/stat') ? test : test.skip;

onLinux(
  'a process keeps its start, whatever it calls itself, and another one has another',
  async () => {
    const script = `
    process.stdin.once('data', () => {
      process.title = 'a) R 1 (b';
      console.log('named');
    });
    console.log('begun');`;
    const child = spawn(process.execPath, ['--eval', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const pid = child.pid ?? 0;
    try {
      await once(child.stdout, 'data');
      const start = await startOf(pid);
      expect(start).toMatch(/^\d+$/);
      child.stdin.write('\n');
      await once(child.stdout, 'data');
      expect(await startOf(pid)).toBe(start);
      expect(await startOf(process.pid)).not.toBe(start);
    } finally {
      child.kill();
      await once(child, 'exit');
    }
    expect([await isAlive(pid), await startOf(pid)]).toEqual([false, null]);
  },
);

test('processes of one machine have one place', async () => {
  expect(await placeOfProcesses()).toBe(await placeOfProcesses());
  expect(await isAlive(process.pid)).toBe(true);
});
