import type { Finding } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { keyOf, type ObjectRef } from '../model/snapshot.ts';
import { parseTime } from '../model/time.ts';
import { hasEnded, isReady } from '../objects/pod.ts';
import { remembering } from './remembering.ts';
import { beganAfter, comesFrom, firstBy, isFinding, type Rule, type Scene } from './scene.ts';

/** What a node does to what is bound to it. */
export interface NodeRules {
  /** Findings on the node that an object hangs on, of which the node is the cause. */
  readonly nodeUnder: (finding: Finding) => Finding | undefined;
  readonly rule: Rule;
  /** A lost node whose loss alone explains why these workloads are short: nodes are lost under every unready pod, and those are as many as are missing. */
  readonly behind: (workloads: readonly ObjectRef[]) => Finding | undefined;
}

const losing = ['node-not-ready', 'node-lease-stale'];
const pressing = ['node-pressure'];
/** What the kubelet does to pods when the node runs out of something. */
const pressed = ['evicted', 'admission-rejected', 'container-status-unknown'];
/** Pulls and references fail on any node. */
const anywhere = ['image-pull', 'config-error'];
/** A pod may be evicted shortly before the condition's last change: it goes up and down. */
const pressureMs = 30 * 60 * 1000;

export function nodesIn(scene: Scene): NodeRules {
  const { around, order, sorted } = scene;
  const named = (checks: readonly string[]) =>
    firstBy(
      sorted.filter(({ check, object }) => checks.includes(check) && object.kind === 'Node'),
      ({ object }) => [object.name],
    );
  const lost = named(losing);
  const short = named(pressing);
  const found = new Map<Finding, Finding | undefined>();

  function nodeUnder(finding: Finding): Finding | undefined {
    if (lost.size + short.size === 0 || finding.object.kind === 'Node') return undefined;
    if (!found.has(finding)) found.set(finding, find(finding));
    return found.get(finding);
  }

  function find(finding: Finding): Finding | undefined {
    const { proof, cause, check } = finding;
    if (cause.role === 'other' || cause.role === 'root' || anywhere.includes(check)) return undefined;
    const name = proof.node ?? (around.nodeOf(finding.object) || undefined);
    if (name === undefined) return detachesFrom(finding);
    const pressure = short.get(name);
    if (pressure !== undefined && pressed.includes(check) && nearPressure(finding, pressure))
      return pressure;
    const node = lost.get(name);
    if (node !== undefined) return isIts(finding, node) ? node : undefined;
    return detachesFrom(finding);
  }

  /** A volume that is still attached to a lost node keeps its pod from starting elsewhere. */
  function detachesFrom(finding: Finding): Finding | undefined {
    if (finding.check !== 'volume-attach' || lost.size === 0) return undefined;
    const nodes = around.attachedTo(finding.object).flatMap((name) => lost.get(name) ?? []);
    return nodes.filter((node) => beganAfter(finding, node) !== false).sort(order)[0];
  }

  const under = remembering((workload) => {
    const unready = around.topology.podsOf(workload).filter((pod) => !isReady(pod) && !hasEnded(pod));
    const { desired, ready } = around.topology.standingOf(workload) ?? { desired: 0, ready: 0 };
    const nodes = unready.map((pod) => lost.get(pod.spec?.nodeName ?? ''));
    if (nodes.includes(undefined) || nodes.length < desired - ready) return undefined;
    return { node: nodes.filter(isFinding).sort(order)[0] };
  });

  return {
    nodeUnder,
    rule: (finding) => comesFrom(nodeUnder(finding) ?? refused(finding)),
    behind: (workloads) => {
      if (lost.size === 0) return undefined;
      const all = workloads.map((workload) => under(workload)?.node);
      return all.includes(undefined) ? undefined : all.filter(isFinding).sort(order)[0];
    },
  };

  /** A pod that no node takes because of the taint that such a node carries, or that replaces a pod of a lost one. */
  function refused(finding: Finding): Finding | undefined {
    const { clause } = finding.proof;
    if (clause === undefined || finding.object.kind !== 'Pod') return undefined;
    if (/node\.kubernetes\.io\/(?:disk|memory|pid)-pressure/.test(clause))
      return [...short.values()].sort(order)[0];
    if (lost.size === 0) return undefined;
    if (/node\.kubernetes\.io\/(?:unreachable|not-ready)/.test(clause))
      return [...lost.values()].sort(order)[0];
    const node = replaces(finding.workload);
    return node !== undefined && beganAfter(finding, node) === true ? node : undefined;
  }

  function replaces(workload: ObjectRef): Finding | undefined {
    return leavers().get(keyOf(workload));
  }

  let left: ReadonlyMap<string, Finding> | undefined;
  /** By workload: the strongest lost node that a pod of it is on. */
  function leavers(): ReadonlyMap<string, Finding> {
    left ??= new Map(
      [...lost.values()]
        .sort(order)
        .reverse()
        .flatMap((node) =>
          around
            .podsOn(node.object.name)
            .filter((pod) => !isReady(pod) && !hasEnded(pod))
            .map((pod): [string, Finding] => [keyOf(around.topology.workloadOf(pod)), node]),
        ),
    );
    return left;
  }
}

