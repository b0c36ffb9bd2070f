import type { Finding } from '../model/finding.ts';
import type { Root } from '../model/incident.ts';
import { distinct } from '../model/ref-map.ts';
import { isSame, nameOf, type ObjectRef } from '../model/snapshot.ts';
import { count, cut } from '../model/text.ts';

const longest = 300;
/** Kept free for what follows the leading finding's words. */
const tailLimit = 90;

/** What grouping knows beside the findings. */
interface Beside {
  /** What all of them together say. */
  readonly said?: string | undefined;
  /** Those of which nobody knows that they come from the root. */
  readonly guessed?: ReadonlySet<Finding>;
}

/** One sentence of facts: the leading finding in its own words, and how much more hangs on the same root; or what all of them together say. */
export function summarize(
  root: Root,
  findings: readonly Finding[],
  { said, guessed = new Set() }: Beside = {},
): string {
  const [lead] = findings;
  if (said !== undefined) return cut(said, longest);
  if (lead === undefined) return cut(`${root.kind} ${nameOf(root)}: ${root.reason}`, longest);
  const tail = cut(tailOf(root, findings, guessed), tailLimit);
  const words = lead.message.replace(/[.\s]+$/, '');
  return `${cut(words, longest - tail.length)}${tail}`;
}

function tailOf(root: Root, findings: readonly Finding[], guessed: ReadonlySet<Finding>): string {
  const [lead] = findings;
  const waiting = distinct(
    findings
      .filter((each) => !besides.includes(each.object.kind) && !isSame(each.workload, root))
      .map((each) => each.workload),
  ).length;
  const pods = podsOf(findings);
  const saysWho = /\bpods? waits? for it\b/.test(lead?.message ?? '');
  if (root.kind === 'Node')
    return pods === 0 || saysWho ? '' : `; ${count(pods, 'pod')} down with it`;
  if (lead !== undefined && !isSame(lead.workload, root))
    return waiting > 1 ? `; ${count(waiting, 'workload')} wait for it` : ofMany(pods);
  const wait = `; ${count(waiting, 'workload waits', 'workloads wait')} for it`;
  if (['PersistentVolumeClaim', 'ResourceQuota'].includes(root.kind))
    return waiting > (saysWho ? 1 : 0) ? wait : '';
  const others = findings.filter(({ workload }) => !isSame(workload, root));
  const hit = others.filter(({ object }) => object.kind === 'Pod');
  const sure = workloadsOf(hit.filter((each) => !guessed.has(each)));
  const likely = workloadsOf(hit.filter((each) => guessed.has(each)));
  const own = ofMany(podsOf(findings.filter(({ workload }) => isSame(workload, root))));
  const failing = [
    ...(sure > 0 ? [`; ${count(sure, 'workload fails', 'workloads fail')} with it`] : []),
    ...(likely > 0
      ? [
          `; ${count(likely, 'workload that uses it fails', 'workloads that use it fail')} too, likely for it`,
        ]
      : []),
  ];
  if (failing.length > 0) return `${own}${failing.join('')}`;
  return lead?.cause.role === 'root' ? hangingOn(others.map(({ object }) => object)) : own;
}

function workloadsOf(findings: readonly Finding[]): number {
  return distinct(findings.map(({ workload }) => workload)).length;
}

/** `; 3 Certificates hang on it`: what is neither a pod nor waits. */
function hangingOn(objects: readonly ObjectRef[]): string {
  const all = distinct(objects.filter(({ kind }) => !besides.includes(kind)));
  if (all.length === 0) return '';
  const [kind = '', ...kinds] = new Set(all.map((each) => each.kind));
  const noun = kinds.length === 0 && !/[sy]$/.test(kind) ? kind : 'object';
  return `; ${count(all.length, `${noun} hangs`, `${noun}s hang`)} on it`;
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
