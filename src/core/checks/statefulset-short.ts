import { isLate, shortageOf, shortSymptom, statefulSets } from '../objects/member-sets.ts';
import { defineCheck } from './define.ts';

export const statefulsetShort = defineCheck({
  meta: {
    id: 'statefulset-short',
    title: 'StatefulSet is short of ready pods',
    why: 'A member of a cluster (a database, a queue) does not serve; its quorum may be at stake.',
    likelyCauses: [
      'a member cannot start, and in order the others wait for it',
      'its volume or its node is not there',
      'no pods can be created: quota, pod security, webhook, service account',
    ],
    commands: [
      'kubectl -n {namespace} describe statefulset {name}',
      'kubectl -n {namespace} rollout status statefulset/{name} --timeout=5s',
      'kubectl -n {namespace} get events --sort-by=.lastTimestamp',
    ],
    defaults: {
      // A restart in place is over by then.
      noneReadySeconds: 120,
      // A member's own readiness time, as for any pod that is not ready; kubernetes-mixin waits 15 min because it has none.
      someReadySeconds: 300,
    },
    docs: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-statefulset/',
    finds: { 67: ['StatefulSetReplicasMismatch'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['StatefulSet'],
  helps: ['Pod', 'Node', 'Event'],
  *judge(objects, { now, thresholds, topology }) {
    for (const set of statefulSets(objects, topology)) {
      const shortage = shortageOf(set, topology, now);
      if (shortage !== undefined && isLate(shortage, thresholds))
        yield shortSymptom(shortage, 'StatefulSetReplicasMismatch');
    }
  },
});