/** A container that failed before, or may have, is evidence of its own; of what the kubelet tells without an exit code only an earlier time is. */
function isIts(finding: Finding, node: Finding): boolean {
  const after = beganAfter(finding, node);
  return finding.proof.exitCode === undefined ? after !== false : after === true;
}

function nearPressure(finding: Finding, pressure: Finding): boolean {
  const [began, pressing] = [parseTime(finding.since), parseTime(pressure.since)];
  return began === null || pressing === null || began >= pressing - pressureMs;
}

/** Labels that managed and self-made clusters put on the nodes of one pool. */
const poolLabels = [
  'eks.amazonaws.com/nodegroup',
  'alpha.eksctl.io/nodegroup-name',
  'cloud.google.com/gke-nodepool',
  'kubernetes.azure.com/agentpool',
  'agentpool',
  'karpenter.sh/nodepool',
  'doks.digitalocean.com/node-pool',
  'kops.k8s.io/instancegroup',
  'cluster.x-k8s.io/deployment-name',
];
const zoneLabels = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];
/** Nodes that go within this span of the first go together. */
const togetherMs = 10 * 60 * 1000;

/** Nodes of one zone or pool. */
interface Place {
  readonly kind: 'Zone' | 'NodePool';
  readonly name: string;
  readonly nodes: number;
}
/** Lost nodes that went together, and where. */
export interface Loss extends Place {
  readonly members: readonly Finding[];
}

/** Zones and pools that several nodes were lost of within ten minutes: each lost node in the one of which the greatest part is lost. */
export function lossesIn({ around, sorted }: Scene): readonly Loss[] {
  const lost = sorted.filter(({ check }) => losing.includes(check));
  const nodes = [...firstBy(lost, ({ object }) => [object.name]).values()];
  if (nodes.length < 2) return [];
  const all = [...groupsOf(nodes, (node) => around.placesOf(node.object.name, zoneLabels), 'Zone', around.nodesAt),
    ...groupsOf(nodes, (node) => around.placesOf(node.object.name, poolLabels), 'NodePool', around.nodesAt)];
  const taken = new Set<Finding>();
  return all
    .sort((a, b) => b.members.length / b.nodes - a.members.length / a.nodes)
    .flatMap((loss) => {
      const members = loss.members.filter((each) => !taken.has(each));
      if (members.length < 2) return [];
      for (const each of members) taken.add(each);
      return [{ ...loss, members }];
    });
}

function groupsOf(
  nodes: readonly Finding[],
  placesOf: (node: Finding) => readonly string[],
  kind: Place['kind'],
  nodesAt: (place: string) => number,
): readonly Loss[] {
  const placed = nodes.flatMap((node) => placesOf(node).slice(0, 1).map((place) => ({ node, place })));
  return [...groupBy(placed, ({ place }) => place)].flatMap(([place, members]) =>
    together(members.map(({ node }) => node)).map((group) => ({
      kind,
      name: place.slice(place.indexOf('=') + 1),
      nodes: nodesAt(place),
      members: group,
    })),
  );
}

/** Runs of at least two that began within the span of their first. */
function together(nodes: readonly Finding[]): readonly (readonly Finding[])[] {
  const timed = nodes
    .flatMap((node) => ({ node, at: parseTime(node.since) ?? Number.NaN }))
    .filter(({ at }) => !Number.isNaN(at))
    .sort((a, b) => a.at - b.at);
  const runs: { readonly first: number; readonly nodes: Finding[] }[] = [];
  for (const { node, at } of timed) {
    const run = runs.at(-1);
    if (run !== undefined && at - run.first <= togetherMs) run.nodes.push(node);
    else runs.push({ first: at, nodes: [node] });
  }
  return runs.map((run) => run.nodes).filter(({ length }) => length > 1);
}
