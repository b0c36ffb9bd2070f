import { servingPods } from '../objects/judged-pods.ts';
import { notReady } from '../objects/unready-symptom.ts';
import { defineCheck } from './define.ts';

export const sidecarNotReady = defineCheck({
  meta: {
    id: 'sidecar-not-ready',
    title: 'Sidecar is not ready',
    why: 'A sidecar (an init container with restartPolicy Always) holds its whole pod back: what comes after it does not start, or the pod gets no traffic.',
    likelyCauses: [
      "the mesh's or vault's control plane is down",
      'its startup or readiness probe asks the wrong port or path',
    ],
    commands: [
      'kubectl -n {namespace} logs {name} -c {container} --tail=100',
      'kubectl -n {namespace} describe pod {name}',
    ],
    // Five minutes, or what its own probes allow where that is longer.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/',
    finds: { 33: ['SidecarNotReady'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, context) {
    yield* notReady('sidecar-not-ready', servingPods(objects, context.now), context);
  },
});
