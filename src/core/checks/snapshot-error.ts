import { nameOf } from '../model/snapshot.ts';
import { isOlder, parseTime } from '../model/time.ts';
import type { CustomResource } from '../objects/custom.ts';
import { defineCheck } from './define.ts';

export const snapshotError = defineCheck({
  meta: {
    id: 'snapshot-error',
    title: 'Volume snapshot failed',
    why: 'The backup that counts on it does not exist.',
    likelyCauses: [
      'the snapshot class or the CSI driver is missing, or does not support snapshots',
      'quota or permissions in the cloud',
      'the claim is not bound',
    ],
    commands: [
      'kubectl -n {namespace} describe volumesnapshot {name}',
      'kubectl get volumesnapshotclass',
    ],
    // The snapshotter tries again for some minutes, and takes its error back when it succeeds.
    defaults: { graceSeconds: 600 },
    docs: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/',
    finds: { 104: ['VolumeSnapshotError'] },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    const snapshots = CustomResource.filter(isSnapshot);
    const saved = newestReady(snapshots);
    for (const snapshot of snapshots) {
      const { metadata, spec, status } = snapshot;
      const created = metadata?.creationTimestamp;
      if (metadata?.deletionTimestamp !== undefined) continue;
      if (status?.error === undefined || status.readyToUse === true) continue;
      if (!isOlder(created, thresholds.graceSeconds, now)) continue;
      // A later snapshot of the same claim has succeeded.
      if ((saved.get(sourceOf(snapshot)) ?? 0) > (parseTime(created) ?? 0)) continue;
      const ref = {
        kind: 'VolumeSnapshot',
        namespace: metadata?.namespace ?? null,
        name: metadata?.name ?? '',
      };
      const claim = spec?.source?.persistentVolumeClaimName;
      const { message = 'no message', time } = status.error;
      yield {
        object: ref,
        reason: 'VolumeSnapshotError',
        impact: 'at-risk',
        since: created ?? null,
        message: `VolumeSnapshot ${nameOf(ref)}${claim === undefined ? '' : ` of claim ${claim}`} has an error and is not ready to use: ${message}`,
        evidence: [
          { source: 'field', at: 'status.error', text: `${time ?? ''} ${message}`.trim() },
        ],
        proof: {
          decidedBy: 'field',
          sinceExact: false,
          resource: 'volumesnapshots.snapshot.storage.k8s.io',
          claims: claim === undefined ? undefined : [claim],
        },
      };
    }
  },
});

function isSnapshot({ kind, apiVersion }: CustomResource): boolean {
  return kind === 'VolumeSnapshot' && apiVersion.startsWith('snapshot.storage.k8s.io/');
}

function sourceOf({ metadata, spec }: CustomResource): string {
  return `${metadata?.namespace ?? ''}/${spec?.source?.persistentVolumeClaimName ?? ''}`;
}

/** When the newest snapshot of each claim that is ready was made, in ms. */
function newestReady(snapshots: readonly CustomResource[]): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  for (const snapshot of snapshots) {
    if (snapshot.status?.readyToUse !== true) continue;
    const source = sourceOf(snapshot);
    const made = parseTime(snapshot.metadata?.creationTimestamp) ?? 0;
    newest.set(source, Math.max(newest.get(source) ?? 0, made));
  }
  return newest;
}
