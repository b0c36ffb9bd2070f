import type { Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import { driverRefs } from '../objects/claim-questions.ts';
import { eventEvidence } from '../objects/event-evidence.ts';
import type { PersistentVolume } from '../objects/network-and-storage.ts';
import type { Topology } from '../objects/topology.ts';
import { failedDelete, phaseSince, sayClaim, volumeRef } from '../objects/volume-questions.ts';
import { defineCheck } from './define.ts';

export const pvReleased = defineCheck({
  meta: {
    id: 'pv-released',
    title: 'Released volume is not deleted',
    why: 'Its claim is gone and it was to be deleted with it: the disk is still there and paid for.',
    likelyCauses: [
      'the CSI driver does not run, or has no permission to delete',
      'the disk is still attached, or has snapshots',
    ],
    commands: ['kubectl describe pv {name}', 'kubectl get volumeattachment'],
    // A provisioner tries again for some minutes; a disk is detached after 6 min at the latest.
    defaults: { graceSeconds: 1800 },
    docs: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#delete',
    finds: { 104: ['PVReleased'] },
  },
  needs: ['PersistentVolume'],
  helps: ['Event'],
  *judge({ PersistentVolume: volumes }, { now, thresholds, topology }) {
    for (const volume of volumes) {
      if (volume.metadata?.deletionTimestamp !== undefined) continue;
      if (volume.status?.phase !== 'Released') continue;
      // What is to be retained waits for people, by their own word.
      if (volume.spec?.persistentVolumeReclaimPolicy !== 'Delete') continue;
      if (isOlder(phaseSince(volume).since, thresholds.graceSeconds, now))
        yield symptomOf(volume, topology);
    }
  },
});

function symptomOf(volume: PersistentVolume, topology: Topology): Symptom {
  const ref = volumeRef(volume);
  const { since, told } = phaseSince(volume);
  const event = failedDelete(volume, topology);
  const says =
    event === undefined
      ? 'its reclaim policy is Delete, and nothing deletes it'
      : `${event.reason ?? ''}: ${event.message ?? ''}`;
  return {
    object: ref,
    reason: 'PVReleased',
    impact: 'info',
    since: told ? since : null,
    message: `PersistentVolume ${ref.name}${sayClaim(volume)} is still Released: ${says}`,
    evidence: [{ source: 'field', at: 'status.phase', text: 'Released' }, ...eventEvidence(event)],
    proof: {
      decidedBy: 'field',
      sinceExact: told,
      dependsOn: driverRefs(volume.spec?.csi?.driver),
      unconfirmed: !told,
    },
  };
}
