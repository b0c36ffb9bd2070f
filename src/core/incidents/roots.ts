import type { Finding } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import type { Root } from '../model/incident.ts';
import { keyOf, type ObjectRef } from '../model/snapshot.ts';
import { parseTime } from '../model/time.ts';
import { hasEnded, isReady } from '../objects/pod.ts';
import { explainsAcrossPods } from './causes.ts';
import type { Order } from './order.ts';
import { remembering } from './remembering.ts';
import type { Surroundings } from './surroundings.ts';

/** What a rule may ask while it looks for a finding's root. */
interface Scene {
  readonly around: Surroundings;
  readonly order: Order;
  /** Lost nodes by name, waiting or lost claims by key. */
  readonly nodes: ReadonlyMap<string, Finding>;
  readonly claims: ReadonlyMap<string, Finding>;
  /** Findings on the same top controller, the strongest first. */
  onWorkload(workload: ObjectRef): readonly Finding[];
  /** Of those, what no lost node is the cause of. */
  ownOf(workload: ObjectRef): Own;
  /** The lost node that alone explains why the workload is short. */
  nodeUnder(workload: ObjectRef): Finding | undefined;
}
interface Own {
  readonly findings: readonly Finding[];
  readonly causes: readonly Finding[];
  /** The strongest cause on each object, by key. */
  readonly causeOn: ReadonlyMap<string, Finding>;
}
type Rule = (finding: Finding, scene: Scene) => Root | undefined;

/** Where a finding comes from: the first rule that knows wins. What no rule knows comes from its own workload. */
const rules: readonly Rule[] = [
  missingReference,
  nodeOrClaimItself,
  waitsForClaim,
  downWithNode,
  ownCause,
  symptomOf,
];

/** The root of each finding, in the findings' order. It depends on the set of findings only, not on their order. */
export function rootsOf(
  findings: readonly Finding[],
  around: Surroundings,
  order: Order,
): readonly Root[] {
  const sorted = [...findings].sort(order);
  const byWorkload = groupBy(sorted, (each) => keyOf(each.workload));
  const onWorkload = (workload: ObjectRef) => byWorkload.get(keyOf(workload)) ?? [];
  const scene: Scene = {
    around,
    order,
    nodes: firstOf(sorted, 'node-not-ready', (each) => each.object.name),
    claims: firstOf(sorted, 'pvc-pending', (each) => keyOf(each.object)),
    onWorkload,
    ownOf: remembering((workload) => ownAmong(onWorkload(workload), scene)),
    nodeUnder: remembering((workload) => nodeUnder(workload, scene)),
  };
  return findings.map((finding) => rootOf(finding, scene));
}

function firstOf(
  sorted: readonly Finding[],
  check: string,
  key: (finding: Finding) => string,
): ReadonlyMap<string, Finding> {
  const found = sorted.filter((each) => each.check === check).reverse();
  return new Map(found.map((each) => [key(each), each]));
}

function rootOf(finding: Finding, scene: Scene): Root {
  for (const rule of rules) {
    const root = rule(finding, scene);
    if (root !== undefined) return root;
  }
  return rootAt(finding.workload, finding);
}

function rootAt({ kind, namespace, name }: ObjectRef, finding: Finding): Root {
  return { kind, namespace, name, reason: finding.cause.reason };
}

/** What does not exist is the root over all who wait for it. */
function missingReference({ proof }: Finding): Root | undefined {
  if (proof.missing === undefined) return undefined;
  const { kind, namespace, name, key } = proof.missing;
  return { kind, namespace, name, reason: key === undefined ? 'NotFound' : 'KeyNotFound' };
}

function nodeOrClaimItself(finding: Finding): Root | undefined {
  return finding.cause.role === 'root' ? rootAt(finding.object, finding) : undefined;
}

/** A pod that waits for a claim goes where the claim's own finding goes (to a StorageClass that is not there, say). */
function waitsForClaim(finding: Finding, scene: Scene): Root | undefined {
  const { namespace } = finding.object;
  const waiting = (finding.proof.claims ?? []).flatMap(
    (name) => scene.claims.get(keyOf({ kind: 'PersistentVolumeClaim', namespace, name })) ?? [],
  );
  const claim = waiting.sort(scene.order)[0];
  return claim === undefined ? undefined : rootOf(claim, scene);
}

/** What a lost node does to its pods, also where the pod does not say since when. Pulls and references fail on any node. */
const lostWithNode = ['pod-not-ready', 'stuck-terminating', 'volume-mount'];
/** What it may do, so that only what began with the loss is taken for its work: a container that failed before is evidence of its own. */
const failsWithNode = ['crash-loop', 'oom-killed', 'start-error', 'init-failing'];
/** Clocks differ, and the node controller waits 40 s: a pod may seem to fail a little before its node. */
const slackMs = 2 * 60 * 1000;

