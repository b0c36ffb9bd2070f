import { condition, custom, quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const store = (kind: string, more: object = {}, metadata: object = {}) =>
  custom('external-secrets.io/v1', kind, 'vault', {
    metadata: { ...(kind === 'ClusterSecretStore' ? { namespace: undefined } : {}), ...metadata },
    status: {
      conditions: [
        condition('Ready', 'False', 'ValidationFailed', {
          message: 'unable to validate store',
          ...more,
        }),
      ],
    },
  });

export const cases: readonly Case[] = [
  seen('a store', [store('SecretStore')], {
    object: { kind: 'SecretStore', namespace: 'shop', name: 'vault' },
    reason: 'SecretStoreNotReady',
    impact: 'at-risk',
    since: ago(60),
    says: ['ValidationFailed', 'unable to validate store'],
    proof: { resource: 'secretstore.external-secrets.io' },
  }),
  seen('one for the whole cluster', [store('ClusterSecretStore')], {
    object: { kind: 'ClusterSecretStore', namespace: null },
  }),
  quiet('within the grace time', store('SecretStore', { since: ago(9) })),
  quiet('being deleted', store('SecretStore', {}, { deletionTimestamp: ago(1) })),
  quiet(
    'ready',
    custom('external-secrets.io/v1', 'SecretStore', 'vault', {
      status: { conditions: [condition('Ready', 'True', 'Valid')] },
    }),
  ),
];
