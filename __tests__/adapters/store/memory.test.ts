import { expect, test } from '@jest/globals';
import { monitorState } from '../../../src/adapters/store/document-kind.ts';
import { documentOn } from '../../../src/adapters/store/memory.ts';
import { freshState } from '../../../src/core/model/state.ts';
import type { Shelf } from '../../../src/ports.ts';
import { keptLog } from '../../support/log.ts';
import { type TestShelf, testShelf, unreachable } from './shelves.ts';
import { counted, countOne, open, seal } from './states.ts';

const options = () => ({ run: '1.1', log: keptLog(), backoff: 1 });
const memory = (shelf: Shelf) => documentOn(monitorState, shelf, options());
const stored = (count: number) => seal(counted(count), { run: '0.1', nonce: 'other' }, null);

/** What stands on the shelf, opened. */
function contentOf(shelf: TestShelf) {
  const opened = open(shelf.held?.text ?? '');
  if (opened.kind !== 'ok') throw new Error(`It is ${opened.kind}`);
  return opened.envelope;
}

test('absent is a first run', async () => {
  const shelf = testShelf();
  const load = await memory(shelf).load();
  expect(load).toEqual({ state: freshState, first: true, trouble: null, mended: null });
  const firsts: boolean[] = [];
  await memory(shelf).update((state, first) => {
    firsts.push(first);
    return countOne(state);
  });
  expect(firsts).toEqual([true]);
  expect(contentOf(shelf)).toMatchObject({ revision: 1, state: counted(1) });
});

test('what was saved is loaded, and the result of the step is handed on', async () => {
  const shelf = testShelf(stored(4));
  expect(await memory(shelf).load()).toMatchObject({ state: counted(4), first: false });
  const result = await memory(shelf).update((state) => ({ ...countOne(state), word: 'kept' }));
  expect(result).toEqual({ state: counted(5), word: 'kept' });
  expect(contentOf(shelf)).toMatchObject({ revision: 2, state: counted(5) });
});

test('corrupt: nothing is a first run, it is put aside before it is overwritten, and the revision counts on', async () => {
  const corrupt = stored(7).replace('"cycleCount":7', '"cycleCount":8');
  const shelf = testShelf(corrupt);
  const log = keptLog();
  const mended = documentOn(monitorState, shelf, { run: '1.1', log });
  const load = await mended.load();
  expect(load).toMatchObject({ state: freshState, first: false, trouble: null });
  expect(load.mended).toBe(
    'The memory is corrupt (its checksum does not match): no earlier revision is whole, so it begins anew',
  );
  expect(shelf.aside.size).toBe(0);
  const firsts: boolean[] = [];
  shelf.before = () => expect(shelf.aside.get('1')).toBe(corrupt);
  await mended.update((state, first) => {
    firsts.push(first);
    return countOne(state);
  });
  expect(firsts).toEqual([false]);
  expect(contentOf(shelf)).toMatchObject({ revision: 2, state: counted(1) });
  expect(log.lines).toEqual([expect.stringContaining('state.corrupt-1')]);
});

/** A corrupt document with what stood there before it, the newest first. */
function spoilt(...earlier: readonly (string | null)[]) {
  const shelf = testShelf('not JSON, "revision":9');
  const history = {
    list: async () => earlier.map((_text, index) => `${index}`),
    read: async (id: string) => earlier[Number(id)] ?? null,
  };
  return Object.assign(shelf, { history });
}

test.each<[string, readonly (string | null)[], number]>([
  ['the newest of the whole ones', ['broken', stored(7), stored(6)], 7],
  ['past one that was not there', [null, stored(6)], 6],
  ['past the corrupt one itself', ['not JSON, "revision":9', stored(6)], 6],
  ['the tenth', [...Array.from({ length: 9 }, () => 'broken'), stored(5)], 5],
  ['none, where it is the eleventh', [...Array.from({ length: 10 }, () => 'broken'), stored(5)], 0],
  ['none, where there is none', [], 0],
])('corrupt, with a history: gone on from %s', async (_name, earlier, count) => {
  const shelf = spoilt(...earlier);
  expect(await memory(shelf).load()).toMatchObject({ state: counted(count), first: false });
  await memory(shelf).update(countOne);
  expect(contentOf(shelf)).toMatchObject({ revision: 10, state: counted(count + 1) });
  expect(shelf.aside.get('9')).toBe('not JSON, "revision":9');
});

test('corrupt beyond its revision: the one of the whole one counts on', async () => {
  const shelf = Object.assign(testShelf('nothing'), {
    history: { list: async () => ['0'], read: async () => stored(6) },
  });
  await memory(shelf).update(countOne);
  expect(contentOf(shelf)).toMatchObject({ revision: 2, state: counted(7) });
});

test('corrupt, and a newer program wrote before: nothing is written', async () => {
  const shelf = spoilt('{"schema":2}', stored(6));
  expect((await memory(shelf).load()).trouble).toMatchObject({ code: 'STATE_NEWER' });
  await expect(memory(shelf).update(countOne)).rejects.toMatchObject({ code: 'STATE_NEWER' });
  expect(shelf.writes).toBe(0);
});

