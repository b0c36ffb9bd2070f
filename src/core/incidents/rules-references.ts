import type { Finding } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { keyOf, nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isKind } from '../objects/kinds.ts';
import type { Link } from './origins.ts';
import {
  beganAfter,
  comesFrom,
  failureOf,
  firstBy,
  isFailing,
  type Rule,
  rootAt,
  type Scene,
} from './scene.ts';

/** Rules on what a finding says by name: what does not exist, what stands in its way, what it stands on. */
export interface References {
  /** What does not exist is the root over all who wait for it, or a symptom of what should have made it. */
  readonly missing: Rule;
  readonly blocked: Rule;
  readonly claims: Rule;
  /** What the API's own references name. */
  readonly depends: Rule;
  /** What a container's last words name: a Service that it could not reach. */
  readonly heard: Rule;
}

export function referencesIn(scene: Scene): References {
  const { sorted } = scene;
  const speakers = speakersIn(sorted);
  /** The reason of each object that blocks others: one word for all of them. */
  const blockers = new Map(
    [...sorted]
      .reverse()
      .flatMap(({ proof: { blockedBy } }) =>
        blockedBy === undefined ? [] : [[keyOf(blockedBy), blockedBy.reason]],
      ),
  );
  const unanswered = unansweredIn(scene);

  function blocked(finding: Finding): Link | undefined {
    const { blockedBy } = finding.proof;
    if (blockedBy !== undefined) {
      const speaker = speakers.get(speakerKey(blockedBy, finding));
      // Who denies has been reached: that nobody is behind it is another matter.
      if (speaker !== undefined && speaker !== finding && !/Denied$/.test(blockedBy.reason))
        return { from: speaker };
      return { root: rootAt(blockedBy, blockers.get(keyOf(blockedBy)) ?? blockedBy.reason) };
    }
    const heard = webhookIn(finding);
    const behind = heard === undefined ? undefined : speakers.get(keyOf(heard));
    if (behind !== undefined && behind !== finding) return { from: behind };
    // What is found about the blocker itself is the same incident as what it blocks.
    const own = finding.cause.role === 'root' ? blockers.get(keyOf(finding.object)) : undefined;
    return own === undefined ? undefined : { root: rootAt(finding.object, own) };
  }

  return {
    missing: (finding) => missing(finding, scene),
    blocked,
    claims: (finding) => waitsForClaim(finding, scene),
    depends: (finding) => {
      const behind = (finding.proof.dependsOn ?? []).flatMap((ref) => {
        if (isHeard(ref, finding)) return [];
        return (
          standsOn(ref, finding, scene) ??
          other(speakers.get(speakerKey(ref, finding)), finding) ??
          []
        );
      });
      return comesFrom(behind.sort(scene.order)[0]);
    },
    heard: (finding) => {
      const named = (finding.proof.dependsOn ?? []).filter((ref) => isHeard(ref, finding));
      if (named.length === 0) return undefined;
      // A text names what it met, not what is wrong with it: then that must fail indeed, and must have failed before.
      const behind = named
        .flatMap((ref) => standsOn(ref, finding, scene) ?? [])
        .filter((each) => isFailing(each) && beganAfter(finding, each) !== false);
      return comesFrom(behind.sort(scene.order)[0]) ?? unanswered(finding);
    },
  };
}

function isHeard(ref: ObjectRef, { object, proof }: Finding): boolean {
  return ref.kind === 'Service' && object.kind === 'Pod' && proof.decidedBy === 'message';
}

/** The webhook that Argo CD, Flux or an operator could not call, by the API server's own words. */
function webhookIn({ object, message }: Finding): ObjectRef | undefined {
  const name = isKind(object.kind)
    ? undefined
    : /failed calling webhook "([^"]{1,253})"/.exec(message)?.[1];
  return name === undefined ? undefined : { kind: 'Webhook', namespace: null, name };
}

