/** What keeps a pod from every node that could else take it. */
export interface Obstacle {
  /** `UnschedulableResources` … */
  readonly reason: string;
  /** The clause that decides, as the scheduler wrote it, without its number of nodes. */
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

const rules: readonly Rule[] = [
  { reason: 'UnschedulablePVC', pattern: /persistentvolumeclaims?\b/i, tier: 0 },
  {
    reason: 'UnschedulableVolume',
    pattern:
      /volume node affinity conflict|max volume count|persistent ?volumes?\b|pv\(s\)|volume zone|free storage/i,
    tier: 1,
  },
  { reason: 'UnschedulableResources', pattern: /\bInsufficient \S/, tier: 2 },
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
  { reason: 'UnschedulableTaint', pattern: /\btaints?\b|were unschedulable/i, tier: 4 },
];

interface Clause {
  readonly rule: Rule;
  readonly text: string;
  readonly nodes: number;
}

/** Reads a PodScheduled condition's message, `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {a: b}. preemption: …`; undefined where it says nothing known. */
export function obstacleOf(message: string): Obstacle | undefined {
  const clauses = clausesOf(message);
  const first = [...clauses].sort((a, b) => a.rule.tier - b.rule.tier || b.nodes - a.nodes)[0];
  if (first === undefined) return undefined;
  const same = clauses.filter(({ rule }) => rule.reason === first.rule.reason);
  return {
    reason: first.rule.reason,
    clause: first.text.replace(/^\d+ /, ''),
    clauses: same.map(({ text }) => text),
    claim: /persistentvolumeclaim "([^"]+)"/i.exec(first.text)?.[1],
  };
}

function clausesOf(message: string): readonly Clause[] {
  const body =
    message.replace(/^\d+\/\d+ nodes are available: ?/, '').split(/\.? preemption: /)[0] ?? '';
  return body.split(/, (?=\d)/).flatMap((part): Clause[] => {
    const text = part.trim().replace(/\.$/, '');
    const rule = rules.find(({ pattern }) => pattern.test(text));
    return rule === undefined ? [] : [{ rule, text, nodes: Number(/^\d+/.exec(text)?.[0] ?? 0) }];
  });
}
