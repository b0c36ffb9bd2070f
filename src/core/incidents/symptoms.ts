import type { Finding } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import type { SymptomCount } from '../model/incident.ts';
import { distinct } from '../model/ref-map.ts';
import { nameOf } from '../model/snapshot.ts';
import { cut } from '../model/text.ts';

const most = 3;

/** What hangs on one root, counted by check and reason, in the findings' order; each with its first three objects. */
export function countSymptoms(findings: readonly Finding[]): readonly SymptomCount[] {
  const groups = groupBy(findings, ({ check, reason }) => JSON.stringify([check, reason]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const objects = distinct(group.map(({ object }) => object));
    const examples = objects.slice(0, most).map(nameOf);
    return [
      {
        check: first.check,
        reason: first.reason,
        count: objects.length,
        examples,
        message: cut(first.message, 160),
      },
    ];
  });
}
