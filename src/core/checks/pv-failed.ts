import type { Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import { driverRefs } from '../objects/claim-questions.ts';
import type { PersistentVolume } from '../objects/network-and-storage.ts';
import type { Topology } from '../objects/topology.ts';
import { failedDelete, phaseSince, sayClaim, volumeRef } from '../objects/volume-questions.ts';
import { defineCheck } from './define.ts';

export const pvFailed = defineCheck({
  meta: {
    id: 'pv-failed',
    title: 'Volume could not be reclaimed',
    why: 'Its claim is gone and its disk is not: it is paid for, holds its data, and no claim can use it.',
    likelyCauses: [
      'the disk is still attached to a machine',
      'permissions of the CSI driver in the cloud',
      'no driver knows how to delete it',
    ],
    commands: ['kubectl describe pv {name}', 'kubectl get pv {name} -o yaml'],
    // kubernetes-mixin's KubePersistentVolumeErrors.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming',
    finds: { 100: ['PVFailed'] },
  },
  needs: ['PersistentVolume'],
  helps: ['Event'],
  *judge({ PersistentVolume: volumes }, { now, thresholds, topology }) {
    for (const volume of volumes) {
      if (volume.metadata?.deletionTimestamp !== undefined) continue;
      if (volume.status?.phase !== 'Failed') continue;
      if (isOlder(phaseSince(volume).since, thresholds.graceSeconds, now))
        yield symptomOf(volume, topology);
    }
  },
});

function symptomOf(volume: PersistentVolume, topology: Topology): Symptom {
  const ref = volumeRef(volume);
  const { since, told } = phaseSince(volume);
  const { reason, message } = volume.status ?? {};
  const says = [reason, message ?? failedDelete(volume, topology)?.message].filter(
    (each) => each !== undefined && each !== '',
  );
  return {
    object: ref,
    reason: 'PVFailed',
    impact: 'at-risk',
    since: told ? since : null,
    message: `PersistentVolume ${ref.name}${sayClaim(volume)} is Failed: ${says.length === 0 ? 'it could not be reclaimed' : says.join(': ')}`,
    evidence: [{ source: 'field', at: 'status.phase', text: `Failed ${says.join(': ')}`.trim() }],
    proof: {
      decidedBy: 'field',
      sinceExact: told,
      dependsOn: driverRefs(volume.spec?.csi?.driver),
      unconfirmed: !told,
    },
  };
}
