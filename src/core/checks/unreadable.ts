import { groupBy } from '../model/group.ts';
import type { Gap, KubeObject, ObjectRef } from '../model/snapshot.ts';
import { keyOf, nameOf } from '../model/snapshot.ts';
import { type Kind, kindNames, type Objects } from '../objects/kinds.ts';
import { isReadable, refOf } from '../objects/meta.ts';

/** Objects of which a field has another type than the API gives it: what they say, or leave unsaid, proves nothing. */
export interface Unreadable {
  has(object: ObjectRef): boolean;
  /** One for each kind and namespace. */
  readonly gaps: readonly Gap[];
}

export function unreadableAmong(objects: Objects): Unreadable {
  const found = kindNames.flatMap((kind) => unreadableOf(kind, objects));
  const keys = new Set(found.map(({ ref }) => keyOf(ref)));
  const places = groupBy(found, ({ ref }) => JSON.stringify([ref.kind, ref.namespace]));
  return {
    has: (object) => keys.size > 0 && keys.has(keyOf(object)),
    gaps: [...places.values()].flatMap(gapOf),
  };
}

interface Found {
  readonly ref: ObjectRef;
  readonly path: string;
}

function unreadableOf(kind: Kind, objects: Objects): readonly Found[] {
  const list: readonly Objects[Kind][number][] = objects[kind];
  return list
    .filter((each) => !isReadable(each))
    .map((each) => ({
      ref: refOf(kind, each),
      path: (each as Partial<KubeObject>).unreadable ?? '',
    }));
}

function gapOf(found: readonly Found[]): readonly Gap[] {
  const [first] = found;
  if (first === undefined) return [];
  const { ref, path } = first;
  const more = found.length === 1 ? '' : `, and ${found.length - 1} more`;
  return [
    {
      kind: ref.kind,
      namespace: ref.namespace,
      reason: 'partial',
      detail: `${ref.kind} ${nameOf(ref)}${more}: ${path} is not of the type that Kubernetes gives it, so nothing is said of it`,
    },
  ];
}
