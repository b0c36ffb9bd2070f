import { leaving, node, notReady, ofDaemonSet, podOn, virtual } from './node-objects.ts';
import { ago } from './pods.ts';
import type { Case, Expected } from './suite.ts';

const gpu = 'nvidia.com/gpu';
const gpus = (
  capacity: string | undefined,
  allocatable: string | undefined,
  more: object = {},
) => ({
  status: {
    capacity: { cpu: '48', ...(capacity === undefined ? {} : { [gpu]: capacity }), ...more },
    allocatable: {
      cpu: '48',
      ...(allocatable === undefined ? {} : { [gpu]: allocatable }),
      ...more,
    },
  },
});
const labels = (given: object) => ({ metadata: { labels: given } });
const present = labels({ 'nvidia.com/gpu.present': 'true' });
const plugin = { metadata: { name: 'nvidia-device-plugin-daemonset', namespace: 'gpu-operator' } };
const pluginPod = (ready: boolean, on = 'node-a') =>
  podOn(on, 'nvidia-device-plugin-daemonset-x', {
    metadata: {
      namespace: 'gpu-operator',
      ...ofDaemonSet('nvidia-device-plugin-daemonset').metadata,
    },
    status: {
      conditions: [
        { type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: ago(12) },
      ],
    },
  });
const user = podOn('node-a', 'train-0', { requests: { [gpu]: '1' } });
const waits = podOn(undefined, 'train-1', { requests: { [gpu]: 1 } });

const fires = (name: string, objects: Case['objects'], expected: Expected = {}): Case => ({
  name,
  objects,
  expect: [expected],
});
const quiet = (name: string, objects: Case['objects']): Case => ({
  name: `quiet: ${name}`,
  objects,
  expect: [],
});

export const cases: readonly Case[] = [
  quiet('all eight', { Node: [node({ ...gpus('8', '8'), ...present })], DaemonSet: [plugin] }),
  fires(
    'none of sixteen is healthy',
    { Node: [node(gpus('16', '0'))] },
    {
      reason: 'ExtendedResourceLost',
      impact: 'at-risk',
      since: null,
      object: { kind: 'Node', name: 'node-a' },
      proof: { node: 'node-a', unconfirmed: true, sinceExact: false },
      says: ['0 of 16 nvidia.com/gpu', 'no device plugin of its vendor'],
    },
  ),
  fires(
    'two of eight are not healthy, and the plugin runs',
    { Node: [node(gpus('8', '6'))], DaemonSet: [plugin], Pod: [pluginPod(true)] },
    {
      reason: 'ExtendedResourceDegraded',
      impact: 'at-risk',
      says: ['6 of 8', 'runs and reports unhealthy devices'],
    },
  ),
  fires(
    'the plugin is not ready for twelve minutes, and a pod waits',
    { Node: [node(gpus('8', '0'))], DaemonSet: [plugin], Pod: [pluginPod(false), waits] },
    {
      impact: 'degraded',
      since: ago(12),
      proof: {
        sinceExact: true,
        unconfirmed: false,
        dependsOn: [
          { kind: 'DaemonSet', namespace: 'gpu-operator', name: 'nvidia-device-plugin-daemonset' },
        ],
      },
      says: ['device plugin pod nvidia-device-plugin-daemonset-x is not ready', '1 pod waits'],
    },
  ),
  fires(
    'the plugin does not run there',
    {
      Node: [node({ ...gpus('0', '0'), ...present })],
      DaemonSet: [plugin],
      Pod: [pluginPod(true, 'node-b')],
    },
    {
      reason: 'ExtendedResourceLost',
      says: ['no nvidia.com/gpu although label nvidia.com/gpu.present', 'no pod of device plugin'],
      proof: { unconfirmed: true },
    },
  ),
  fires(
    'zero of zero, the plugin runs and is not registered',
    {
      Node: [node({ ...gpus('0', '0'), ...present })],
      DaemonSet: [plugin],
      Pod: [pluginPod(true)],
    },
    { says: ['runs and is not registered'] },
  ),
  ...[
    { 'cloud.google.com/gke-accelerator': 'nvidia-l4' },
    { 'k8s.amazonaws.com/accelerator': 'nvidia-tesla-t4' },
    { 'kubernetes.azure.com/accelerator': 'nvidia' },
    { 'karpenter.k8s.aws/instance-gpu-manufacturer': 'nvidia' },
  ].map((given) =>
    fires(
      `absent, but label ${Object.keys(given)[0]} promises it, and a plugin is meant to be there`,
      {
        Node: [node({ ...gpus(undefined, undefined), ...labels(given) })],
        DaemonSet: [plugin],
      },
    ),
  ),
  fires(
    'a TPU, and a pod waits for it',
    {
      Node: [
        node({
          ...gpus(undefined, undefined),
          ...labels({ 'cloud.google.com/gke-tpu-accelerator': 'tpu-v5-lite' }),
        }),
      ],
      Pod: [podOn(undefined, 'train-1', { requests: { 'google.com/tpu': 4 } })],
    },
    { impact: 'degraded', says: ['no google.com/tpu'] },
  ),
  fires('zero of zero under a pod that holds one', { Node: [node(gpus('0', '0'))], Pod: [user] }),
  fires('absent under a pod that holds one', {
    Node: [node({ ...gpus(undefined, undefined), ...present })],
    Pod: [user],
  }),
  fires('zero of zero while a pod waits for one', { Node: [node(gpus('0', '0'))], Pod: [waits] }),
  quiet('zero of zero, and nobody misses it: the plugin was taken away', {
    Node: [node(gpus('0', '0'))],
  }),
  quiet('a GPU that no plugin was ever meant to give out', {
    Node: [node({ ...gpus(undefined, undefined), ...present })],
  }),
  quiet('the operator is told to run no plugin there', {
    Node: [
      node({
        ...gpus('0', '0'),
        ...labels({
          'nvidia.com/gpu.present': 'true',
          'nvidia.com/gpu.deploy.device-plugin': 'false',
        }),
      }),
    ],
    DaemonSet: [plugin],
  }),
  quiet('cut in slices, which have other names', {
    Node: [node({ ...gpus('0', '0', { 'nvidia.com/mig-1g.5gb': '7' }), ...present })],
    DaemonSet: [plugin],
    Pod: [waits],
  }),
  quiet('a pod waits for it, and this node never had any', { Node: [node()], Pod: [waits] }),
  quiet("Kubernetes' own resources: what the system keeps for itself", {
    Node: [
      node({
        status: {
          capacity: {
            cpu: '4',
            memory: '16Gi',
            'hugepages-2Mi': '1Gi',
            'kubernetes.io/batch-cpu': '9',
          },
          allocatable: {
            cpu: '3920m',
            memory: '12Gi',
            'hugepages-2Mi': '0',
            'kubernetes.io/batch-cpu': '1',
          },
        },
      }),
    ],
  }),
  quiet('a machine that came ten minutes ago', {
    Node: [node({ ...gpus('8', '0'), metadata: { creationTimestamp: ago(10) } })],
    Pod: [waits],
  }),
  quiet('a node that is not taken in yet', {
    Node: [node({ ...gpus('8', '0'), spec: { taints: [{ key: 'karpenter.sh/unregistered' }] } })],
  }),
  quiet('the node is down, which is another finding', {
    Node: [
      node({ ...gpus('8', '0'), status: { ...gpus('8', '0').status, conditions: [notReady(60)] } }),
    ],
  }),
  ...[...leaving, ...virtual].map(([name, parts]) =>
    quiet(`a node ${name}`, { Node: [node({ ...gpus('8', '0'), ...parts })] }),
  ),
];
