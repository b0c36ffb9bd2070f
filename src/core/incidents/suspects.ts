import { type Finding, impacts } from '../model/finding.ts';
import type { Incident, Observation } from '../model/incident.ts';
import { priorities } from '../model/priority.ts';
import { distinct, groupByRef } from '../model/ref-map.ts';
import { keyOf, type LogRef, type Snapshot } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';
import { endOf, isOutOfMemory } from '../objects/container-ends.ts';
import { refOf } from '../objects/meta.ts';
import type { ContainerStatus, Pod } from '../objects/pod.ts';
import { containersOf } from '../objects/pod-containers.ts';
import { byKind } from '../objects/trim.ts';

/** So many logs are read in a cycle (platform APIs answer each in about 50 ms, and ten are what people read). */
export const mostSuspects = 10;

/**
 * Whose last words could say why: of each incident one container that ran and died, or that runs and never gets ready, then one of
 * every other workload in it, which may have a reason of its own. The loudest incidents first, at most ten. What a lost node took
 * down cannot be asked, and what memory killed is explained.
 */
export function suspectsOf(
  { incidents, findings }: Pick<Observation, 'incidents' | 'findings'>,
  snapshot: Snapshot,
): readonly LogRef[] {
  if (incidents.length === 0) return [];
  const pods = new Map(byKind(snapshot).Pod.map((pod) => [keyOf(refOf('Pod', pod)), pod]));
  const each = [...incidents]
    .filter(({ root }) => root.kind !== 'Node')
    .sort(louder)
    .map((incident) => {
      const own = incident.findings.flatMap((index) => findings[index] ?? []);
      const byWorkload = groupByRef(own, ({ workload }) => workload);
      return distinct(own.map(({ workload }) => workload)).flatMap((workload) =>
        (byWorkload.get(workload) ?? []).flatMap((one) => suspectIn(one, pods) ?? []).slice(0, 1),
      );
    });
  const firsts = each.flatMap(([first]) => first ?? []);
  return [...firsts, ...each.flatMap(([, ...others]) => others)].slice(0, mostSuspects);
}

function louder(a: Incident, b: Incident): number {
  return (
    Number(a.known !== null) - Number(b.known !== null) ||
    impacts.indexOf(a.impact) - impacts.indexOf(b.impact) ||
    priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

/** Undefined: it is about no container, or about one that said nothing yet. */
function suspectIn(
  { object, proof, cause }: Finding,
  pods: ReadonlyMap<string, Pod>,
): LogRef | undefined {
  const pod = pods.get(keyOf(object));
  const { namespace, name } = object;
  const { container } = proof;
  if (pod === undefined || namespace === null || container === undefined) return undefined;
  if (cause.role === 'other') return undefined;
  const status = containersOf(pod).find((each) => each.name === container)?.status;
  if (status === undefined || !hasSpoken(status) || isOutOfMemory(endOf(status))) return undefined;
  return { namespace, pod: name, container, previous: isPrevious(status, proof.exitCode) };
}

/** It ran, and no image or setting keeps it from running again. */
function hasSpoken({ state, lastState }: ContainerStatus): boolean {
  const waiting = state?.waiting?.reason;
  if (waiting === undefined) return state?.running !== undefined || state?.terminated !== undefined;
  return lastState?.terminated !== undefined && tries.includes(waiting);
}
const tries = ['CrashLoopBackOff', 'RunContainerError', 'PostStartHookError'];

/** Of what runs again the run that failed, where its end is what the finding tells. */
function isPrevious({ state }: ContainerStatus, exitCode: number | undefined): boolean {
  if (state?.terminated !== undefined) return false;
  return state?.running === undefined || exitCode !== undefined;
}
