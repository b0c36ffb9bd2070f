import { servingPods, troubledStaticPods } from '../objects/judged-pods.ts';
import { notReady } from '../objects/unready-symptom.ts';
import { defineCheck } from './define.ts';

/** Only what no state of a container explains: crash loops, pulls, mounts and the like have checks of their own. */
export const readinessFailing = defineCheck({
  meta: {
    id: 'readiness-failing',
    title: 'Readiness probe fails',
    why: 'The container runs and gets no traffic.',
    likelyCauses: [
      'a dependency that the probe asks is down',
      'the probe asks the wrong port or path, or waits too short',
      'the pod is overloaded',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} logs {name} -c {container} --tail=100',
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.containers[*].readinessProbe}"',
    ],
    // Five minutes, or initialDelaySeconds and five periods where that is longer (kubernetes-mixin, KubePodNotReady, waits 15).
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#readiness-probe',
    finds: { 11: ['ReadinessProbeFailing'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, context) {
    yield* notReady('readiness-failing', servingPods(objects, context.now), context);
    yield* notReady('readiness-failing', troubledStaticPods(objects, context.now), context);
  },
});
