import type { Case } from './suite.ts';
import { terminatingShop, waiting } from './workload-objects.ts';
import {
  apiPod,
  availableEnough,
  deployment,
  exceeded,
  fires,
  progressing,
  quiet,
  unavailable,
} from './workload-scenes.ts';

export const cases: readonly Case[] = [
  fires(
    'the old revision serves in full',
    {
      Deployment: [deployment(3, [availableEnough, exceeded])],
      Pod: [apiPod('api-6d4-a', '2026-01-01T11:45:00Z', { status: waiting('ErrImagePull') })],
    },
    {
      reason: 'ProgressDeadlineExceeded',
      impact: 'at-risk',
      since: '2026-01-01T11:59:00Z',
      object: { kind: 'Deployment', namespace: 'shop', name: 'api' },
      proof: { decidedBy: 'field', sinceExact: true, templateHash: '6d4' },
      says: [
        'ProgressDeadlineExceeded',
        'shop/api',
        '1 pod: ErrImagePull',
        'the old revision still serves in full',
      ],
    },
  ),
  fires(
    'short',
    { Deployment: [deployment(2, [exceeded])] },
    { reason: 'ProgressDeadlineExceeded', impact: 'degraded', says: ['2 of 3'] },
  ),
  fires(
    'dead',
    { Deployment: [deployment(0, [exceeded, unavailable('2026-01-01T11:59:00Z')])] },
    { reason: 'ProgressDeadlineExceeded', impact: 'outage' },
  ),
  fires(
    'a condition without a time',
    { Deployment: [deployment(0, [{ ...exceeded, lastTransitionTime: undefined }])] },
    { since: null, proof: { sinceExact: false } },
  ),
  quiet('moves', {
    Deployment: [deployment(2, [progressing('ReplicaSetUpdated', '2026-01-01T11:55:00Z')])],
  }),
  quiet('another reason not to progress', {
    Deployment: [
      deployment(2, [progressing('ReplicaSetCreateError', '2026-01-01T11:55:00Z', 'False')]),
    ],
  }),
  quiet('paused', { Deployment: [deployment(2, [exceeded], { spec: { paused: true } })] }),
  quiet('scaled to zero', { Deployment: [deployment(0, [exceeded], { spec: { replicas: 0 } })] }),
  quiet('the controller has not seen the newest spec', {
    Deployment: [deployment(2, [exceeded], { metadata: { generation: 4 } })],
  }),
  quiet('it is being deleted', {
    Deployment: [
      deployment(2, [exceeded], { metadata: { deletionTimestamp: '2026-01-01T11:59:00Z' } }),
    ],
  }),
  quiet('its namespace is being deleted', {
    Deployment: [deployment(2, [exceeded])],
    Namespace: [terminatingShop],
  }),
];
