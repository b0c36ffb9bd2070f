import type { Case } from './suite.ts';
import { type Parts, terminatingShop, waiting } from './workload-objects.ts';
import { dbPod, fires, quiet, statefulSet } from './workload-scenes.ts';

const revision = (hash: string): Parts => ({
  metadata: { labels: { 'controller-revision-hash': hash } },
  status: waiting('ImagePullBackOff'),
});
const updating = (parts: Parts = {}) =>
  statefulSet(2, {
    ...parts,
    status: { updateRevision: 'db-2', updatedReplicas: 1, ...parts.status },
  });
const blocked = dbPod('db-2', '2026-01-01T11:40:00Z', revision('db-2'));

export const cases: readonly Case[] = [
  fires(
    'a member of the new revision does not become ready',
    { StatefulSet: [updating()], Pod: [blocked] },
    {
      reason: 'StatefulSetUpdateStuck',
      impact: 'degraded',
      since: '2026-01-01T11:40:00Z',
      object: { kind: 'StatefulSet', namespace: 'shop', name: 'db' },
      proof: { sinceExact: true, templateHash: 'db-2', node: 'node-a' },
      says: ['to db-2 is stuck at 1 of 3', '2 ready', '1 pod: ImagePullBackOff (db-2)'],
    },
  ),
  fires(
    'a member of a broken revision blocks the mended template',
    {
      StatefulSet: [updating({ status: { updateRevision: 'db-3', updatedReplicas: undefined } })],
      Pod: [blocked],
    },
    { says: ['stuck at 0 of 3', 'of an older revision must be deleted by hand'] },
  ),
  {
    name: 'in parallel the controller deletes it itself',
    objects: {
      StatefulSet: [
        updating({
          spec: { podManagementPolicy: 'Parallel' },
          status: { updateRevision: 'db-3', updatedReplicas: undefined },
        }),
      ],
      Pod: [blocked],
    },
    expect: [{ says: ['it waits for 1 pod: ImagePullBackOff (db-2)'] }],
  },
  fires(
    'the only member',
    {
      StatefulSet: [
        updating({
          spec: { replicas: undefined },
          status: { readyReplicas: undefined, updatedReplicas: 0 },
        }),
      ],
      Pod: [blocked],
    },
    { impact: 'outage', says: ['0 of 1'] },
  ),
  quiet('for ten minutes', {
    StatefulSet: [updating()],
    Pod: [dbPod('db-2', '2026-01-01T11:50:00Z', revision('db-2'))],
  }),
  quiet('all members ready: it moves', { StatefulSet: [updating()], Pod: [dbPod('db-2', null)] }),
  quiet('OnDelete', {
    StatefulSet: [updating({ spec: { updateStrategy: { type: 'OnDelete' } } })],
    Pod: [blocked],
  }),
  quiet('a partition keeps the rest at the old revision', {
    StatefulSet: [updating({ spec: { updateStrategy: { rollingUpdate: { partition: 2 } } } })],
    Pod: [dbPod('db-1', '2026-01-01T11:40:00Z', revision('db-1'))],
  }),
  quiet('no update under way', {
    StatefulSet: [updating({ status: { updateRevision: 'db-1' } })],
    Pod: [blocked],
  }),
  quiet('a status without revisions', {
    StatefulSet: [updating({ status: { updateRevision: undefined } })],
    Pod: [blocked],
  }),
  quiet('the controller has not seen the newest spec', {
    StatefulSet: [updating({ status: { observedGeneration: 1 } })],
    Pod: [blocked],
  }),
  quiet('its namespace is being deleted', {
    StatefulSet: [updating()],
    Pod: [blocked],
    Namespace: [terminatingShop],
  }),
];
