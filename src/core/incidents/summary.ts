import type { Finding } from '../model/finding.ts';
import type { Root } from '../model/incident.ts';
import { keyOf, nameOf } from '../model/snapshot.ts';
import { count, cut } from '../model/text.ts';

const longest = 300;
/** Kept free for what follows the leading finding's words. */
const tailLimit = 90;

/** One sentence of facts: the leading finding in its own words, and how much more hangs on the same root; or what all of them together say. */
export function summarize(root: Root, findings: readonly Finding[], said?: string): string {
  const [lead] = findings;
  if (said !== undefined) return cut(said, longest);
  if (lead === undefined) return cut(`${root.kind} ${nameOf(root)}: ${root.reason}`, longest);
  const tail = cut(tailOf(root, findings), tailLimit);
  const words = lead.message.replace(/[.\s]+$/, '');
  return `${cut(words, longest - tail.length)}${tail}`;
}

function tailOf(root: Root, findings: readonly Finding[]): string {
  const [lead] = findings;
  const waiting = new Set(
    findings
      // A Service waits for nothing by itself: its pods' workload does.
      .filter((each) => each.object.kind !== 'Service' && keyOf(each.workload) !== keyOf(root))
      .map((each) => keyOf(each.workload)),
  ).size;
  const pods = podsOf(findings);
  if (root.kind === 'Node') return pods === 0 ? '' : `; ${count(pods, 'pod')} down with it`;
  if (lead !== undefined && keyOf(lead.workload) !== keyOf(root))
    return waiting > 1 ? `; ${count(waiting, 'workload')} wait for it` : ofMany(pods);
  if (waiting > 0 && root.kind === 'PersistentVolumeClaim')
    return `; ${count(waiting, 'workload waits', 'workloads wait')} for it`;
  return ofMany(pods);
}

function ofMany(pods: number): string {
  return pods > 1 ? `; ${pods} pods in all` : '';
}

function podsOf(findings: readonly Finding[]): number {
  const pods = findings.filter(({ object }) => object.kind === 'Pod');
  return new Set(pods.map(({ object }) => keyOf(object))).size;
}
