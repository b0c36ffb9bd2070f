import { freshState } from '../../core/model/state.ts';
import type { Memory, StoredDocument } from '../../ports.ts';

/** Remembers within the process only: no state file. */
export function noMemory(): Memory {
  const fresh = { state: freshState, first: true, trouble: null, mended: null };
  return { keeps: false, state: passing(async () => fresh) };
}

/** For a dry run: reads as `memory` does, and what it is told stays in the process. */
export function readOnly(memory: Memory): Memory {
  return { keeps: false, state: passing(() => memory.state.load()) };
}

/** Steps build on each other, from what `start` gives, and end with the process. */
function passing<State>(start: StoredDocument<State>['load']): StoredDocument<State> {
  let now: { readonly state: State; readonly first: boolean } | null = null;
  return {
    load: async () => (now === null ? start() : { ...now, trouble: null, mended: null }),
    async update(step) {
      now ??= await start();
      const result = step(now.state, now.first);
      now = { state: result.state, first: false };
      return result;
    },
  };
}