test.each([
  ['the same', 4, 0],
  ['one more', 5, 1],
])('a step that makes %s of the state: writes', async (_name, count, writes) => {
  const shelf = testShelf(stored(4));
  await memory(shelf).update((state) => ({ state: { ...state, cycleCount: count } }));
  expect(shelf.writes).toBe(writes);
});

test('the same state is written where nothing, or something corrupt, stands there', async () => {
  for (const shelf of [testShelf(), testShelf('not JSON'), spoilt(stored(6))]) {
    await memory(shelf).update((state) => ({ state }));
    expect(shelf.writes).toBe(1);
  }
});

test('corrupt, and it cannot be put aside: nothing is overwritten', async () => {
  const shelf = testShelf('not JSON');
  shelf.putAside = () => Promise.reject(unreachable());
  await expect(memory(shelf).update(countOne)).rejects.toMatchObject({ code: 'STATE_UNREACHABLE' });
  expect(shelf.held?.text).toBe('not JSON');
});

test('newer: the state is fresh, it is no first run, and nothing is written', async () => {
  const shelf = testShelf('{"schema":2}');
  const newer = memory(shelf);
  const load = await newer.load();
  expect(load).toMatchObject({ state: freshState, first: false, mended: null });
  expect(load.trouble).toMatchObject({ code: 'STATE_NEWER' });
  await expect(newer.update(countOne)).rejects.toMatchObject({ code: 'STATE_NEWER' });
  await expect(memory(shelf).update(countOne)).rejects.toMatchObject({ code: 'STATE_NEWER' });
  expect(shelf).toMatchObject({ writes: 0, held: { text: '{"schema":2}' } });
  expect(shelf.aside.size).toBe(0);
});

test('not reachable: nothing is written in this run, also when it comes back', async () => {
  const shelf = testShelf(stored(4));
  const down = memory(shelf);
  shelf.onRead = () => {
    throw unreachable();
  };
  const load = await down.load();
  expect(load).toMatchObject({ state: freshState, first: false, mended: null });
  expect(load.trouble).toMatchObject({ code: 'STATE_UNREACHABLE' });
  shelf.onRead = () => undefined;
  await expect(down.update(countOne)).rejects.toBe(load.trouble);
  expect(shelf.writes).toBe(0);
});

test('an exception that is no Failure is not reachable too', async () => {
  const shelf = testShelf();
  shelf.onRead = () => {
    throw new TypeError('broken');
  };
  expect((await memory(shelf).load()).trouble).toMatchObject({
    code: 'STATE_UNREACHABLE',
    message: 'The memory failed: broken',
  });
});

test('a conflict is met with a new decision on what is there now', async () => {
  const shelf = testShelf(stored(4));
  let conflicts = 2;
  shelf.before = () => {
    if (conflicts-- > 0) shelf.put(seal(counted(10), { run: '9.1', nonce: 'n' }, null));
  };
  const seen: number[] = [];
  await memory(shelf).update((state) => {
    seen.push(state.cycleCount);
    return countOne(state);
  });
  expect(seen).toEqual([4, 10, 10]);
  expect(contentOf(shelf).state.cycleCount).toBe(11);
});

test('six conflicts are enough', async () => {
  const shelf = testShelf(stored(4));
  let steps = 0;
  shelf.before = () => shelf.put(stored(5));
  const update = memory(shelf).update((state) => {
    steps += 1;
    return countOne(state);
  });
  await expect(update).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
  expect(steps).toBe(6);
});

test('a write whose answer is lost counts once', async () => {
  const shelf = testShelf(stored(4));
  shelf.after = () => {
    throw unreachable();
  };
  const result = await memory(shelf).update(countOne);
  expect(result.state.cycleCount).toBe(5);
  expect(contentOf(shelf)).toMatchObject({ revision: 2, state: counted(5) });
});

test('a write that is told as a conflict, and that others wrote on top of, counts once', async () => {
  const shelf = testShelf(stored(4));
  const written = shelf.write.bind(shelf);
  let lies = 1;
  shelf.write = async (text, tag, note) => {
    const answer = await written(text, tag, note);
    if (lies-- <= 0) return answer;
    await memory(shelf).update(countOne);
    return 'conflict';
  };
  await memory(shelf).update(countOne);
  expect(contentOf(shelf)).toMatchObject({ revision: 3, state: counted(6) });
});

test('a write that never landed is an error, and the step ran once', async () => {
  const shelf = testShelf(stored(4));
  let steps = 0;
  shelf.before = () => {
    throw unreachable();
  };
  const update = memory(shelf).update((state) => {
    steps += 1;
    return countOne(state);
  });
  await expect(update).rejects.toMatchObject({ code: 'STATE_UNREACHABLE' });
  expect(steps).toBe(1);
});

test('a deadline reaches the shelf', async () => {
  const shelf = testShelf();
  shelf.read = (signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(unreachable()));
    });
  const slow = documentOn(monitorState, shelf, { ...options(), deadline: 20 });
  const keepAlive = setTimeout(() => undefined, 5000);
  expect((await slow.load()).trouble).toMatchObject({ code: 'STATE_UNREACHABLE' });
  clearTimeout(keepAlive);
});
