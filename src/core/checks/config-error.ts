import type { MissingRef, Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import { troubledPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import {
  isReferredTo,
  missingFrom,
  missingReason,
  sayMissing,
} from '../objects/missing-reference.ts';
import type { Pod } from '../objects/pod.ts';
import { containersOf, type PodContainer, pathOf } from '../objects/pod-containers.ts';
import { notReadySince, proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const configError = defineCheck({
  meta: {
    id: 'config-error',
    title: 'Container cannot be configured',
    why: 'The container waits for what its environment refers to, for as long as that is missing.',
    likelyCauses: [
      'a ConfigMap, Secret or key was renamed, deleted or never created here',
      'an ExternalSecret or SealedSecret is not synced',
      'the image runs as root and the pod forbids it',
      'a subPath of a volume that does not exist there, or leads out of it',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} get configmaps,secrets',
      'kubectl -n {namespace} rollout undo {workload} # changes the cluster',
    ],
    // One minute: objects of one `kubectl apply` may come a moment after their pods.
    defaults: { graceSeconds: 60 },
    docs: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/',
    finds: {
      22: [
        'SecretNotFound',
        'ConfigMapNotFound',
        'SecretKeyNotFound',
        'ConfigMapKeyNotFound',
        'RunAsNonRoot',
        'SubPathInvalid',
        'CreateContainerConfigError',
      ],
    },
    cause: { role: 'cause', reason: 'CreateContainerConfigError' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of troubledPods(objects, now)) {
      if (pod.status?.phase === 'Failed') continue;
      if (!isOlder(notReadySince(pod).since, thresholds.graceSeconds, now)) continue;
      for (const container of containersOf(pod))
        if (container.status.state?.waiting?.reason === 'CreateContainerConfigError')
          yield errorOf(pod, container, topology);
    }
  },
});

function errorOf(pod: Pod, container: PodContainer, topology: Topology): Symptom {
  const text = container.status.state?.waiting?.message ?? '';
  const missing = missingFrom(text, pod);
  const { since, exact } = notReadySince(pod);
  const what = missing === undefined ? text : `${sayMissing(missing)} does not exist`;
  return {
    object: refOf('Pod', pod),
    reason: reasonOf(text, missing),
    impact: topology.impactOf(pod),
    since,
    message: `Container ${container.name} cannot be configured (CreateContainerConfigError)${what === '' ? '' : `: ${what}`}`,
    evidence: [
      {
        source: 'field',
        at: pathOf(container, 'state.waiting'),
        text: `CreateContainerConfigError ${text}`.trim(),
      },
    ],
    proof: {
      decidedBy: isProven(pod, text, missing) ? 'field' : 'message',
      sinceExact: exact,
      ...proofOf(pod, container),
      missing,
    },
  };
}

/** By the kubelet's own word alone, or by a reference of the pod. */
function isProven(pod: Pod, text: string, missing: MissingRef | undefined): boolean {
  return missing === undefined
    ? reasonOf(text, missing) === 'CreateContainerConfigError'
    : isReferredTo(missing, pod);
}

/** `SecretNotFound`, `ConfigMapKeyNotFound`, `RunAsNonRoot`, else Kubernetes' own word. */
function reasonOf(text: string, missing: MissingRef | undefined): string {
  if (missing !== undefined) return missingReason(missing);
  if (/runAsNonRoot|non-root policy/.test(text)) return 'RunAsNonRoot';
  return /subPath/.test(text) ? 'SubPathInvalid' : 'CreateContainerConfigError';
}
