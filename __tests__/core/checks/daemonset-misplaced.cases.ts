import type { Case } from './suite.ts';
import { terminatingShop } from './workload-objects.ts';
import { agentPod, daemonSet, fires, node, quiet } from './workload-scenes.ts';

export const cases: readonly Case[] = [
  fires(
    'two nodes without a pod',
    { DaemonSet: [daemonSet(1, { currentNumberScheduled: 1 })] },
    {
      reason: 'DaemonSetNotScheduled',
      impact: 'degraded',
      since: null,
      object: { kind: 'DaemonSet', namespace: 'shop', name: 'agent' },
      proof: { unconfirmed: true, sinceExact: false },
      says: ['shop/agent', '2 nodes of 3', 'currentNumberScheduled 1'],
    },
  ),
  fires(
    'a pod on a node that has got a taint since',
    { DaemonSet: [daemonSet(3, { numberMisscheduled: 1 })] },
    { reason: 'DaemonSetMisScheduled', impact: 'info', says: ['1 node', 'numberMisscheduled'] },
  ),
  fires(
    'its pod is on a node whose label has gone since',
    {
      DaemonSet: [
        {
          ...daemonSet(3, { numberMisscheduled: 1 }),
          spec: { template: { spec: { nodeSelector: { disk: 'ssd' } } } },
        },
      ],
      Node: [node('node-a', 'True', { metadata: { labels: { disk: 'hdd' } } })],
      Pod: [agentPod('agent-a', null, 'node-a')],
    },
    { reason: 'DaemonSetMisScheduled' },
  ),
  fires(
    'its pod is on a node that its owner has tainted since',
    {
      DaemonSet: [daemonSet(3, { numberMisscheduled: 1 })],
      Node: [node('node-a', 'True', { spec: { taints: [{ key: 'team', effect: 'NoSchedule' }] } })],
      Pod: [agentPod('agent-a', null, 'node-a')],
    },
    { reason: 'DaemonSetMisScheduled' },
  ),
  quiet('its pods are where they belong, and the count was not taken back', {
    DaemonSet: [daemonSet(3, { numberMisscheduled: 1 })],
    Node: [
      node('node-a', 'True', {
        spec: {
          taints: [
            { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' },
            { key: 'team', effect: 'PreferNoSchedule' },
          ],
        },
      }),
    ],
    Pod: [agentPod('agent-a', null, 'node-a')],
  }),
  quiet('everywhere', { DaemonSet: [daemonSet(3, { numberMisscheduled: 0 })] }),
  quiet('no node is meant', {
    DaemonSet: [
      daemonSet(0, {
        desiredNumberScheduled: 0,
        currentNumberScheduled: 0,
        updatedNumberScheduled: 0,
      }),
    ],
  }),
  quiet('an update takes pods away and makes them anew', {
    DaemonSet: [daemonSet(2, { currentNumberScheduled: 2, updatedNumberScheduled: 1 })],
  }),
  quiet('a node that leaves, and one that comes', {
    DaemonSet: [daemonSet(1, { currentNumberScheduled: 1, numberMisscheduled: 2 })],
    Node: [
      node('leaving', 'True', { spec: { taints: [{ key: 'ToBeDeletedByClusterAutoscaler' }] } }),
      node('coming', 'False', {
        spec: { taints: [{ key: 'node.cloudprovider.kubernetes.io/uninitialized' }] },
      }),
    ],
  }),
  quiet('a status without its count', {
    DaemonSet: [daemonSet(3, { currentNumberScheduled: undefined })],
  }),
  quiet('the controller has not seen the newest spec', {
    DaemonSet: [daemonSet(1, { currentNumberScheduled: 1, observedGeneration: 1 })],
  }),
  quiet('its namespace is being deleted', {
    DaemonSet: [daemonSet(1, { currentNumberScheduled: 1 })],
    Namespace: [terminatingShop],
  }),
];
