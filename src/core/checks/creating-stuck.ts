import { troubledPods } from '../objects/judged-pods.ts';
import { notReady } from '../objects/unready-symptom.ts';
import { defineCheck } from './define.ts';

/** Volumes (`volume-mount`) and the network (`sandbox-failed`) have checks of their own. */
export const creatingStuck = defineCheck({
  meta: {
    id: 'creating-stuck',
    title: 'Container is not being created',
    why: 'The pod has a node, and its containers do not come.',
    likelyCauses: [
      'a very large image, or a slow registry',
      'a volume that mounts slowly',
      "the node's kubelet or container runtime hangs",
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl describe node {node}',
      'kubectl get pods --all-namespaces -o wide --field-selector spec.nodeName={node}',
    ],
    // A big image takes its time; counted from when the pod was bound to its node, or the container before it started or ended.
    defaults: { graceSeconds: 600 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-state-waiting',
    finds: { 30: ['ContainerCreatingStuck'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, context) {
    yield* notReady('creating-stuck', troubledPods(objects, context.now), context);
  },
});
