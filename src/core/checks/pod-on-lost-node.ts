import { servingPods } from '../objects/judged-pods.ts';
import { notReady } from '../objects/unready-symptom.ts';
import { defineCheck } from './define.ts';

export const podOnLostNode = defineCheck({
  meta: {
    id: 'pod-on-lost-node',
    title: 'Pod is on a lost node',
    why: 'Nobody knows whether it still runs; it gets no traffic, and keeps its volumes until the node is back or gone.',
    likelyCauses: ['its node is down or unreachable', "the node's kubelet is stopped or hangs"],
    commands: [
      'kubectl describe node {node}',
      'kubectl get pods --all-namespaces -o wide --field-selector spec.nodeName={node}',
    ],
    // Five minutes: so long Kubernetes itself waits before it evicts (tolerationSeconds 300).
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/architecture/nodes/#node-status',
    finds: { 51: ['NodeLost'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, context) {
    yield* notReady('pod-on-lost-node', servingPods(objects, context.now), context);
  },
});
