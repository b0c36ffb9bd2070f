import { Failure } from '../../../src/core/model/failure.ts';
import type { Shelf } from '../../../src/ports.ts';

/** A shelf in memory. `before` and `after` run around each write and may throw or write themselves. */
export interface TestShelf extends Shelf {
  held: { readonly text: string; readonly tag: string } | null;
  readonly aside: Map<string, string>;
  writes: number;
  onRead: () => void;
  before: () => void;
  after: () => void;
  /** Another run's write. */
  put(text: string): void;
}

export function testShelf(text: string | null = null): TestShelf {
  let tags = 0;
  const shelf: TestShelf = {
    held: null,
    aside: new Map(),
    writes: 0,
    onRead: () => undefined,
    before: () => undefined,
    after: () => undefined,
    put(written) {
      tags += 1;
      shelf.held = { text: written, tag: `t${tags}` };
    },
    async read() {
      shelf.onRead();
      return shelf.held;
    },
    async write(written, tag) {
      shelf.before();
      if ((shelf.held?.tag ?? null) !== tag) return 'conflict';
      shelf.put(written);
      shelf.writes += 1;
      shelf.after();
      return 'written';
    },
    async putAside(corrupt, label) {
      shelf.aside.set(label, corrupt);
      return `state.corrupt-${label}`;
    },
  };
  if (text !== null) shelf.put(text);
  return shelf;
}

export function unreachable(): Failure {
  return new Failure('STATE_UNREACHABLE', 'GitHub answered 502');
}