/** Findings that speak for what is no object, or is not there: for a webhook what is found of its configuration; for a scheduler its pod; for a Service without pods the first of those that stand on it. */
function speakersIn(sorted: readonly Finding[]): ReadonlyMap<string, Finding> {
  return firstBy(sorted, (finding) => {
    const { cause, proof, workload } = finding;
    if (cause.role === 'root')
      return (proof.dependsOn ?? [])
        .filter(({ kind }) => kind === 'Webhook' || kind === 'Service')
        .map((ref) => speakerKey(ref, finding));
    const isScheduler =
      workload.namespace === 'kube-system' && /^kube-scheduler/.test(workload.name);
    return isScheduler
      ? [keyOf({ kind: 'Scheduler', namespace: null, name: 'default-scheduler' })]
      : [];
  });
}

/** Of a Service only findings of one check speak for each other. */
function speakerKey(ref: ObjectRef, { check }: Finding): string {
  return ref.kind === 'Service' ? `${check} ${keyOf(ref)}` : keyOf(ref);
}

function other(found: Finding | undefined, finding: Finding): Finding | undefined {
  return found === finding ? undefined : found;
}

function missing({ proof }: Finding, scene: Scene): Link | undefined {
  if (proof.missing === undefined) return undefined;
  const { key, ...object } = proof.missing;
  const above = scene.makerOf(object) ?? goingWith(object, scene);
  if (above !== undefined) return { from: above };
  return { root: rootAt(object, key === undefined ? 'NotFound' : 'KeyNotFound') };
}

/** A pod that waits for a claim goes where the claim's own finding goes (to a StorageClass that is not there, say). */
function waitsForClaim(finding: Finding, scene: Scene): Link | undefined {
  const { namespace } = finding.object;
  const waiting = (finding.proof.claims ?? []).flatMap((name) =>
    rootOn({ kind: 'PersistentVolumeClaim', namespace, name }, scene).slice(0, 1),
  );
  return comesFrom(waiting.filter((claim) => claim !== finding).sort(scene.order)[0]);
}

function rootOn(object: ObjectRef, scene: Scene): readonly Finding[] {
  return scene.on(object).filter(({ cause }) => cause.role === 'root');
}

/** What is wrong with an object that `finding` stands on: with the pods behind a Service, else with itself. */
function standsOn(ref: ObjectRef, finding: Finding, scene: Scene): Finding | undefined {
  const behind = workloadsOf(ref, scene)
    .filter((workload) => keyOf(workload) !== keyOf(finding.workload))
    .flatMap((workload) => failureOf(workload, scene) ?? []);
  const own = scene.on(ref).find((each) => each !== finding && each.cause.role !== 'other');
  return behind.sort(scene.order)[0] ?? own ?? other(goingWith(ref, scene), finding);
}

/** What is in a namespace that is being deleted goes with it. */
function goingWith({ namespace }: ObjectRef, scene: Scene): Finding | undefined {
  if (namespace === null) return undefined;
  return scene.on({ kind: 'Namespace', namespace: null, name: namespace })[0];
}

function workloadsOf(ref: ObjectRef, { around }: Scene): readonly ObjectRef[] {
  return ref.kind === 'Service' ? around.selectedBy(ref) : [ref];
}

function isQuiet(ref: ObjectRef, scene: Scene): boolean {
  return (
    scene.on(ref).length === 0 &&
    workloadsOf(ref, scene).every((workload) => scene.onWorkload(workload).length === 0)
  );
}

/** Several workloads whose last words name one Service, of which nothing else is found: that Service is the root. */
function unansweredIn(scene: Scene): Rule {
  const heard = scene.sorted.flatMap((finding) =>
    (finding.proof.dependsOn ?? [])
      .filter((ref) => isHeard(ref, finding) && isQuiet(ref, scene))
      .map((ref) => ({ ref, finding })),
  );
  const links = new Map<Finding, Link>();
  for (const calls of groupBy(heard, ({ ref }) => keyOf(ref)).values()) {
    const workloads = new Set(calls.map(({ finding }) => keyOf(finding.workload))).size;
    for (const { ref, finding } of workloads < 2 ? [] : calls)
      if (!links.has(finding)) {
        const said = `Service ${nameOf(ref)} does not answer (DependencyUnreachable): ${workloads} workloads fail with its name in their last words`;
        links.set(finding, {
          root: rootAt(ref, 'DependencyUnreachable'),
          told: { cause: 'likely', said },
        });
      }
  }
  return (finding) => links.get(finding);
}
