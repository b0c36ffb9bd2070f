import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import type { Objects } from './kinds.ts';
import { type ObjectMeta, refOf } from './meta.ts';
import type { HorizontalPodAutoscaler } from './network-and-storage.ts';
import { perArray } from './remembered.ts';
import type { Topology } from './topology.ts';

/** What an autoscaler scales; undefined where it does not say. */
export function targetOf(scaler: HorizontalPodAutoscaler): ObjectRef | undefined {
  const { kind, name } = scaler.spec?.scaleTargetRef ?? {};
  if (kind === undefined || name === undefined) return undefined;
  return { ...refOf(kind, scaler), name };
}

/** Kinds of targets that are read; others (a Rollout, a Knative revision) are taken to exist. */
const readTargets = ['Deployment', 'StatefulSet'] as const;

/** Whether its target is of a kind that was read there, and does not exist. */
export function isGone(
  target: ObjectRef,
  objects: Pick<Objects, (typeof readTargets)[number]>,
  topology: Topology,
): boolean {
  const kind = readTargets.find((each) => each === target.kind);
  if (kind === undefined || !topology.read(kind, target.namespace)) return false;
  return !namesOf(objects[kind]).has(nameOf(target));
}

const namesOf = perArray(
  (objects: readonly ObjectMeta[]): ReadonlySet<string> =>
    new Set(objects.map((each) => nameOf(refOf('', each)))),
);
