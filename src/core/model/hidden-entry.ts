import type { CatalogEntry } from './catalog-entry.ts';
import type { MonitorState } from './state.ts';

/** An entry of the catalog with what it hid at the last look. */
export interface HiddenEntry extends CatalogEntry {
  /** Findings. */
  readonly hides: number;
  /** `check on Kind namespace/name` of three of them. */
  readonly examples: readonly string[];
  /** RFC 3339: since when it hides nothing; null: it does hide, or no look knew it. */
  readonly idleSince: string | null;
}

export function hiddenNow(
  entries: readonly CatalogEntry[],
  { hiding = {} }: Pick<MonitorState, 'hiding'>,
): readonly HiddenEntry[] {
  return entries.map((entry) => {
    const { at = null, count = 0, examples = [] } = hiding[entry.note] ?? {};
    return { ...entry, hides: count, examples, idleSince: count > 0 ? null : at };
  });
}
