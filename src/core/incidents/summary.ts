import type { Finding } from '../model/finding.ts';
import type { Root } from '../model/incident.ts';
import { distinct } from '../model/ref-map.ts';
import { isSame, nameOf } from '../model/snapshot.ts';
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
  const waiting = distinct(
    findings
      .filter((each) => !besides.includes(each.object.kind) && !isSame(each.workload, root))
      .map((each) => each.workload),
  ).length;
  const pods = podsOf(findings);
  if (root.kind === 'Node') return pods === 0 ? '' : `; ${count(pods, 'pod')} down with it`;
  if (lead !== undefined && !isSame(lead.workload, root))
    return waiting > 1 ? `; ${count(waiting, 'workload')} wait for it` : ofMany(pods);
  if (waiting > 0 && ['PersistentVolumeClaim', 'ResourceQuota'].includes(root.kind))
    return `; ${count(waiting, 'workload waits', 'workloads wait')} for it`;
  const failing = distinct(
    findings
      .filter(({ object, workload }) => object.kind === 'Pod' && !isSame(workload, root))
      .map(({ workload }) => workload),
  ).length;
  const own = podsOf(findings.filter(({ workload }) => isSame(workload, root)));
  const others = `; ${count(failing, 'workload fails', 'workloads fail')} with it`;
  return `${ofMany(own)}${failing > 0 ? others : ''}`;
}

/** What waits for nothing by itself: its pods' workload does. */
const besides: readonly string[] = [
  'Service',
  'Ingress',
  'PersistentVolumeClaim',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
];

function ofMany(pods: number): string {
  return pods > 1 ? `; ${pods} pods in all` : '';
}

function podsOf(findings: readonly Finding[]): number {
  const pods = findings.filter(({ object }) => object.kind === 'Pod');
  return distinct(pods.map(({ object }) => object)).length;
}
