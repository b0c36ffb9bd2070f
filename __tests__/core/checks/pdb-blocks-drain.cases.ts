import type { Case } from './suite.ts';
import { terminatingShop } from './workload-objects.ts';
import { apiPod, fires, node, quiet } from './workload-scenes.ts';

const budget = (status: object = {}): object => ({
  metadata: { name: 'api', namespace: 'shop', generation: 1 },
  spec: { selector: { matchLabels: { app: 'api' } }, minAvailable: 2 },
  status: {
    observedGeneration: 1,
    currentHealthy: 2,
    desiredHealthy: 2,
    expectedPods: 2,
    disruptionsAllowed: 0,
    ...status,
  },
});
const cordoned = (timeAdded?: string, metadata: object = {}) =>
  node('node-a', 'True', {
    metadata,
    spec: {
      unschedulable: true,
      taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded }],
    },
  });
const long = cordoned('2026-01-01T11:40:00Z');
const pods = [
  apiPod('api-6d4-a', null),
  apiPod('api-6d4-b', null, { spec: { nodeName: 'node-b' } }),
];
const held = { PodDisruptionBudget: [budget()], Pod: pods };

export const cases: readonly Case[] = [
  fires(
    'a node is cordoned for twenty minutes',
    { ...held, Node: [long, node('node-b', 'True')] },
    {
      reason: 'PDBBlocksDrain',
      impact: 'at-risk',
      since: '2026-01-01T11:40:00Z',
      object: { kind: 'PodDisruptionBudget', namespace: 'shop', name: 'api' },
      proof: { sinceExact: true, node: 'node-a', unconfirmed: undefined },
      says: [
        'shop/api (minAvailable 2)',
        '2 of 2 pods healthy',
        'api-6d4-a on cordoned node node-a',
      ],
    },
  ),
  fires(
    'since when it is cordoned is not told',
    { ...held, Node: [cordoned()] },
    { since: null, proof: { sinceExact: false, unconfirmed: true } },
  ),
  quiet('no node is cordoned', { ...held, Node: [node('node-a', 'True')] }),
  quiet('for ten minutes', { ...held, Node: [cordoned('2026-01-01T11:50:00Z')] }),
  quiet('the node is being deleted', {
    ...held,
    Node: [cordoned('2026-01-01T11:40:00Z', { deletionTimestamp: '2026-01-01T11:59:00Z' })],
  }),
  quiet('a pod may go', {
    ...held,
    PodDisruptionBudget: [budget({ disruptionsAllowed: 1 })],
    Node: [long],
  }),
  quiet('a pod is away, which is told elsewhere', {
    ...held,
    PodDisruptionBudget: [budget({ currentHealthy: 1 })],
    Node: [long],
  }),
  quiet('nothing to guard', {
    ...held,
    PodDisruptionBudget: [budget({ expectedPods: 0, currentHealthy: 0 })],
    Node: [long],
  }),
  quiet('its pods run elsewhere', { ...held, Pod: pods.slice(1), Node: [long] }),
  quiet('its pod is leaving', {
    ...held,
    Pod: [apiPod('api-6d4-a', null, { metadata: { deletionTimestamp: '2026-01-01T11:59:00Z' } })],
    Node: [long],
  }),
  quiet("a DaemonSet's pod, which a drain leaves alone", {
    PodDisruptionBudget: [budget()],
    Pod: [
      apiPod('api-a', null, {
        metadata: { ownerReferences: [{ kind: 'DaemonSet', name: 'api', controller: true }] },
      }),
    ],
    Node: [long],
  }),
  quiet('the controller has not seen the newest spec', {
    ...held,
    PodDisruptionBudget: [budget({ observedGeneration: 0 })],
    Node: [long],
  }),
  quiet('its namespace is being deleted', { ...held, Node: [long], Namespace: [terminatingShop] }),
];
