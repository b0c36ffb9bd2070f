import type { MissingRef, Symptom } from '../model/finding.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import type { Event } from '../objects/cluster-objects.ts';
import { troubledPods } from '../objects/judged-pods.ts';
import type { Objects } from '../objects/kinds.ts';
import { refOf } from '../objects/meta.ts';
import {
  isReferredTo,
  missingFrom,
  missingReason,
  sayMissing,
  volumeOf,
} from '../objects/missing-reference.ts';
import { claimsBehind, failedMountsOf, scheduledAt } from '../objects/mount-trouble.ts';
import type { Pod } from '../objects/pod.ts';
import { proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const volumeMount = defineCheck({
  meta: {
    id: 'volume-mount',
    title: 'Volume cannot be mounted',
    why: 'The pod stays in ContainerCreating until every volume is there.',
    likelyCauses: [
      'a ConfigMap or Secret that it mounts does not exist',
      'the CSI driver does not run on this node',
      'the file server is down, or the path is wrong',
      'the file system is damaged',
    ],
    commands: [
      {
        for: ['SecretKeyNotFound', 'ConfigMapKeyNotFound'],
        run: 'kubectl -n {namespace} describe {missing}',
      },
      { for: ['SecretNotFound'], run: 'kubectl -n {namespace} get secrets' },
      { for: ['ConfigMapNotFound'], run: 'kubectl -n {namespace} get configmaps' },
      {
        for: ['SecretProviderClassNotFound'],
        run: 'kubectl -n {namespace} get secretproviderclasses',
      },
      { for: ['VolumeDriverMissing'], run: 'kubectl get csinode {node} -o yaml' },
      {
        for: ['VolumeDriverMissing'],
        run: 'kubectl get pods -A -o wide --field-selector spec.nodeName={node}',
      },
      'kubectl -n {namespace} describe pod {name}',
      {
        for: ['MountTimedOut', 'MountFailed', 'FailedMount'],
        run: 'kubectl -n {namespace} get pvc',
      },
    ],
    // What is missing is told after 2 min; mounts retry for minutes.
    defaults: { missingSeconds: 120, graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/storage/volumes/',
    finds: {
      25: [
        'SecretNotFound',
        'ConfigMapNotFound',
        'SecretKeyNotFound',
        'ConfigMapKeyNotFound',
        'SecretProviderClassNotFound',
      ],
      27: ['VolumeDriverMissing', 'MountTimedOut', 'MountFailed', 'FailedMount'],
    },
    cause: { role: 'cause', reason: 'FailedMount' },
  },
  needs: ['Pod', 'Event'],
  helps: ['Job', 'PersistentVolumeClaim', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of troubledPods(objects, now)) {
      const event = failedMountsOf(pod, topology, now)[0];
      if (event === undefined) continue;
      const missing = missingFrom(event.message ?? '', pod);
      const grace = missing === undefined ? thresholds.graceSeconds : thresholds.missingSeconds;
      if (isOlder(scheduledAt(pod).since, grace, now))
        yield troubleOf(pod, event, missing, objects.PersistentVolumeClaim, topology);
    }
  },
});

const driverMissing = /driver name (\S{1,253}) not found in the list of registered CSI drivers/;
/** Sentences of the kubelet and of mount(8). */
const causes = [
  { reason: 'VolumeDriverMissing', pattern: driverMissing },
  {
    reason: 'MountFailed',
    pattern: /mount(?:ing)? failed|exit status|bad superblock|wrong fs type/i,
  },
  { reason: 'MountTimedOut', pattern: /timed out waiting|deadline ?exceeded|timeout/i },
];

function troubleOf(
  pod: Pod,
  event: Event,
  missing: MissingRef | undefined,
  claims: Objects['PersistentVolumeClaim'],
  topology: Topology,
): Symptom {
  const { message = '' } = event;
  const { since, exact } = scheduledAt(pod);
  const known = causes.find(({ pattern }) => pattern.test(message));
  const what =
    missing === undefined
      ? cut(withoutWrapping(message), 220)
      : `${sayMissing(missing)} does not exist`;
  const reason = missing === undefined ? (known?.reason ?? 'FailedMount') : missingReason(missing);
  return {
    object: refOf('Pod', pod),
    reason,
    impact: topology.impactOf(pod),
    since,
    message: `${subject(message)} cannot be mounted (FailedMount, ContainerCreating): ${what}`,
    evidence: [{ source: 'event', at: 'FailedMount', text: message }],
    proof: {
      decidedBy:
        reason === 'FailedMount' || (missing !== undefined && isReferredTo(missing, pod))
          ? 'field'
          : 'message',
      sinceExact: exact,
      ...proofOf(pod),
      missing,
      claims: claimsBehind(pod, message, claims),
      dependsOn: driverOf(message),
    },
  };
}

/** What is wrong, without the call that failed (the volume is named beside it) and what was tried. */
function withoutWrapping(message: string): string {
  const text = message
    .replace(/^\(combined from similar events\): /, '')
    .replace(/^MountVolume\.\w{1,40} failed for volume "[^"]{1,260}" : /, '');
  const [tried, output] = [text.indexOf('Mounting command: '), text.indexOf('Output: ')];
  return tried < 0 || output < tried ? text : `${text.slice(0, tried)}${text.slice(output)}`;
}

function subject(message: string): string {
  const volume = volumeOf(message);
  return volume === undefined ? 'A volume' : `Volume ${volume}`;
}

/** The CSI driver that the node does not know. */
function driverOf(message: string): readonly ObjectRef[] | undefined {
  const name = driverMissing.exec(message)?.[1];
  return name === undefined ? undefined : [{ kind: 'CSIDriver', namespace: null, name }];
}
