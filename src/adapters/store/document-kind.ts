import type * as z from 'zod';
import { freshState, type MonitorState } from '../../core/model/state.ts';
import { stateSchema } from './state-schema.ts';

/** What one document of the memory holds, and how it is read. Another one is a kind here, a line in `memoryOn` and a field of `Memory`. */
export interface DocumentKind<State> {
  /** Names its file, branch path or cache key. */
  readonly name: string;
  readonly fresh: State;
  /** Loose, so that the fields of a newer program survive. */
  readonly shape: z.ZodType<State>;
  /** The version that this program reads and writes. A change that an older program would misread raises it; a new optional field does not. */
  readonly schema: number;
  /** By the version that they start from: what is stored, as it is in the next version. The envelope around it stays: it says which version this is. Every released version has a document in the tests. */
  readonly migrations: { readonly [schema: number]: (stored: unknown) => unknown };
}

export const monitorState: DocumentKind<MonitorState> = {
  name: 'state',
  fresh: freshState,
  shape: stateSchema,
  schema: 1,
  migrations: {},
};
