import type { Evidence, Proof, Symptom } from '../model/finding.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import { troubledPods } from '../objects/judged-pods.ts';
import type { Objects } from '../objects/kinds.ts';
import { refOf } from '../objects/meta.ts';
import { volumeOf } from '../objects/missing-reference.ts';
import {
  attachmentsByVolume,
  boundClaims,
  claimsBehind,
  failedAttachOf,
  isBeingCreated,
  scheduledAt,
} from '../objects/mount-trouble.ts';
import type { VolumeAttachment } from '../objects/network-and-storage.ts';
import type { Pod } from '../objects/pod.ts';
import { proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const volumeAttach = defineCheck({
  meta: {
    id: 'volume-attach',
    title: "Volume cannot be attached to the pod's node",
    why: 'The pod stays in ContainerCreating: its disk is elsewhere, or the storage refuses it.',
    likelyCauses: [
      'a ReadWriteOnce volume is still attached to another node: a pod there still runs, or the node is lost',
      'the node has as many disks as it can take',
      'the disk was deleted in the cloud, or is in another zone',
      "the storage driver's controller is down or lacks permissions",
    ],
    commands: [
      {
        for: ['VolumeAttachLimit'],
        run: 'kubectl get csinode {node} -o jsonpath="{.spec.drivers}"',
      },
      'kubectl get volumeattachments',
      { for: ['VolumeMultiAttach'], run: 'kubectl -n {namespace} get pods -o wide' },
      'kubectl -n {namespace} describe pod {name}',
    ],
    // Multi-Attach heals about 6 min after a node is lost, by itself within a minute in a rollout.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
    finds: { 26: ['VolumeMultiAttach', 'VolumeAttachLimit', 'FailedAttachVolume'] },
    cause: { role: 'cause', reason: 'FailedAttachVolume' },
  },
  needs: ['Pod'],
  helps: [
    'Job',
    'Event',
    'PersistentVolumeClaim',
    'VolumeAttachment',
    'Deployment',
    'StatefulSet',
    'DaemonSet',
  ],
  *judge(objects, { now, thresholds, topology }) {
    const attachments = attachmentsByVolume(objects.VolumeAttachment);
    for (const pod of troubledPods(objects, now)) {
      if (!isBeingCreated(pod)) continue;
      if (!isOlder(scheduledAt(pod).since, thresholds.graceSeconds, now)) continue;
      const failure =
        failedBy(pod, attachments, objects.PersistentVolumeClaim) ??
        toldBy(pod, objects.PersistentVolumeClaim, topology, now);
      if (failure !== undefined) yield symptomOf(pod, failure, attachments, topology);
    }
  },
});

interface Failure {
  readonly text: string;
  readonly volume: string | undefined;
  readonly evidence: Evidence;
  readonly claims: readonly string[] | undefined;
  /** The attachment that says so. */
  readonly on?: readonly ObjectRef[];
}

/** By the VolumeAttachment of one of the pod's volumes to the pod's node. */
function failedBy(
  pod: Pod,
  attachments: ReadonlyMap<string, readonly VolumeAttachment[]>,
  claims: Objects['PersistentVolumeClaim'],
): Failure | undefined {
  if (attachments.size === 0) return undefined;
  for (const { name, volume } of boundClaims(pod, claims)) {
    const here = attachments.get(volume)?.find(({ spec }) => spec?.nodeName === pod.spec?.nodeName);
    const { attached, attachError } = here?.status ?? {};
    if (attached === true || attachError === undefined) continue;
    const text = attachError.message ?? '';
    const ref: ObjectRef = {
      kind: 'VolumeAttachment',
      namespace: null,
      name: here?.metadata?.name ?? '',
    };
    const at = `VolumeAttachment ${ref.name} status.attachError`;
    return { text, volume, claims: [name], evidence: { source: 'field', at, text }, on: [ref] };
  }
  return undefined;
}

/** By the attach controller's event. */
function toldBy(
  pod: Pod,
  claims: Objects['PersistentVolumeClaim'],
  topology: Topology,
  now: number,
): Failure | undefined {
  const event = failedAttachOf(pod, topology, now);
  if (event === undefined) return undefined;
  const { message: text = '' } = event;
  return {
    text,
    volume: volumeOf(text),
    claims: claimsBehind(pod, text, claims),
    evidence: { source: 'event', at: 'FailedAttachVolume', text },
  };
}

const causes = [
  {
    reason: 'VolumeMultiAttach',
    pattern: /Multi-Attach error|already attached to|used by pod\(s\)/i,
  },
  {
    reason: 'VolumeAttachLimit',
    pattern:
      /attachment limit exceeded|maximum number of (?:data )?disks|max(?:imum)? volume count/i,
  },
];

function symptomOf(
  pod: Pod,
  failure: Failure,
  attachments: ReadonlyMap<string, readonly VolumeAttachment[]>,
  topology: Topology,
): Symptom {
  const { text, volume, evidence, claims, on } = failure;
  const cause = causes.find(({ pattern }) => pattern.test(text));
  const { since, exact } = scheduledAt(pod);
  const elsewhere = nodesElsewhere(pod, volume, attachments);
  const where = elsewhere.length === 0 ? '' : `; it is attached to ${elsewhere.join(', ')}`;
  const proof: Proof = {
    decidedBy: cause === undefined ? 'field' : 'message',
    sinceExact: exact,
    ...proofOf(pod),
    claims,
    dependsOn: on,
  };
  return {
    object: refOf('Pod', pod),
    reason: cause?.reason ?? 'FailedAttachVolume',
    impact: topology.impactOf(pod),
    since,
    message: `Volume ${volume ?? 'of the pod'} cannot be attached to node ${pod.spec?.nodeName} (FailedAttachVolume): ${cut(text, 160)}${where}`,
    evidence: [evidence],
    proof,
  };
}

/** Other nodes that hold the volume. */
function nodesElsewhere(
  pod: Pod,
  volume: string | undefined,
  attachments: ReadonlyMap<string, readonly VolumeAttachment[]>,
): readonly string[] {
  const holders = (attachments.get(volume ?? '') ?? []).filter(
    ({ spec, status }) => status?.attached === true && spec?.nodeName !== pod.spec?.nodeName,
  );
  return holders.flatMap(({ spec }) => spec?.nodeName ?? []).sort();
}
