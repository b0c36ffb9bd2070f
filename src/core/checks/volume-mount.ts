import type { MissingRef, Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import type { Event } from '../objects/cluster-objects.ts';
import { judgedPods } from '../objects/judged-pods.ts';
import type { Objects } from '../objects/kinds.ts';
import { conditionOf, refOf } from '../objects/meta.ts';
import { missingFrom, missingReason, sayMissing, volumeOf } from '../objects/missing-reference.ts';
import { mountTroubleOf } from '../objects/mount-trouble.ts';
import { claimsOf, type Pod } from '../objects/pod.ts';
import { proofOf, startOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const volumeMount = defineCheck({
  meta: {
    id: 'volume-mount',
    title: 'Volume cannot be mounted',
    why: 'The pod stays in ContainerCreating until every volume is there.',
    likelyCauses: [
      'a ConfigMap or Secret that it mounts does not exist',
      'a ReadWriteOnce volume is still attached to another node',
      'the CSI driver does not run on this node',
      'the file server is down, or the path is wrong',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} get pvc,configmaps,secrets',
      'kubectl get volumeattachments -o wide',
    ],
    // What is missing is told after 2 min; mounts and attachments retry for minutes (Multi-Attach heals about 6 min after a node is lost).
    defaults: { missingSeconds: 120, graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/storage/volumes/',
    finds: {
      25: ['SecretNotFound', 'ConfigMapNotFound'],
      26: ['VolumeMultiAttach'],
      27: ['VolumeDriverMissing', 'FailedMount'],
    },
    cause: { role: 'cause', reason: 'FailedMount' },
  },
  needs: ['Pod', 'Event'],
  helps: ['Job', 'PersistentVolumeClaim', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of judgedPods(objects, now)) {
      const event = mountTroubleOf(pod, topology, now)[0];
      if (event === undefined) continue;
      const missing = missingFrom(event.message ?? '', pod);
      const grace = missing === undefined ? thresholds.graceSeconds : thresholds.missingSeconds;
      if (isOlder(scheduledAt(pod), grace, now))
        yield troubleOf(pod, event, missing, objects.PersistentVolumeClaim, topology);
    }
  },
});

function scheduledAt(pod: Pod): string | null {
  return conditionOf(pod, 'PodScheduled')?.lastTransitionTime ?? startOf(pod);
}

function troubleOf(
  pod: Pod,
  event: Event,
  missing: MissingRef | undefined,
  claims: Objects['PersistentVolumeClaim'],
  topology: Topology,
): Symptom {
  const { message = '', reason: word = 'FailedMount' } = event;
  const known = causes.find(({ pattern }) => pattern.test(message));
  const what = missing === undefined ? cut(message, 220) : `${sayMissing(missing)} does not exist`;
  return {
    object: refOf('Pod', pod),
    reason: missing === undefined ? (known?.reason ?? word) : missingReason(missing),
    impact: topology.impactOf(pod),
    since: scheduledAt(pod),
    message: `${subject(message)} cannot be mounted (${word}, ContainerCreating): ${what}`,
    evidence: [{ source: 'event', at: word, text: message }],
    proof: {
      decidedBy: missing === undefined && known === undefined ? 'field' : 'message',
      sinceExact: conditionOf(pod, 'PodScheduled')?.lastTransitionTime !== undefined,
      ...proofOf(pod),
      missing,
      claims: claimsBehind(pod, message, claims),
    },
  };
}

function subject(message: string): string {
  const volume = volumeOf(message);
  return volume === undefined ? 'A volume' : `Volume ${volume}`;
}

const causes = [
  { reason: 'VolumeMultiAttach', pattern: /Multi-Attach error/ },
  { reason: 'VolumeDriverMissing', pattern: /not found in the list of registered CSI drivers/ },
];

/** The claim of the volume that the event names, by the pod's own name or the PersistentVolume's; all of the pod's where it names none. */
function claimsBehind(
  pod: Pod,
  message: string,
  claims: Objects['PersistentVolumeClaim'],
): readonly string[] | undefined {
  const volumes = pod.spec?.volumes ?? [];
  const own = claimsOf(pod);
  const named = volumeOf(message) ?? /unmounted volumes=\[([^\]\s]+)/.exec(message)?.[1];
  const volume = volumes.find(({ name }) => name === named);
  if (volume !== undefined) return orNone(claimsOf({ spec: { volumes: [volume] } }));
  const { namespace } = refOf('Pod', pod);
  const bound = claims.filter(
    ({ spec, metadata }) =>
      metadata?.namespace === namespace && spec?.volumeName === named && named !== undefined,
  );
  const behind = own.filter((claim) => bound.some(({ metadata }) => metadata?.name === claim));
  return orNone(behind.length > 0 ? behind : own);
}

function orNone(claims: readonly string[]): readonly string[] | undefined {
  return claims.length === 0 ? undefined : claims;
}
