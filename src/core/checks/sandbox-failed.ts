import { troubledPods } from '../objects/judged-pods.ts';
import { notReady } from '../objects/unready-symptom.ts';
import { defineCheck } from './define.ts';

/** Events decide it: no field says that the kubelet cannot set up a pod's network. */
export const sandboxFailed = defineCheck({
  meta: {
    id: 'sandbox-failed',
    title: "Pod's network cannot be set up",
    why: 'Without its sandbox no container of the pod starts; usually the whole node, or the cluster, takes no new pods.',
    likelyCauses: [
      "the network plugin's pod on this node is down, or its certificate has expired",
      'the subnet or address pool is used up',
      'the runtime class is not installed on this node',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n kube-system get pods -o wide --field-selector spec.nodeName={node}',
      'kubectl describe node {node}',
    ],
    // Five minutes: a network plugin that starts or is upgraded is back before.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/',
    finds: { 28: ['FailedCreatePodSandBox'], 29: ['PodIPExhausted'] },
    cause: { role: 'cause', reason: 'FailedCreatePodSandBox' },
  },
  needs: ['Pod', 'Event'],
  helps: ['Job', 'Node', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, context) {
    yield* notReady('sandbox-failed', troubledPods(objects, context.now), context);
  },
});
