import type { ObjectRef } from '../model/snapshot.ts';
import type { Labels } from './meta.ts';

/** A workload that should have pods, and the labels of those. */
export interface Carrier {
  readonly ref: ObjectRef;
  readonly labels: Labels;
}

/** What a selector asks for and a workload does not have, in words. */
export function sayMissed(selector: Labels, { ref, labels }: Carrier): string {
  return Object.entries(selector)
    .filter(([name, value]) => labelOf(labels, name) !== value)
    .map(([name, value]) => {
      const own = labelOf(labels, name);
      const has = own === undefined ? `no label ${name}` : `${name}=${own}`;
      return `it asks for ${name}=${value}, ${ref.kind} ${ref.name} has ${has}`;
    })
    .join('; ');
}

/** A label may be called `__proto__`, which every object answers to. */
export function labelOf(labels: Labels, name: string): string | undefined {
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}

/** Whether one name may be a slip for the other: one begins with the other, or they differ by two letters at most. */
export function isAlike(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 3 || long.length > 63) return false;
  return long.startsWith(short) || areWithin(2, short, long);
}

/** Whether so many letters to insert, drop or change make two words the same. */
function areWithin(slips: number, a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > slips) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  if (restA === '' || restB === '') return true;
  if (slips === 0) return false;
  const [nextA, nextB] = [restA.slice(1), restB.slice(1)];
  return (
    areWithin(slips - 1, nextA, nextB) ||
    areWithin(slips - 1, nextA, restB) ||
    areWithin(slips - 1, restA, nextB)
  );
}
