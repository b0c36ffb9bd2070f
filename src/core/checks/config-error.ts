import type { MissingRef } from '../model/finding.ts';
import {
  isReferredTo,
  missingFrom,
  missingReason,
  sayMissing,
} from '../objects/missing-reference.ts';
import type { Pod } from '../objects/pod.ts';
import { type Wait, waitingSymptoms } from '../objects/waiting-symptom.ts';
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
      {
        for: ['SecretKeyNotFound', 'ConfigMapKeyNotFound'],
        run: 'kubectl -n {namespace} describe {missing}',
      },
      { for: ['SecretNotFound'], run: 'kubectl -n {namespace} get secrets' },
      { for: ['ConfigMapNotFound'], run: 'kubectl -n {namespace} get configmaps' },
      {
        for: ['RunAsNonRoot'],
        run: 'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.securityContext} {.spec.containers[*].securityContext}"',
      },
      {
        for: ['SubPathInvalid'],
        run: 'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.volumes} {.spec.containers[*].volumeMounts}"',
      },
      'kubectl -n {namespace} describe pod {name}',
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
  *judge(objects, context) {
    const waiting = { word: 'CreateContainerConfigError', cannot: 'be configured' };
    yield* waitingSymptoms(waiting, objects, context, readText);
  },
});

function readText(text: string, pod: Pod): Wait {
  const missing = missingFrom(text, pod);
  return {
    reason: reasonOf(text, missing),
    says: missing === undefined ? text : `${sayMissing(missing)} does not exist`,
    decidedBy: isProven(pod, text, missing) ? 'field' : 'message',
    missing,
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
