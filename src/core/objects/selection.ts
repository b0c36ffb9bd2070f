import { groupBy } from '../model/group.ts';
import { carries, type Labels } from './meta.ts';
import type { LabelSelector } from './network-and-storage.ts';
import { hasEnded, type Pod } from './pod.ts';
import { once, perArray } from './remembered.ts';

/** Whether labels meet a label selector; an empty one selects everything. An operator that nobody knows selects nothing. */
export function meets(labels: Labels, selector: LabelSelector | undefined): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  return (
    carries(labels, matchLabels) &&
    matchExpressions.every(({ key = '', operator = '', values = [] }) =>
      meetsOne(labels[key], operator, values),
    )
  );
}

function meetsOne(value: string | undefined, operator: string, values: readonly string[]): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** Things that carry labels, asked by namespace and labels. */
export interface LabelIndex<T> {
  /** Those of a namespace that carry every pair; all of it where there is no pair. */
  carrying(namespace: string | null, pairs: Labels): readonly T[];
  /** Those of a namespace that meet a label selector; all of it where there is none, or an empty one. */
  meeting(namespace: string | null, selector: LabelSelector | undefined): readonly T[];
}

interface Shelf<T> {
  readonly all: readonly T[];
  /** By label name, then value: made when the name is first asked for. */
  readonly byName: Map<string, ReadonlyMap<string | undefined, readonly T[]>>;
}

/** Where an item is, and what it carries. */
interface Placing<T> {
  readonly namespaceOf: (item: T) => string | null;
  readonly labelsOf: (item: T) => Labels;
}

/** An index that costs one walk a namespace and label name, however many selectors ask, and nothing before the first: thousands of Services among ten thousand pods stay cheap. */
export function indexLabels<T>(items: () => readonly T[], placing: Placing<T>): LabelIndex<T> {
  const { namespaceOf, labelsOf } = placing;
  const shelves = once(() => shelve(items(), namespaceOf));
  const having = ({ all, byName }: Shelf<T>, name: string, value: string | undefined) => {
    const values = byName.get(name) ?? groupBy(all, (item) => labelsOf(item)[name]);
    byName.set(name, values);
    return value === undefined ? [] : (values.get(value) ?? []);
  };
  const carrying = (namespace: string | null, pairs: Labels): readonly T[] => {
    const shelf = shelves().get(namespace ?? '');
    if (shelf === undefined) return [];
    const names = Object.keys(pairs);
    let fewest = shelf.all;
    for (const name of names) {
      const found = having(shelf, name, pairs[name]);
      if (found.length <= fewest.length) fewest = found;
    }
    return names.length < 2 ? fewest : fewest.filter((item) => carries(labelsOf(item), pairs));
  };
  return {
    carrying,
    meeting(namespace, selector) {
      const found = carrying(namespace, selector?.matchLabels ?? {});
      if (selector?.matchExpressions === undefined) return found;
      return found.filter((item) => meets(labelsOf(item), selector));
    },
  };
}

function shelve<T>(
  items: readonly T[],
  namespaceOf: Placing<T>['namespaceOf'],
): ReadonlyMap<string, Shelf<T>> {
  const all = groupBy(items, (item) => namespaceOf(item) ?? '');
  return new Map([...all].map(([namespace, own]) => [namespace, { all: own, byName: new Map() }]));
}

/** Several indexes as one: what they hold, in their order. */
export function joinIndexes<T>(indexes: readonly LabelIndex<T>[]): LabelIndex<T> {
  const join = (found: readonly (readonly T[])[]): readonly T[] => {
    const some = found.filter(({ length }) => length > 0);
    return some.length === 1 ? (some[0] ?? []) : some.flat();
  };
  return {
    carrying: (namespace, pairs) => join(indexes.map((each) => each.carrying(namespace, pairs))),
    meeting: (namespace, selector) =>
      join(indexes.map((each) => each.meeting(namespace, selector))),
  };
}

const ofPods: Placing<Pod> = {
  namespaceOf: ({ metadata }) => metadata?.namespace ?? null,
  labelsOf: ({ metadata }) => metadata?.labels ?? {},
};

/** Pods that have not ended (one on its way out still says that another will come), by their labels. */
export const podsByLabels: (pods: readonly Pod[]) => LabelIndex<Pod> = perArray((pods) =>
  indexLabels(() => pods.filter((pod) => !hasEnded(pod)), ofPods),
);

/** Pods by their labels, ended ones too. */
export const allPodsByLabels: (pods: readonly Pod[]) => LabelIndex<Pod> = perArray((pods) =>
  indexLabels(() => pods, ofPods),
);

/** Each as `app=api`. */
export function pairsOf(labels: Labels): readonly string[] {
  return Object.entries(labels).map(([name, value]) => `${name}=${value}`);
}

/** `app=api,tier=web`. */
export function sayPairs(pairs: Labels): string {
  return pairsOf(pairs).join(',');
}
