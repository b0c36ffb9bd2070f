import type { Finding } from '../model/finding.ts';
import { keyOf, type ObjectRef } from '../model/snapshot.ts';
import type { Link } from './origins.ts';
import { beganAfter, comesFrom, firstBy, isCause, isFinding, type Rule, rootAt, type Scene } from './scene.ts';

/** Rules on what a finding says by name: what does not exist, what stands in its way, what it stands on. */
export interface References {
  /** What does not exist is the root over all who wait for it, or a symptom of what should have made it. */
  readonly missing: Rule;
  readonly blocked: Rule;
  readonly claims: Rule;
  readonly depends: Rule;
}

/** Names of no object, which one finding speaks for all the same. */
const bare = ['Webhook', 'CSIDriver'];

export function referencesIn(scene: Scene): References {
  const { sorted } = scene;
  const speakers = firstBy(
    sorted.filter(({ cause }) => cause.role === 'root'),
    ({ proof }) => (proof.dependsOn ?? []).filter(({ kind }) => bare.includes(kind)).map(keyOf),
  );
  /** The reason of each object that blocks others: one word for all of them. */
  const blockers = new Map(
    [...sorted].reverse().flatMap(({ proof: { blockedBy } }) =>
      blockedBy === undefined ? [] : [[keyOf(blockedBy), blockedBy.reason]],
    ),
  );
  const waitingFor = remembered(sorted, scene);

  function blocked(finding: Finding): Link | undefined {
    const { blockedBy } = finding.proof;
    if (blockedBy !== undefined) {
      const speaker = speakers.get(keyOf(blockedBy));
      if (speaker !== undefined && speaker !== finding) return { from: speaker };
      return { root: rootAt(blockedBy, blockers.get(keyOf(blockedBy)) ?? blockedBy.reason) };
    }
    // What is found about the blocker itself is the same incident as what it blocks.
    const own = finding.cause.role === 'root' ? blockers.get(keyOf(finding.object)) : undefined;
    return own === undefined ? undefined : { root: rootAt(finding.object, own) };
  }

  return {
    missing: (finding) => missing(finding, scene),
    blocked,
    claims: (finding) => waitsForClaim(finding, scene),
    depends: (finding) => {
      const behind = (finding.proof.dependsOn ?? []).flatMap(
        (ref) => (standsOn(ref, finding, scene) ?? other(speakers.get(keyOf(ref)), finding)) ?? [],
      );
      return comesFrom(behind.sort(scene.order)[0]) ?? waitingFor(finding);
    },
  };
}

function other(found: Finding | undefined, finding: Finding): Finding | undefined {
  return found === finding ? undefined : found;
}

function missing({ proof }: Finding, scene: Scene): Link | undefined {
  if (proof.missing === undefined) return undefined;
  const { key, ...object } = proof.missing;
  const maker = scene.makerOf(object);
  if (maker !== undefined) return { from: maker };
  return { root: rootAt(object, key === undefined ? 'NotFound' : 'KeyNotFound') };
}

/** A pod that waits for a claim goes where the claim's own finding goes (to a StorageClass that is not there, say). */
function waitsForClaim({ object: { namespace }, proof }: Finding, scene: Scene): Link | undefined {
  const waiting = (proof.claims ?? []).flatMap((name) =>
    rootOn({ kind: 'PersistentVolumeClaim', namespace, name }, scene).slice(0, 1),
  );
  return comesFrom(waiting.sort(scene.order)[0]);
}

function rootOn(object: ObjectRef, scene: Scene): readonly Finding[] {
  return scene.on(object).filter(({ cause }) => cause.role === 'root');
}

/** What is wrong with an object that `finding` stands on: with itself, or with the pods behind a Service. */
function standsOn(ref: ObjectRef, finding: Finding, scene: Scene): Finding | undefined {
  const byMessage = finding.cause.role !== 'root' && finding.proof.decidedBy === 'message';
  const behind = workloadsOf(ref, scene)
    .filter((workload) => keyOf(workload) !== keyOf(finding.workload))
    .flatMap((workload) => failureOf(workload, scene) ?? []);
  const own = scene.on(ref).filter((each) => each !== finding && each.cause.role !== 'other');
  const found = [behind.sort(scene.order)[0], own[0]].filter(isFinding);
  // A text names what it met, not what is wrong with it: then that must fail indeed, and must have failed before.
  return found.find(
    (each) => !byMessage || (isFailing(each) && beganAfter(finding, each) !== false),
  );
}

function workloadsOf(ref: ObjectRef, { around }: Scene): readonly ObjectRef[] {
  return ref.kind === 'Service' ? around.selectedBy(ref) : [ref];
}

/** The strongest cause on a workload that does not serve as it should. */
export function failureOf(workload: ObjectRef, scene: Scene): Finding | undefined {
  const all = scene.onWorkload(workload);
  return all.some(isFailing) ? (all.find(isCause) ?? all[0]) : undefined;
}

function isFailing({ impact }: Finding): boolean {
  return impact === 'outage' || impact === 'degraded';
}

/** Several workloads whose own words name one Service, of which nothing else is found: that Service is the root. */
function remembered(sorted: readonly Finding[], scene: Scene): Rule {
  const callers = new Map<string, { readonly service: ObjectRef; readonly workloads: Set<string> }>();
  for (const { proof, workload } of sorted)
    for (const service of proof.decidedBy === 'message' ? (proof.dependsOn ?? []) : []) {
      if (service.kind !== 'Service') continue;
      const known = callers.get(keyOf(service)) ?? { service, workloads: new Set() };
      known.workloads.add(keyOf(workload));
      callers.set(keyOf(service), known);
    }
  return ({ proof }) => {
    const named = proof.decidedBy === 'message' ? (proof.dependsOn ?? []) : [];
    const shared = named
      .flatMap((ref) => callers.get(keyOf(ref)) ?? [])
      .find(({ service, workloads }) => workloads.size > 1 && scene.on(service).length === 0);
    if (shared === undefined) return undefined;
    const said = `Service ${shared.service.namespace ?? ''}/${shared.service.name} does not answer: ${shared.workloads.size} workloads fail with its name in their last words`;
    return {
      root: rootAt(shared.service, 'DependencyUnreachable'),
      told: { cause: 'likely', said },
    };
  };
}
