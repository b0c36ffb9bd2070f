import { freshState, type MonitorState } from '../../core/model/state.ts';
import type { Memory } from '../../ports.ts';

/** Remembers within the process only: no state file. */
export function noMemory(state: MonitorState = freshState): Memory {
  return {
    ...passing(async () => ({ state, first: true })),
    load: async () => ({ state, first: true, trouble: null, mended: null }),
  };
}

/** For a dry run: reads as `memory` does, and what it is told stays in the process. */
export function readOnly(memory: Memory): Memory {
  return { ...passing(() => memory.load()), load: () => memory.load() };
}

/** Steps build on each other, from what `start` gives, and end with the process. */
function passing(
  start: () => Promise<{ readonly state: MonitorState; readonly first: boolean }>,
): Pick<Memory, 'keeps' | 'update'> {
  let now: { readonly state: MonitorState; readonly first: boolean } | null = null;
  return {
    keeps: false,
    async update(step) {
      now ??= await start();
      const result = step(now.state, now.first);
      now = { state: result.state, first: false };
      return result;
    },
  };
}
