import type { Finding } from '../model/finding.ts';
import type { Root } from '../model/incident.ts';
import { groupByRef, refMap } from '../model/ref-map.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { parseTime } from '../model/time.ts';
import { slackMs } from '../objects/pod-questions.ts';
import type { Order } from './order.ts';
import type { Link } from './origins.ts';
import type { Surroundings } from './surroundings.ts';

/** What a rule may ask while it looks for where a finding comes from. */
export interface Scene {
  readonly around: Surroundings;
  readonly order: Order;
  /** Every finding, the strongest cause first. */
  readonly sorted: readonly Finding[];
  /** Findings about exactly this object, the strongest first. */
  on(object: ObjectRef): readonly Finding[];
  /** Findings on the same top controller, the strongest first. */
  onWorkload(workload: ObjectRef): readonly Finding[];
  /** What is at fault that something is not there: the finding on what should make it. */
  makerOf(object: ObjectRef): Finding | undefined;
}

/** Knows where a finding comes from, or leaves it to the next. */
export type Rule = (finding: Finding) => Link | undefined;

export function sceneOf(findings: readonly Finding[], around: Surroundings, order: Order): Scene {
  const sorted = [...findings].sort(order);
  const byObject = groupByRef(sorted, ({ object }) => object);
  const byWorkload = groupByRef(sorted, ({ workload }) => workload);
  const makers = refMap<Finding>();
  for (const finding of sorted)
    for (const made of finding.proof.makes ?? [])
      if (makers.get(made) === undefined) makers.set(made, finding);
  return {
    around,
    order,
    sorted,
    on: (object) => byObject.get(object) ?? [],
    onWorkload: (workload) => byWorkload.get(workload) ?? [],
    makerOf: (object) => makers.get(object),
  };
}

/** The strongest finding for each key. */
export function firstBy(
  sorted: readonly Finding[],
  keys: (finding: Finding) => readonly string[],
): ReadonlyMap<string, Finding> {
  const first = new Map<string, Finding>();
  for (const finding of sorted)
    for (const key of keys(finding)) if (!first.has(key)) first.set(key, finding);
  return first;
}

export function rootAt({ kind, namespace, name }: ObjectRef, reason: string): Root {
  return { kind, namespace, name, reason };
}

export function comesFrom(finding: Finding | undefined): Link | undefined {
  return finding === undefined ? undefined : { from: finding };
}

/** Whether `finding` began no earlier than `cause`; undefined where one of the two has no time. */
export function beganAfter(finding: Finding, cause: Finding): boolean | undefined {
  const [began, caused] = [parseTime(finding.since), parseTime(cause.since)];
  return began === null || caused === null ? undefined : began >= caused - slackMs;
}

/** The strongest cause on a workload that does not serve as it should; `also`: or that serves for now by what is left of it. */
export function failureOf(workload: ObjectRef, scene: Scene, also = false): Finding | undefined {
  const all = scene.onWorkload(workload);
  return also || all.some(isFailing) ? (all.find(isCause) ?? all[0]) : undefined;
}

export function isFailing({ impact }: Finding): boolean {
  return impact === 'outage' || impact === 'degraded';
}

/** Whether it says why something fails, not only that it does. */
function isCause({ cause }: Finding): boolean {
  return cause.role !== 'symptom' && cause.role !== 'other';
}

export function isFinding(finding: Finding | undefined): finding is Finding {
  return finding !== undefined;
}

/** A sandbox, a node without network, a kubelet that waits for its network plugin. */
export function lacksNetwork({ check, message }: Finding): boolean {
  if (check === 'sandbox-failed' || check === 'node-network-unavailable') return true;
  return check === 'node-not-ready' && /\bcni\b|network plugin/i.test(message);
}
