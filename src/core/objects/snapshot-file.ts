import type { ContainerLog, Gap, Snapshot } from '../model/snapshot.ts';

/** What our own snapshot file says beside its items, under the key `kubeVigil`. */
export interface SnapshotHeader {
  readonly takenAt: string;
  readonly clusterUid: string | null;
  readonly gaps: readonly Gap[];
  readonly logs?: readonly ContainerLog[] | undefined;
}

/** The snapshot as a v1 `List` that kubectl understands too, one object per line. `cycle --dump` of it gives the same findings. */
export function snapshotFile({ takenAt, clusterUid, gaps, logs, items }: Snapshot): string {
  const header: SnapshotHeader = { takenAt, clusterUid, gaps, logs };
  const lines = items.map((item) => JSON.stringify(item)).join(',\n');
  return `{"apiVersion":"v1","kind":"List","metadata":{},"kubeVigil":${JSON.stringify(header)},"items":[\n${lines}\n]}\n`;
}
