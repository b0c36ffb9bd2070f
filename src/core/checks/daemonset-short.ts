import { daemonSets, isLate, shortageOf, shortSymptom } from '../objects/member-sets.ts';
import { defineCheck } from './define.ts';

export const daemonsetShort = defineCheck({
  meta: {
    id: 'daemonset-short',
    title: 'DaemonSet is short of ready pods',
    why: 'Nodes lack an agent (network, storage, logs) that the pods there count on.',
    likelyCauses: [
      'the agent cannot start on some nodes: image, configuration, kernel',
      'a node has no room for it',
      'no pods can be created: quota, pod security, webhook, service account',
    ],
    commands: [
      'kubectl -n {namespace} describe daemonset {name}',
      'kubectl -n {namespace} rollout status daemonset/{name} --timeout=5s',
      'kubectl -n {namespace} get events --sort-by=.lastTimestamp',
    ],
    defaults: {
      // A restart in place is over by then.
      noneReadySeconds: 120,
      // A pod's own readiness time, as for any pod that is not ready; kubernetes-mixin waits 15 min because it has none.
      someReadySeconds: 300,
    },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/',
    finds: { 69: ['DaemonSetUnavailable'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['DaemonSet'],
  helps: ['Pod', 'Node', 'Event'],
  *judge(objects, { now, thresholds, topology }) {
    for (const set of daemonSets(objects, topology)) {
      const shortage = shortageOf(set, topology, now);
      if (shortage !== undefined && isLate(shortage, thresholds))
        yield shortSymptom(shortage, 'DaemonSetUnavailable');
    }
  },
});
