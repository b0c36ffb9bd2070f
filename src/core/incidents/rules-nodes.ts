import type { Finding } from '../model/finding.ts';
import { keyOf, type ObjectRef } from '../model/snapshot.ts';
import { parseTime } from '../model/time.ts';
import { addonRoleOf } from '../objects/addons.ts';
import { putOutAt } from '../objects/ended-pods.ts';
import { hasEnded, isReady } from '../objects/pod.ts';
import { failedBefore } from '../objects/pod-questions.ts';
import { once, remembering } from '../objects/remembered.ts';
import {
  beganAfter,
  comesFrom,
  firstBy,
  isFinding,
  lacksNetwork,
  type Rule,
  type Scene,
} from './scene.ts';

/** What a node does to what is bound to it. */
export interface NodeRules {
  /** Findings on the node that an object hangs on, of which the node is the cause. */
  readonly nodeUnder: (finding: Finding) => Finding | undefined;
  readonly rule: Rule;
  /** The lost node that something beside pods is bound to. */
  readonly lostUnder: (finding: Finding) => Finding | undefined;
  /** A node that alone explains why these workloads are short: as many pods as are missing have been unready since their nodes were lost, and no others are, or were evicted from a node in need. */
  readonly behind: (workloads: readonly ObjectRef[]) => Finding | undefined;
}

/** Checks that say that a node is lost with all that runs there. */
export const losing: readonly string[] = ['node-not-ready', 'node-lease-stale'];
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
  const short = named(['node-pressure']);
  const needy = named(['node-pressure', 'evicted']);
  const found = new Map<Finding, Finding | undefined>();

  function nodeUnder(finding: Finding): Finding | undefined {
    if (lost.size + short.size === 0 || finding.object.kind === 'Node') return undefined;
    if (!found.has(finding)) found.set(finding, find(finding));
    return found.get(finding);
  }

  function find(finding: Finding): Finding | undefined {
    const { proof, cause, check } = finding;
    if (cause.role === 'other' || cause.role === 'root' || anywhere.includes(check))
      return undefined;
    const name = proof.node ?? around.nodeOf(finding.object);
    if (name === undefined) return undefined;
    const pressure = short.get(name);
    if (pressure !== undefined && pressed.includes(check) && nearPressure(finding, pressure))
      return pressure;
    const node = lost.get(name);
    return node !== undefined && isIts(finding, node) && !brings(finding, node) ? node : undefined;
  }

  /** A volume that another node does not give back keeps its pod from starting: that node is lost, or says why it does not. */
  function detachesFrom(finding: Finding): Finding | undefined {
    if (finding.check !== 'volume-attach') return undefined;
    const attachments = around.attachmentsOf(finding.object);
    const own = finding.proof.node ?? around.nodeOf(finding.object);
    const nodes = attachments.flatMap(({ node }) => (node === own ? [] : (lost.get(node) ?? [])));
    const after = nodes.filter((node) => beganAfter(finding, node) !== false);
    const told = attachments.flatMap(({ ref }) => scene.on(ref).slice(0, 1));
    return after.sort(order)[0] ?? told.sort(order)[0];
  }

  const under = remembering((workload) => {
    const unready = around.topology
      .podsOf(workload)
      .filter((pod) => !isReady(pod) && !hasEnded(pod));
    const { desired, ready } = around.topology.standingOf(workload) ?? { desired: 0, ready: 0 };
    const nodes = unready.map((pod) => {
      const node = lost.get(pod.spec?.nodeName ?? '');
      return node !== undefined && failedBefore(pod, node.since) ? undefined : node;
    });
    if (nodes.includes(undefined) || nodes.length < desired - ready) return undefined;
    return { node: nodes.filter(isFinding).sort(order)[0] };
  });

  const evictor = remembering((workload) => {
    const { desired, ready } = around.topology.standingOf(workload) ?? { desired: 0, ready: 0 };
    const nodes = around.topology.podsOf(workload).flatMap((pod) => {
      const node =
        pod.status?.reason === 'Evicted' ? needy.get(pod.spec?.nodeName ?? '') : undefined;
      const at = parseTime(putOutAt(pod, 'Evicted', around.topology).since);
      const since = parseTime(node?.since);
      return at === null || since === null || at < since - pressureMs ? [] : (node ?? []);
    });
    return nodes.length < Math.max(desired - ready, 1) ? undefined : nodes.sort(order)[0];
  });

  /** By workload: the strongest lost node that a pod of it is on. */
  const leavers = once(
    () =>
      new Map(
        [...lost.values()].reverse().flatMap((node) =>
          around
            .podsOn(node.object.name)
            .filter((pod) => !isReady(pod) && !hasEnded(pod))
            .map((pod): [string, Finding] => [keyOf(around.topology.workloadOf(pod)), node]),
        ),
      ),
  );

  /** A pod that no node takes because of the taint that such a node carries, or that replaces a pod of a lost one. */
  function refused(finding: Finding): Finding | undefined {
    const { clause } = finding.proof;
    if (clause === undefined || finding.object.kind !== 'Pod') return undefined;
    if (/node\.kubernetes\.io\/(?:disk|memory|pid)-pressure/.test(clause)) return first(short);
    if (lost.size === 0) return undefined;
    if (/node\.kubernetes\.io\/(?:unreachable|not-ready)/.test(clause)) return first(lost);
    const node = leavers().get(keyOf(finding.workload));
    return node !== undefined && beganAfter(finding, node) === true ? node : undefined;
  }

  return {
    nodeUnder,
    rule: (finding) => comesFrom(nodeUnder(finding) ?? detachesFrom(finding) ?? refused(finding)),
    lostUnder: ({ object, proof }) =>
      object.kind === 'Node' ? undefined : lost.get(proof.node ?? ''),
    behind: (workloads) => {
      if (lost.size + needy.size === 0) return undefined;
      const all = workloads.map((workload) => under(workload)?.node ?? evictor(workload));
      return all.includes(undefined) ? undefined : all.filter(isFinding).sort(order)[0];
    },
  };
}

/** The strongest: they are in that order. */
function first(nodes: ReadonlyMap<string, Finding>): Finding | undefined {
  return nodes.values().next().value;
}

/** A node that waits for its network is not why that network fails. */
function brings({ workload }: Finding, node: Finding): boolean {
  return lacksNetwork(node) && addonRoleOf(workload) === 'network';
}

/** A container that failed before, or may have, is evidence of its own; of what the kubelet tells without an exit code only an earlier time is. */
function isIts(finding: Finding, node: Finding): boolean {
  const after = beganAfter(finding, node);
  return finding.proof.exitCode === undefined ? after !== false : after === true;
}

function nearPressure(finding: Finding, pressure: Finding): boolean {
  const [began, since] = [parseTime(finding.since), parseTime(pressure.since)];
  return began === null || since === null || began >= since - pressureMs;
}
