import { cut } from '../model/text.ts';
import { toldByRuntime } from '../objects/start-failure.ts';
import { type Wait, waitingSymptoms } from '../objects/waiting-symptom.ts';
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
      {
        for: ['ContainerCommandMissing', 'CommandNotFound', 'CommandNotExecutable'],
        run: 'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.containers[*].command} {.spec.containers[*].args}"',
      },
      { for: ['WrongArchitecture'], run: 'kubectl get node {node} -L kubernetes.io/arch' },
      'kubectl -n {namespace} describe pod {name}',
      {
        for: [
          'ContainerNameConflict',
          'ContainerCreateTimeout',
          'ContainerDeviceMissing',
          'CreateContainerError',
        ],
        run: 'kubectl describe node {node}',
      },
      {
        for: [
          'ContainerCommandMissing',
          'CommandNotFound',
          'CommandNotExecutable',
          'WrongArchitecture',
        ],
        run: 'kubectl -n {namespace} rollout undo {workload} # changes the cluster',
      },
      {
        for: [
          'ContainerNameConflict',
          'ContainerCreateTimeout',
          'ContainerDeviceMissing',
          'CreateContainerError',
        ],
        run: 'kubectl -n {namespace} delete pod {name} # changes the cluster',
      },
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
  *judge(objects, context) {
    const waiting = { word: 'CreateContainerError', cannot: 'be created' };
    yield* waitingSymptoms(waiting, objects, context, readText);
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

function readText(text: string): Wait {
  const cause = causes.find(({ pattern }) => pattern.test(text)) ?? toldByRuntime(text);
  return {
    reason: cause?.reason ?? 'CreateContainerError',
    says: [cause?.says ?? '', cut(text, 160)].filter((part) => part !== '').join(': '),
    decidedBy: cause === undefined ? 'field' : 'message',
  };
}
