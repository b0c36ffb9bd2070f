import type { Case } from './suite.ts';
import { starting, terminatingShop, waiting } from './workload-objects.ts';
import {
  apiPod,
  availableEnough,
  deployment,
  fires,
  node,
  progressing,
  quiet,
  unavailable,
} from './workload-scenes.ts';

const old = ['a', 'b', 'c'].map((name) => apiPod(`api-5c9-${name}`, null, {}, '5c9'));
const made = (creationTimestamp: string) => ({
  labels: { 'pod-template-hash': '6d4' },
  creationTimestamp,
});
const failing = (since = '2026-01-01T11:57:00Z') =>
  apiPod('api-6d4-a', since, {
    metadata: made('2026-01-01T11:56:00Z'),
    status: waiting('ImagePullBackOff'),
  });
const rolling = progressing('ReplicaSetUpdated', '2026-01-01T11:57:00Z');
const full = deployment(3, [availableEnough, rolling]);

export const cases: readonly Case[] = [
  fires(
    'the old revision serves in full',
    { Deployment: [full], Pod: [...old, failing()] },
    {
      reason: 'NewRevisionBroken',
      impact: 'at-risk',
      since: '2026-01-01T11:57:00Z',
      object: { kind: 'Deployment', namespace: 'shop', name: 'api' },
      proof: { decidedBy: 'field', sinceExact: true, templateHash: '6d4' },
      says: ['6d4', '1 pod: ImagePullBackOff', '3 pods of 5c9 still serve', '3 of 3'],
    },
  ),
  fires(
    'the old revision serves in part',
    {
      Deployment: [deployment(1, [unavailable('2026-01-01T11:56:00Z'), rolling])],
      Pod: [...old.slice(0, 1), failing()],
    },
    { impact: 'degraded', says: ['1 pod of 5c9 still serves', '1 of 3'] },
  ),
  fires(
    'by the age of the pods, where no condition names the ReplicaSet',
    { Deployment: [deployment(3, [availableEnough])], Pod: [...old, failing()] },
    { proof: { templateHash: '6d4' } },
  ),
  quiet('the condition names the ReplicaSet that serves: an old one is left over', {
    Deployment: [
      deployment(3, [
        availableEnough,
        { ...rolling, message: 'ReplicaSet "api-5c9" is progressing.' },
      ]),
    ],
    Pod: [...old, failing()],
  }),
  quiet('for a minute', { Deployment: [full], Pod: [...old, failing('2026-01-01T11:59:00Z')] }),
  quiet('a surge pod that starts within its budget', {
    Deployment: [full],
    Pod: [
      ...old,
      apiPod('api-6d4-a', '2026-01-01T11:52:00Z', {
        metadata: made('2026-01-01T11:52:00Z'),
        spec: {
          containers: [{ name: 'app', startupProbe: { periodSeconds: 10, failureThreshold: 60 } }],
        },
        status: starting('2026-01-01T11:52:30Z'),
      }),
    ],
  }),
  quiet('a pod that runs and is not ready yet, for less than its probe is given', {
    Deployment: [full],
    Pod: [
      ...old,
      apiPod('api-6d4-a', '2026-01-01T11:56:00Z', {
        metadata: made('2026-01-01T11:56:00Z'),
        status: starting('2026-01-01T11:56:00Z'),
      }),
    ],
  }),
  fires(
    'a pod that runs and is not ready for six minutes',
    {
      Deployment: [full],
      Pod: [
        ...old,
        apiPod('api-6d4-a', '2026-01-01T11:54:00Z', {
          metadata: made('2026-01-01T11:54:00Z'),
          status: starting('2026-01-01T11:54:00Z'),
        }),
      ],
    },
    { reason: 'NewRevisionBroken' },
  ),
  quiet('another pod of the new revision is ready', {
    Deployment: [full],
    Pod: [...old, failing(), apiPod('api-6d4-b', null)],
  }),
  quiet('nobody serves: it is down, not caught', {
    Deployment: [deployment(0, [unavailable('2026-01-01T11:50:00Z')])],
    Pod: [
      failing(),
      apiPod('api-5c9-a', '2026-01-01T11:50:00Z', { status: waiting('CrashLoopBackOff') }, '5c9'),
    ],
  }),
  quiet('there is one revision', {
    Deployment: [full],
    Pod: [failing(), apiPod('api-6d4-b', '2026-01-01T11:50:00Z')],
  }),
  quiet('a pod that does not say of which revision it is', {
    Deployment: [full],
    Pod: [...old, apiPod('api-x', '2026-01-01T11:50:00Z', { metadata: { labels: {} } }, '6d4')],
  }),
  quiet('an old pod fails', {
    Deployment: [full],
    Pod: [
      apiPod('api-5c9-a', '2026-01-01T11:50:00Z', { status: waiting('CrashLoopBackOff') }, '5c9'),
      apiPod('api-5c9-b', null, {}, '5c9'),
      apiPod('api-6d4-a', null, { metadata: made('2026-01-01T11:55:00Z') }),
    ],
  }),
  quiet('the node of the new pod is lost', {
    Deployment: [full],
    Pod: [...old, failing()],
    Node: [node('node-a', 'Unknown')],
  }),
  quiet('paused', {
    Deployment: [deployment(3, [rolling], { spec: { paused: true } })],
    Pod: [...old, failing()],
  }),
  quiet('the controller has not seen the newest spec', {
    Deployment: [deployment(3, [rolling], { metadata: { generation: 4 } })],
    Pod: [...old, failing()],
  }),
  quiet('its namespace is being deleted', {
    Deployment: [full],
    Pod: [...old, failing()],
    Namespace: [terminatingShop],
  }),
];
