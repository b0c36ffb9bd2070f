import type { Finding } from '../model/finding.ts';
import { keyOf } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';

/** Negative where `a` is the stronger cause. */
export type Order = (a: Finding, b: Finding) => number;

/** The strongest cause first, equals by name and words: the same for the same set of findings, in whatever order they come. */
export function orderOf(findings: readonly Finding[]): Order {
  const keyed = findings.map((finding) => ({
    finding,
    rank: finding.cause.rank,
    name: JSON.stringify([keyOf(finding.object), finding.check, finding]),
  }));
  keyed.sort((a, b) => a.rank - b.rank || compareText(a.name, b.name));
  const places = new Map(keyed.map(({ finding }, place) => [finding, place]));
  return (a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0);
}
