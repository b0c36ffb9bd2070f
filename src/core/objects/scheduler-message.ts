import { compareText } from '../model/text.ts';

/** What keeps a pod from every node that could else take it. */
export interface Obstacle {
  /** `UnschedulableResources` … */
  readonly reason: string;
  /** The clause that decides, as the scheduler wrote it, without its number of nodes. */
  readonly decisive: string;
  /** All clauses of the message without their numbers, sorted: pods that the same things keep waiting have the same. */
  readonly clause: string;
  /** All clauses of the same reason, with their numbers. */
  readonly clauses: readonly string[];
  /** The claim that the clause names. */
  readonly claim: string | undefined;
}

interface Rule {
  readonly reason: string;
  readonly pattern: RegExp;
  /** Obstacles of the whole pod go first; then those of nodes that pass selector and taints, which alone could take it; then selector; then taints. */
  readonly tier: number;
}

/** The words of the scheduler's plugins (kubernetes/pkg/scheduler/framework/plugins, 1.20 to 1.35). */
const rules: readonly Rule[] = [
  {
    reason: 'UnschedulablePVC',
    // While it binds the volumes the scheduler names only its plugin.
    pattern: /persistentvolumeclaims?\b(?!.{0,60}access mode)|\bbinding volumes\b/i,
    tier: 0,
  },
  {
    reason: 'UnschedulableVolume',
    pattern:
      /volume node affinity conflict|PersistentVolume's node affinity|max volume count|persistent ?volumes?\b|pv\(s\)|volume zone|free storage|no available disk|access mode/i,
    tier: 1,
  },
  // Devices by claim (DRA) are a resource like any other.
  {
    reason: 'UnschedulableResources',
    pattern: /\bInsufficient \S|resource ?claim|cannot allocate all claims/i,
    tier: 2,
  },
  { reason: 'UnschedulablePodSlots', pattern: /Too many pods|free ports/i, tier: 2 },
  {
    reason: 'UnschedulableAffinity',
    pattern: /pod (?:anti-)?affinity|existing pods anti-affinity|topology spread/i,
    tier: 2,
  },
  {
    reason: 'UnschedulableNodeSelector',
    pattern: /node affinity|node selector|requested node name/i,
    tier: 3,
  },
  {
    reason: 'UnschedulableTaint',
    pattern: /\btaints?\b|untolerated|were unschedulable/i,
    tier: 4,
  },
];

interface Clause {
  readonly rule: Rule;
  readonly text: string;
  readonly nodes: number;
}

/** Reads a PodScheduled condition's message, `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {a: b}. preemption: …`; undefined where it says nothing known. */
export function obstacleOf(message: string): Obstacle | undefined {
  const parts = partsOf(message);
  const clauses = parts.flatMap(clauseOf);
  const first = [...clauses].sort(
    (a, b) => a.rule.tier - b.rule.tier || b.nodes - a.nodes || compareText(a.text, b.text),
  )[0];
  if (first === undefined) return undefined;
  const same = clauses.filter(({ rule }) => rule.reason === first.rule.reason);
  return {
    reason: first.rule.reason,
    decisive: withoutNumber(first.text),
    clause: [...new Set(parts.map(withoutNumber))].sort().join(', '),
    clauses: same.map(({ text }) => text),
    claim: /persistentvolumeclaim "([^"]+)"/i.exec(first.text)?.[1],
  };
}

/** What the clauses say is short: `cpu`, `nvidia.com/gpu`. */
export function shortResources(clauses: readonly string[]): readonly string[] {
  return clauses.flatMap((text) => /\bInsufficient (\S{1,253})/.exec(text)?.[1] ?? []);
}

/** What the plugins say that look for a way out: preemption, since 1.31 also devices by claim. */
const afterthought =
  /\.? (?:preemption: |no new claims to deallocate|still not schedulable|deallocation of ResourceClaim)/;

function partsOf(message: string): readonly string[] {
  const body = message.replace(/^\d+\/\d+ nodes are available: ?/, '').split(afterthought)[0] ?? '';
  return body
    .split(/, (?=\d)/)
    .map((part) => part.trim().replace(/\.$/, ''))
    .filter((part) => part !== '');
}

function clauseOf(text: string): readonly Clause[] {
  const rule = rules.find(({ pattern }) => pattern.test(text));
  return rule === undefined ? [] : [{ rule, text, nodes: Number(/^\d+/.exec(text)?.[0] ?? 0) }];
}

function withoutNumber(text: string): string {
  return text.replace(/^\d+ /, '');
}
