import { condition, custom, quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const failed = condition('Ready', 'False', 'SecretSyncedError', {
  message: 'could not get secret data from provider',
});
const external = (
  spec: object = {},
  conditions: readonly object[] = [failed],
  metadata: object = {},
) =>
  custom('external-secrets.io/v1', 'ExternalSecret', 'db', {
    metadata,
    spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' }, ...spec },
    status: { conditions },
  });
const sealed = (spec: object, conditions: readonly object[]) =>
  custom('bitnami.com/v1alpha1', 'SealedSecret', 'db', { spec, status: { conditions } });
const undecrypted = condition('Synced', 'False', undefined, {
  message: 'no key could decrypt secret',
});

export const cases: readonly Case[] = [
  seen('an ExternalSecret', [external({ target: { name: 'db-login' } })], {
    object: { kind: 'ExternalSecret', namespace: 'shop', name: 'db' },
    reason: 'ExternalSecretNotSynced',
    impact: 'at-risk',
    since: ago(60),
    says: ['SecretSyncedError', 'could not get secret data'],
    proof: {
      resource: 'externalsecret.external-secrets.io',
      dependsOn: [{ kind: 'ClusterSecretStore', namespace: null, name: 'vault' }],
      makes: [{ kind: 'Secret', namespace: 'shop', name: 'db-login' }],
    },
  }),
  seen(
    'of a store in its namespace, by its own name',
    [external({ secretStoreRef: { name: 'vault' } })],
    {
      proof: {
        dependsOn: [{ kind: 'SecretStore', namespace: 'shop', name: 'vault' }],
        makes: [{ kind: 'Secret', namespace: 'shop', name: 'db' }],
      },
    },
  ),
  seen('each key from a store of its own', [external({ secretStoreRef: undefined })], {
    proof: { dependsOn: [] },
  }),
  seen(
    'in many namespaces',
    [
      custom('external-secrets.io/v1', 'ClusterExternalSecret', 'db', {
        metadata: { namespace: undefined },
        status: {
          conditions: [
            condition('PartiallyReady', 'True', undefined, {
              since: null,
              message: 'one or more namespaces failed',
            }),
          ],
        },
      }),
    ],
    {
      object: { kind: 'ClusterExternalSecret', namespace: null },
      proof: { makes: [], unconfirmed: true },
    },
  ),
  seen(
    'a SealedSecret',
    [sealed({ template: { metadata: { name: 'db-login' } } }, [undecrypted])],
    {
      reason: 'SealedSecretNotSynced',
      says: ['no key could decrypt secret'],
      proof: { makes: [{ kind: 'Secret', namespace: 'shop', name: 'db-login' }] },
    },
  ),
  quiet(
    'within the grace time',
    external({}, [condition('Ready', 'False', 'SecretSyncedError', { since: ago(9) })]),
  ),
  quiet('ready', external({}, [condition('Ready', 'True', 'SecretSynced')])),
  quiet('sealed and synced', sealed({}, [condition('Synced', 'True')])),
  quiet('being deleted', external({}, [failed], { deletionTimestamp: ago(1) })),
];
