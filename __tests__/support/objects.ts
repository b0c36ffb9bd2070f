import type { Gap, KubeObject, Snapshot } from '../../src/core/model/snapshot.ts';
import { type Kind, kindNames, type Objects } from '../../src/core/objects/kinds.ts';
import { trim, trimCustom } from '../../src/core/objects/trim.ts';

/** Raw objects as kubectl would print them, without apiVersion and kind: `{ Pod: [{ metadata: … }] }`. */
export type RawObjects = { readonly [K in Kind]?: readonly object[] } & {
  /** With apiVersion and kind. */
  readonly CustomResource?: readonly object[];
};

/** The snapshot that a reader would make of raw objects: trimmed and redacted, everything else read and empty. */
export function snapshotOf(raw: RawObjects, now: string, gaps: readonly Gap[] = []): Snapshot {
  const kept = [
    ...kindNames.flatMap((kind) => (raw[kind] ?? []).map((each) => trim(kind, each))),
    ...(raw.CustomResource ?? []).map((each) => trimCustom({ ...each })),
  ];
  const items = kept.filter((each): each is KubeObject => each !== undefined);
  return { takenAt: now, source: 'live', clusterUid: 'test-cluster', items, gaps };
}

export type { Objects };
