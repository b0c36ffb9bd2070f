import { nameOf } from '../model/snapshot.ts';
import { consumersOf, impactOn, sayConsumers } from '../objects/claim-questions.ts';
import { living } from '../objects/living.ts';
import { defineCheck } from './define.ts';

export const pvcLost = defineCheck({
  meta: {
    id: 'pvc-lost',
    title: 'Volume claim has lost its volume',
    why: 'Its data may be gone, and no pod that mounts it can start again.',
    likelyCauses: [
      'the persistent volume was deleted',
      'a restore made the claim before its volume, or bound the volume to another claim',
    ],
    commands: ['kubectl -n {namespace} describe pvc {name}', 'kubectl get pv'],
    // Nothing brings it back by itself.
    defaults: {},
    docs: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#phase',
    finds: { 100: ['PVCLost'] },
    cause: { role: 'root', reason: 'Lost' },
  },
  needs: ['PersistentVolumeClaim'],
  helps: ['Pod'],
  *judge({ PersistentVolumeClaim: claims }, { topology }) {
    for (const [ref, claim] of living('PersistentVolumeClaim', claims)) {
      if (claim.status?.phase !== 'Lost') continue;
      const volume = claim.spec?.volumeName;
      const consumers = consumersOf(ref, topology);
      yield {
        object: ref,
        reason: 'PVCLost',
        impact: impactOn(consumers, topology),
        // Kubernetes does not say since when.
        since: null,
        message: `PersistentVolumeClaim ${nameOf(ref)} is Lost: its volume${volume === undefined ? '' : ` ${volume}`} is gone or bound to another claim${sayConsumers(consumers, 'mounts')}`,
        evidence: [{ source: 'field', at: 'status.phase', text: `Lost ${volume ?? ''}`.trim() }],
        proof: { decidedBy: 'field', sinceExact: false, claims: [ref.name] },
      };
    }
  },
});
