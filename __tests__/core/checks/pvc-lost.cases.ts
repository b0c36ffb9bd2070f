import { ago } from './pods.ts';
import { claim, consumer } from './storage-objects.ts';
import type { Case } from './suite.ts';
import { terminatingShop } from './workload-objects.ts';

export const cases: readonly Case[] = [
  {
    name: 'lost',
    objects: { PersistentVolumeClaim: [claim('Lost', { spec: { volumeName: 'pv-7' } })] },
    expect: [
      {
        reason: 'PVCLost',
        impact: 'at-risk',
        since: null,
        object: { kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data' },
        proof: { sinceExact: false, claims: ['data'] },
        says: ['shop/data is Lost', 'its volume pv-7 is gone'],
      },
    ],
  },
  {
    name: 'lost under a pod',
    objects: { PersistentVolumeClaim: [claim('Lost')], Pod: [consumer()] },
    expect: [{ impact: 'outage', says: ['its volume is gone', '1 pod mounts it'] }],
  },
  ...['Bound', 'Pending'].map((phase) => ({
    name: `quiet: ${phase}`,
    objects: { PersistentVolumeClaim: [claim(phase)], Pod: [consumer()] },
    expect: [],
  })),
  {
    name: 'quiet: it is being deleted',
    objects: {
      PersistentVolumeClaim: [claim('Lost', { metadata: { deletionTimestamp: ago(1) } })],
    },
    expect: [],
  },
  {
    name: 'quiet: its namespace is being deleted',
    objects: { PersistentVolumeClaim: [claim('Lost')], Namespace: [terminatingShop] },
    expect: [],
  },
];
