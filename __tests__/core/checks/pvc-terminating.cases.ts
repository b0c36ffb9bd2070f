import { ago } from './pods.ts';
import { claim, consumer } from './storage-objects.ts';
import type { Case } from './suite.ts';
import { terminatingShop } from './workload-objects.ts';

const going = (
  minutes: number,
  finalizers: readonly string[] = ['kubernetes.io/pvc-protection'],
): object => claim('Bound', { metadata: { deletionTimestamp: ago(minutes), finalizers } });
const quiet = (name: string, objects: Case['objects']): Case => ({
  name: `quiet: ${name}`,
  objects,
  expect: [],
});

export const cases: readonly Case[] = [
  {
    name: 'for an hour, and nobody mounts it',
    objects: { PersistentVolumeClaim: [going(60)] },
    expect: [
      {
        reason: 'PVCTerminatingStuck',
        impact: 'info',
        since: ago(60),
        object: { kind: 'PersistentVolumeClaim', name: 'data' },
        proof: { claims: ['data'], sinceExact: true },
        says: ['shop/data has been Terminating since', 'kubernetes.io/pvc-protection'],
      },
    ],
  },
  {
    name: 'only a failed pod still names it',
    objects: { PersistentVolumeClaim: [going(60)], Pod: [consumer({ phase: 'Failed' })] },
    expect: [{ reason: 'PVCTerminatingStuck' }],
  },
  quiet('a pod uses it: it waits by design', {
    PersistentVolumeClaim: [going(60)],
    Pod: [consumer()],
  }),
  quiet('ten minutes', { PersistentVolumeClaim: [going(10)] }),
  quiet('held by a finalizer of something else', {
    PersistentVolumeClaim: [going(60, ['example.com/backup'])],
  }),
  quiet('not being deleted', { PersistentVolumeClaim: [claim('Bound')] }),
  quiet('its namespace goes', { PersistentVolumeClaim: [going(60)], Namespace: [terminatingShop] }),
];
