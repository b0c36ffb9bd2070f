import { servingPods } from '../objects/judged-pods.ts';
import { notReady } from '../objects/unready-symptom.ts';
import { defineCheck } from './define.ts';

export const readinessGate = defineCheck({
  meta: {
    id: 'readiness-gate',
    title: 'Readiness gate is not met',
    why: 'All its containers are ready, but somebody outside does not let it have traffic.',
    likelyCauses: [
      "the load balancer's controller is down, or its targets fail their health check",
      'the pod is not registered with the mesh',
      'a rollout controller holds it back',
    ],
    commands: [
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.readinessGates} {.status.conditions}"',
      'kubectl -n {namespace} describe pod {name}',
    ],
    // Five minutes: a load balancer's health checks take up to that long to let a new target in.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-gate',
    finds: { 13: ['ReadinessGateBlocked'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, context) {
    yield* notReady('readiness-gate', servingPods(objects, context.now), context);
  },
});
