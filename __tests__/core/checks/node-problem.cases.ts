import { leaving, node, notReady, since, virtual } from './node-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const deadlock = since('KernelDeadlock', 'True', 30, {
  reason: 'DockerHung',
  message: 'task docker:7 blocked for more than 300 seconds.',
});

export const cases: readonly Case[] = [
  {
    name: 'a kernel deadlock',
    objects: { Node: [node({ conditions: [deadlock] })] },
    expect: [
      {
        reason: 'KernelDeadlock',
        impact: 'degraded',
        since: ago(30),
        proof: { node: 'node-a' },
        says: ['KernelDeadlock True', 'DockerHung', 'blocked for more than'],
      },
    ],
  },
  ...[
    'ReadonlyFilesystem',
    'XfsShutdown',
    'FilesystemCorruptionProblem',
    'CperHardwareErrorFatal',
    'CorruptDockerOverlay2',
  ].map((type) => ({
    name: `${type} True`,
    objects: { Node: [node({ conditions: [since(type, 'True', 30)] })] },
    expect: [{ reason: type, impact: 'degraded' as const }],
  })),
  ...[
    'KubeletUnhealthy',
    'KubeletProblem',
    'ContainerRuntimeUnhealthy',
    'ContainerRuntimeProblem',
    'FrequentKubeletRestart',
    'FrequentDockerRestart',
    'FrequentContainerdRestart',
    'FrequentUnregisterNetDevice',
  ].map((type) => ({
    name: `${type} True`,
    objects: { Node: [node({ conditions: [since(type, 'True', 30)] })] },
    expect: [{ reason: type, impact: 'at-risk' as const }],
  })),
  ...[
    'AcceleratedHardwareReady',
    'ContainerRuntimeReady',
    'KernelReady',
    'NetworkingReady',
    'StorageReady',
  ].flatMap((type): readonly Case[] => [
    {
      name: `${type} False`,
      objects: { Node: [node({ conditions: [since(type, 'False', 30)] })] },
      expect: [{ reason: type, impact: type === 'NetworkingReady' ? 'at-risk' : 'degraded' }],
    },
    {
      name: `quiet: ${type} True, as on every healthy node`,
      objects: { Node: [node({ conditions: [since(type, 'True', 30)] })] },
      expect: [],
    },
  ]),
  ...[
    ['EtcdIsVoter', 'True'],
    ['EtcdIsVoter', 'False'],
    ['VMEventScheduled', 'True'],
    ['GcfsSnapshotterHealthy', 'False'],
    ['SomeVendorReady', 'False'],
    ['KernelDeadlock', 'False'],
    ['KernelDeadlock', 'Unknown'],
    ['constructor', 'True'],
  ].map(([type = '', status = '']) => ({
    name: `quiet: ${type} ${status}`,
    objects: { Node: [node({ conditions: [since(type, status, 30)] })] },
    expect: [],
  })),
  {
    name: 'quiet within the grace time',
    objects: { Node: [node({ conditions: [since('KernelDeadlock', 'True', 4)] })] },
    expect: [],
  },
  {
    name: 'quiet: the node is down, which tells of it',
    objects: { Node: [node({ conditions: [deadlock, notReady(60)] })] },
    expect: [],
  },
  ...[...leaving, ...virtual].map(([name, parts]) => ({
    name: `quiet on a node ${name}`,
    objects: { Node: [node({ conditions: [deadlock], ...parts })] },
    expect: [],
  })),
];