function downWithNode(finding: Finding, scene: Scene): Root | undefined {
  if (finding.object.kind !== 'Pod') return undefined;
  const name = finding.proof.node ?? scene.around.nodeOf(finding.object);
  const node = scene.nodes.get(name ?? '');
  if (node === undefined) return undefined;
  const began = parseTime(finding.since);
  const lost = parseTime(node.since);
  const after = began === null || lost === null ? undefined : began >= lost - slackMs;
  const isIts =
    (lostWithNode.includes(finding.check) && after !== false) ||
    (failsWithNode.includes(finding.check) && after === true);
  return isIts ? rootOf(node, scene) : undefined;
}

/** A cause of its own, unless a stronger one explains it. */
function ownCause(finding: Finding, scene: Scene): Root | undefined {
  const role = finding.cause.role;
  if (role === 'symptom') return undefined;
  const stronger = role === 'cause' ? explanationOf(finding, scene) : undefined;
  return stronger === undefined ? rootAt(finding.workload, finding) : rootOf(stronger, scene);
}

function explanationOf(finding: Finding, scene: Scene): Finding | undefined {
  for (const each of scene.onWorkload(finding.workload)) {
    // They are sorted: from here on nothing is stronger.
    if (each.cause.rank >= finding.cause.rank) return undefined;
    if (each.cause.role !== 'cause' || !explains(each, finding)) continue;
    if (downWithNode(each, scene) === undefined) return each;
  }
  return undefined;
}

/** In one pod the stronger cause of a container explains its weaker ones, and what holds the whole pod back explains all. */
function explains(strong: Finding, weak: Finding): boolean {
  const [a, b] = [strong.proof.container, weak.proof.container];
  if (strong.object.name === weak.object.name) return a === undefined || a === b;
  const sameRevision = strong.proof.templateHash === weak.proof.templateHash;
  return a === b && sameRevision && explainsAcrossPods(strong.check, weak.check);
}

/** A symptom joins the cause on its own object, else the strongest of its workloads, else the node that explains all of it, else the strongest symptom. */
function symptomOf(finding: Finding, scene: Scene): Root | undefined {
  if (finding.cause.role !== 'symptom') return undefined;
  const about = aboutOf(finding, scene);
  const owns = about.map((each) => scene.ownOf(each));
  const strongest = (among: readonly (Finding | undefined)[]): Finding | undefined =>
    among.filter(isFinding).sort(scene.order)[0];
  const above =
    strongest(owns.map(({ causeOn }) => causeOn.get(keyOf(finding.object)))) ??
    strongest(owns.map(({ causes }) => causes[0])) ??
    nodeBehind(about, scene) ??
    strongest(owns.map(({ findings }) => findings[0]));
  return above === undefined || above === finding ? undefined : rootOf(above, scene);
}

function ownAmong(onWorkload: readonly Finding[], scene: Scene): Own {
  const findings = onWorkload.filter((each) => downWithNode(each, scene) === undefined);
  const causes = findings.filter((each) => ['cause', 'alone'].includes(each.cause.role));
  const weakestFirst = [...causes].reverse();
  const causeOn = new Map(weakestFirst.map((each) => [keyOf(each.object), each]));
  return { findings, causes, causeOn };
}

/** A Service is about whom it selects, anything else about its workload. */
function aboutOf(finding: Finding, scene: Scene): readonly ObjectRef[] {
  const selected = scene.around.selectedBy(finding.object);
  return selected.length > 0 ? selected : [finding.workload];
}

/** A lost node whose loss alone explains the shortage: nodes are lost under every unready pod, and those are as many as are missing. */
function nodeBehind(workloads: readonly ObjectRef[], scene: Scene): Finding | undefined {
  if (scene.nodes.size === 0) return undefined;
  const behind = workloads.map((workload) => scene.nodeUnder(workload));
  return behind.includes(undefined) ? undefined : behind.filter(isFinding).sort(scene.order)[0];
}

function nodeUnder(workload: ObjectRef, { around, nodes, order }: Scene): Finding | undefined {
  const unready = around.topology.podsOf(workload).filter((pod) => !isReady(pod) && !hasEnded(pod));
  const { desired, ready } = around.topology.standingOf(workload) ?? { desired: 0, ready: 0 };
  const lost = unready.map((pod) => nodes.get(pod.spec?.nodeName ?? ''));
  if (lost.includes(undefined) || lost.length < desired - ready) return undefined;
  return lost.filter(isFinding).sort(order)[0];
}

function isFinding(finding: Finding | undefined): finding is Finding {
  return finding !== undefined;
}
