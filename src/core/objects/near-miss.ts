import type { ObjectRef } from '../model/snapshot.ts';
import type { Labels } from './meta.ts';

/** A workload that should have pods, and the labels of those. */
export interface Carrier {
  readonly ref: ObjectRef;
  readonly labels: Labels;
}

/** What a selector asks for and a workload does not have: all but one label fit, or the names do. Undefined: it is not near. */
export function nearMiss(service: string, selector: Labels, carrier: Carrier): string | undefined {
  const pairs = Object.entries(selector);
  const missed = pairs.filter(([name, value]) => carrier.labels[name] !== value);
  const isNear =
    missed.length === 1 && (pairs.length > 1 || isAlike(...valuesOf(missed, carrier.labels)));
  if (!isNear && carrier.ref.name !== service) return undefined;
  return missed
    .map(([name, value]) => {
      const own = carrier.labels[name];
      const has = own === undefined ? `no label ${name}` : `${name}=${own}`;
      return `it asks for ${name}=${value}, ${carrier.ref.kind} ${carrier.ref.name} has ${has}`;
    })
    .join('; ');
}

function valuesOf(
  [missed]: readonly (readonly [string, string | undefined])[],
  labels: Labels,
): [string, string] {
  const [name = '', value = ''] = missed ?? [];
  return [value, labels[name] ?? ''];
}

/** Whether one name may be a slip for the other: one begins with the other, or they differ by two letters at most. */
export function isAlike(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 3 || long.length > 63) return false;
  if (long.startsWith(short)) return true;
  return long.length - short.length <= 2 && slips(short, long) <= 2;
}

/** Letters to insert, drop or change: Levenshtein's distance of two labels (63 letters at most). */
function slips(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++)
      next.push(
        Math.min(
          (row[j + 1] ?? 0) + 1,
          (next[j] ?? 0) + 1,
          (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
