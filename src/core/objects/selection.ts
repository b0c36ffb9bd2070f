import { carries, type Labels } from './meta.ts';
import type { LabelSelector } from './network-and-storage.ts';
import { hasEnded, type Pod } from './pod.ts';
import { perArray } from './remembered.ts';

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
  readonly namespaces: readonly string[];
}

interface Shelf<T> {
  readonly all: T[];
  /** By label name, then value: made when the name is first asked for. */
  readonly byName: Map<string, Map<string, T[]>>;
}

/** An index that costs one walk a namespace and label name, however many selectors ask: thousands of Services among ten thousand pods stay cheap. */
export function indexLabels<T>(
  items: readonly T[],
  placeOf: (item: T) => { readonly namespace: string | null; readonly labels: Labels },
): LabelIndex<T> {
  const shelves = new Map<string, Shelf<T>>();
  for (const item of items) {
    const namespace = placeOf(item).namespace ?? '';
    const shelf = shelves.get(namespace);
    if (shelf === undefined) shelves.set(namespace, { all: [item], byName: new Map() });
    else shelf.all.push(item);
  }
  const having = (shelf: Shelf<T>, name: string, value: string | undefined): readonly T[] => {
    let values = shelf.byName.get(name);
    if (values === undefined) {
      values = new Map();
      for (const item of shelf.all) {
        const own = placeOf(item).labels[name];
        if (own === undefined) continue;
        const same = values.get(own);
        if (same === undefined) values.set(own, [item]);
        else same.push(item);
      }
      shelf.byName.set(name, values);
    }
    return value === undefined ? [] : (values.get(value) ?? []);
  };
  return {
    namespaces: [...shelves.keys()],
    carrying(namespace, pairs) {
      const shelf = shelves.get(namespace ?? '');
      if (shelf === undefined) return [];
      const lists = Object.entries(pairs).map(([name, value]) => having(shelf, name, value));
      const [fewest] = lists.sort((a, b) => a.length - b.length);
      if (fewest === undefined) return shelf.all;
      if (lists.length === 1) return fewest;
      return fewest.filter((item) => carries(placeOf(item).labels, pairs));
    },
  };
}

/** Pods that have not ended (one on its way out still says that another will come), by their labels. */
export const podsByLabels: (pods: readonly Pod[]) => LabelIndex<Pod> = perArray((pods) =>
  indexLabels(
    pods.filter((pod) => !hasEnded(pod)),
    ({ metadata }) => ({
      namespace: metadata?.namespace ?? null,
      labels: metadata?.labels ?? {},
    }),
  ),
);

/** `app=api,tier=web`. */
export function sayPairs(pairs: Labels): string {
  return Object.entries(pairs)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}
