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
    name: `${keyOf(finding.object)} ${finding.check}`,
  }));
  // What a finding says in full is only asked where two are of one check on one object.
  keyed.sort(
    (a, b) =>
      a.rank - b.rank ||
      compareText(a.name, b.name) ||
      compareText(JSON.stringify(a.finding), JSON.stringify(b.finding)),
  );
  const places = new Map(keyed.map(({ finding }, place) => [finding, place]));
  return (a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0);
}
