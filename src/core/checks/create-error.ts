import type { Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import { troubledPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { containersOf, type PodContainer, pathOf } from '../objects/pod-containers.ts';
import { notReadySince, proofOf } from '../objects/pod-questions.ts';
import { toldByRuntime } from '../objects/start-failure.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const createError = defineCheck({
  meta: {
    id: 'create-error',
    title: 'Container cannot be created',
    why: 'The image and the configuration are there, and the runtime on this node still makes no container of them.',
    likelyCauses: [
      'an earlier try hangs in the runtime and holds the name: slow disk, slow volume',
      'the image has no command and the pod gives none',
      'a mount path that the image has as a file, or a host path that is not there',
      'a device of the device plugin that is gone',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl get node {node} -o wide',
      'kubectl -n {namespace} delete pod {name} # changes the cluster',
    ],
    // Two minutes are one timeout of the runtime and the next try.
    defaults: { graceSeconds: 120 },
    docs: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
    finds: {
      // CRI-O tries the command while it creates the container.
      4: ['CommandNotFound', 'CommandNotExecutable', 'WrongArchitecture'],
      23: [
        'ContainerNameConflict',
        'ContainerCommandMissing',
        'ContainerCreateTimeout',
        'ContainerDeviceMissing',
        'CreateContainerError',
      ],
    },
    cause: { role: 'cause', reason: 'CreateContainerError' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of troubledPods(objects, now)) {
      if (pod.status?.phase === 'Failed') continue;
      if (!isOlder(notReadySince(pod).since, thresholds.graceSeconds, now)) continue;
      for (const container of containersOf(pod))
        if (container.status.state?.waiting?.reason === 'CreateContainerError')
          yield errorOf(pod, container, topology);
    }
  },
});

/** Sentences of containerd, CRI-O and docker. */
const causes: readonly {
  readonly reason: string;
  readonly says: string;
  readonly pattern: RegExp;
}[] = [
  {
    reason: 'ContainerNameConflict',
    says: 'an earlier try still holds its name in the runtime',
    pattern: /is reserved for|name .{1,300} is already in use/s,
  },
  {
    reason: 'ContainerCommandMissing',
    says: 'neither the image nor the pod says what to run',
    pattern: /no command specified/i,
  },
  {
    reason: 'ContainerCreateTimeout',
    says: 'the runtime does not answer in time',
    pattern: /deadline ?exceeded|context canceled/i,
  },
  {
    reason: 'ContainerDeviceMissing',
    says: 'a device that it asks for is not there',
    pattern: /unresolvable CDI devices|error gathering device information/i,
  },
];

function errorOf(pod: Pod, container: PodContainer, topology: Topology): Symptom {
  const text = container.status.state?.waiting?.message ?? '';
  const cause = causes.find(({ pattern }) => pattern.test(text)) ?? toldByRuntime(text);
  const { since, exact } = notReadySince(pod);
  const detail = [cause?.says, text === '' ? undefined : cut(text, 160)];
  return {
    object: refOf('Pod', pod),
    reason: cause?.reason ?? 'CreateContainerError',
    impact: topology.impactOf(pod),
    since,
    message: [`Container ${container.name} cannot be created (CreateContainerError)`, ...detail]
      .filter((part) => part !== undefined)
      .join(': '),
    evidence: [
      {
        source: 'field',
        at: pathOf(container, 'state.waiting'),
        text: `CreateContainerError ${text}`.trim(),
      },
    ],
    proof: {
      decidedBy: cause === undefined ? 'field' : 'message',
      sinceExact: exact,
      ...proofOf(pod, container),
    },
  };
}
