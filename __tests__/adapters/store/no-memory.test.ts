import { expect, test } from '@jest/globals';
import { memoryOn } from '../../../src/adapters/store/memory.ts';
import { noMemory, readOnly } from '../../../src/adapters/store/no-memory.ts';
import { keptLog } from '../../support/log.ts';
import { testShelf } from './shelves.ts';
import { counted, countOne, seal } from './states.ts';

test('without a state file each process begins anew, and its own steps build on each other', async () => {
  const memory = noMemory();
  expect(memory.keeps).toBe(false);
  expect(await memory.state.load()).toMatchObject({ first: true, trouble: null });
  expect((await memory.state.update(countOne)).state.cycleCount).toBe(1);
  expect((await memory.state.update(countOne)).state.cycleCount).toBe(2);
  expect(await memory.state.load()).toMatchObject({ first: false, state: { cycleCount: 2 } });
});

test('only the first step of a process is a first run', async () => {
  const memory = noMemory();
  const firsts: boolean[] = [];
  const step = (state: Parameters<typeof countOne>[0], first: boolean) => {
    firsts.push(first);
    return countOne(state);
  };
  await memory.state.update(step);
  await memory.state.update(step);
  expect(firsts).toEqual([true, false]);
});

test.each([
  ['what was saved', seal(counted(4), { run: '1.1', nonce: 'n' }, null), 6],
  ['a corrupt memory', 'not JSON', 2],
  ['a newer memory', '{"schema":2}', 2],
  ['nothing', null, 2],
])('read-only writes nothing over %s', async (_name, text, count) => {
  const shelf = testShelf(text);
  const memory = readOnly(memoryOn(() => shelf, { run: '1.1', log: keptLog() }));
  expect(memory.keeps).toBe(false);
  await memory.state.load();
  await memory.state.update(countOne);
  expect((await memory.state.update(countOne)).state.cycleCount).toBe(count);
  expect(shelf).toMatchObject({ writes: 0, held: text === null ? null : { text } });
  expect(shelf.aside.size).toBe(0);
});
