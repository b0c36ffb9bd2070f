import type { NamespaceFilter } from './namespaces.ts';

/** One object of the cluster, named. `namespace` is null for what has none (nodes, persistent volumes). */
export interface ObjectRef {
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

/** Why something was not read. `not-in-dump`: the dump holds no object of this kind. */
export const gapReasons = [
  'forbidden',
  'not-found',
  'unavailable',
  'timeout',
  'partial',
  'not-in-dump',
  'check-failed',
] as const;
export type GapReason = (typeof gapReasons)[number];

/** What could not be read: a whole kind (`namespace` null) or a kind in one namespace. Unknown is neither well nor resolved. */
export interface Gap {
  readonly kind: string;
  readonly namespace: string | null;
  readonly reason: GapReason;
  /** One plain sentence for people, redacted. */
  readonly detail: string;
}

/** A trimmed Kubernetes object: only what its shape (core/objects) keeps, rightly typed, texts redacted. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** The path of a field in its spec or status that has another type than the API gives it: what is not kept is not known, and nothing is said of the object. */
  readonly unreadable?: string;
}

/** One run of one container, for its log. */
export interface LogRef {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** Of the run before the one that runs now. */
  readonly previous: boolean;
}

/** The end of what one container wrote, cleaned and redacted when it was read; at most 20 lines. */
export interface ContainerLog extends LogRef {
  readonly lines: readonly string[];
}

/** What the ages of a dump are counted to. */
export interface DumpClock {
  /** given: `--now`. header: when our own snapshot was taken. newest: the newest time in it. written: it holds none, so when it was written. */
  readonly from: 'given' | 'header' | 'newest' | 'written';
  /** RFC 3339: when its newest file was written, by whoever wrote it last (a copy, a checkout). */
  readonly writtenAt: string;
}

/** What was read of the cluster in one cycle. As a file it is a v1 `List` with the rest beside it. */
export interface Snapshot {
  /** RFC 3339: the API server's `Date`; in a dump its newest timestamp, or `--now`. Ages are counted from here. */
  readonly takenAt: string;
  readonly source: 'live' | 'dump';
  /** Where a dump's `takenAt` comes from; absent: live. */
  readonly clock?: DumpClock;
  /** uid of namespace `kube-system`, which tells clusters apart; null where it was not read. */
  readonly clusterUid: string | null;
  /** Those that were read: of what is in another nothing is known, not even that it is missing. Absent: all. */
  readonly namespaces?: NamespaceFilter;
  readonly items: readonly KubeObject[];
  readonly gaps: readonly Gap[];
  /** Last words of containers that keep failing, read after the lists; absent: none was read. */
  readonly logs?: readonly ContainerLog[];
}

/** `namespace/name`, or the name alone; for sorting, maps and texts. */
export function nameOf(ref: ObjectRef): string {
  return ref.namespace === null ? ref.name : `${ref.namespace}/${ref.name}`;
}

export function isSame(a: ObjectRef, b: ObjectRef): boolean {
  return a.name === b.name && a.namespace === b.namespace && a.kind === b.kind;
}

/** `Kind/namespace/name`: one object of one snapshot. */
export function keyOf(ref: ObjectRef): string {
  return `${ref.kind}/${nameOf(ref)}`;
}
