import { nameOf } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { consumersOf } from '../objects/claim-questions.ts';
import { refOf } from '../objects/meta.ts';
import { defineCheck } from './define.ts';

export const pvcTerminating = defineCheck({
  meta: {
    id: 'pvc-terminating',
    title: 'Volume claim does not go away',
    why: 'A claim of the same name cannot be made anew, and its disk stays.',
    likelyCauses: [
      'a completed or failed pod still names it',
      'a finalizer whose controller does not run any more',
    ],
    commands: [
      'kubectl -n {namespace} get pvc {name} -o jsonpath="{.metadata.finalizers}"',
      'kubectl -n {namespace} describe pvc {name}',
    ],
    // The protection is taken off within seconds after the last pod has gone.
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#storage-object-in-use-protection',
    finds: { 104: ['PVCTerminatingStuck'] },
  },
  needs: ['PersistentVolumeClaim', 'Pod'],
  helps: [],
  *judge({ PersistentVolumeClaim: claims }, { now, thresholds, topology }) {
    for (const claim of claims) {
      const since = claim.metadata?.deletionTimestamp;
      if (since === undefined || !isOlder(since, thresholds.graceSeconds, now)) continue;
      const finalizers = claim.metadata?.finalizers ?? [];
      const ref = refOf('PersistentVolumeClaim', claim);
      // While a pod uses it, it waits by design.
      if (!finalizers.includes(protection) || consumersOf(ref, topology).length > 0) continue;
      yield {
        object: ref,
        reason: 'PVCTerminatingStuck',
        impact: 'info',
        since,
        message: `PersistentVolumeClaim ${nameOf(ref)} has been Terminating since ${since}: no running pod mounts it, and ${finalizers.join(', ')} still holds it`,
        evidence: [{ source: 'field', at: 'metadata.finalizers', text: finalizers.join(', ') }],
        proof: { decidedBy: 'field', sinceExact: true, claims: [ref.name] },
      };
    }
  },
});

const protection = 'kubernetes.io/pvc-protection';
