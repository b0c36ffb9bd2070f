import { condition, custom, quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const issuer = (kind: string, more: object = {}, metadata: object = {}) =>
  custom('cert-manager.io/v1', kind, 'letsencrypt', {
    metadata: { ...(kind === 'ClusterIssuer' ? { namespace: undefined } : {}), ...metadata },
    status: {
      conditions: [
        condition('Ready', 'False', 'ErrRegisterACMEAccount', {
          message: 'Failed to verify ACME account: 404',
          ...more,
        }),
      ],
    },
  });

export const cases: readonly Case[] = [
  seen('an issuer', [issuer('Issuer')], {
    object: { kind: 'Issuer', namespace: 'shop', name: 'letsencrypt' },
    reason: 'IssuerNotReady',
    impact: 'at-risk',
    since: ago(60),
    says: ['ErrRegisterACMEAccount', '404'],
    proof: { resource: 'issuer.cert-manager.io' },
  }),
  seen('one for the whole cluster', [issuer('ClusterIssuer')], {
    object: { kind: 'ClusterIssuer', namespace: null },
  }),
  quiet('within the grace time', issuer('Issuer', { since: ago(10) })),
  quiet('T32', issuer('Issuer', { observedGeneration: 1 }, { generation: 2 })),
  quiet('being deleted', issuer('Issuer', {}, { deletionTimestamp: ago(1) })),
  quiet('no status yet', custom('cert-manager.io/v1', 'Issuer', 'new', {})),
  quiet(
    'an Issuer of another group',
    custom('acme.example/v1', 'Issuer', 'x', {
      status: { conditions: [condition('Ready', 'False', 'Failed')] },
    }),
  ),
];
