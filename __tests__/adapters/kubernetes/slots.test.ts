import { expect, test } from '@jest/globals';
import { makeSlots } from '../../../src/adapters/kubernetes/slots.ts';

/** Tasks that end when told to, and the order in which they began. */
function makeTasks() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    task: (name: string) => () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    },
    end: async (name: string) => {
      ends.get(name)?.();
      await new Promise(setImmediate);
    },
  };
}

test('so many at once, who is ahead first, and one at a time once narrowed', async () => {
  const slots = makeSlots(2);
  const { begun, task, end } = makeTasks();
  const runs = ['a', 'b', 'c', 'd'].map((name) => slots.run(task(name), false));
  runs.push(slots.run(task('first'), true));
  await new Promise(setImmediate);
  expect(begun).toEqual(['a', 'b']);
  await end('a');
  expect(begun).toEqual(['a', 'b', 'first']);
  slots.narrow();
  await end('b');
  expect(begun).toEqual(['a', 'b', 'first']);
  await end('first');
  expect(begun).toEqual(['a', 'b', 'first', 'c']);
  await end('c');
  await end('d');
  await Promise.all(runs);
});

test('a task that fails gives its slot back', async () => {
  const slots = makeSlots(1);
  await expect(slots.run(() => Promise.reject(new Error('no')), false)).rejects.toThrow('no');
  await expect(slots.run(() => Promise.resolve('next'), false)).resolves.toBe('next');
});
