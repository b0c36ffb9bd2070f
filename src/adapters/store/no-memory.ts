import { freshState, type MonitorState } from '../../core/model/state.ts';
import type { Memory } from '../../ports.ts';

type Known = { readonly state: MonitorState; readonly first: boolean };

/** Remembers within the process only: no state file. */
export function noMemory(): Memory {
  return passing(async () => ({ state: freshState, first: true, trouble: null, mended: null }));
}

/** For a dry run: reads as `memory` does, and what it is told stays in the process. */
export function readOnly(memory: Memory): Memory {
  return passing(() => memory.load());
}

/** Steps build on each other, from what `start` gives, and end with the process. */
function passing(start: Memory['load']): Memory {
  let now: Known | null = null;
  return {
    keeps: false,
    load: async () => (now === null ? start() : { ...now, trouble: null, mended: null }),
    async update(step) {
      now ??= await start();
      const result = step(now.state, now.first);
      now = { state: result.state, first: false };
      return result;
    },
  };
}
