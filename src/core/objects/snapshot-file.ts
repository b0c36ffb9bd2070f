import type { NamespaceFilter } from '../model/namespaces.ts';
import type { ContainerLog, Gap, Snapshot } from '../model/snapshot.ts';

/** What our own snapshot file says beside its items, under the key `kubeVigil`. */
export interface SnapshotHeader {
  readonly takenAt: string;
  readonly clusterUid: string | null;
  /** Absent: all were read. */
  readonly namespaces?: NamespaceFilter | undefined;
  readonly gaps: readonly Gap[];
  readonly logs?: readonly ContainerLog[] | undefined;
}

/** The snapshot as a v1 `List` that kubectl understands too, one object per line. `cycle --dump` of it gives the same findings. */
export function snapshotFile(snapshot: Snapshot): string {
  const { takenAt, clusterUid, namespaces, gaps, logs, items } = snapshot;
  const header: SnapshotHeader = { takenAt, clusterUid, namespaces, gaps, logs };
  const lines = items.map((item) => JSON.stringify(item)).join(',\n');
  return `{"apiVersion":"v1","kind":"List","metadata":{},"kubeVigil":${JSON.stringify(header)},"items":[\n${lines}\n]}\n`;
}
