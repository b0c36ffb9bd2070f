import { certificate, chain, issuer, secret } from './certificate-objects.ts';
import { condition, quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const missing = condition('Ready', 'False', 'DoesNotExist', { message: 'Secret does not exist' });
const failed = condition('Issuing', 'False', 'Failed', {
  message: 'order is in "errored" state: 429',
});
const invalid = { state: 'invalid', reason: '403 unauthorized' };

export const cases: readonly Case[] = [
  seen('never issued', [certificate([missing])], {
    object: { kind: 'Certificate', namespace: 'shop', name: 'web' },
    reason: 'CertificateNotReady',
    impact: 'degraded',
    since: ago(60),
    says: ['DoesNotExist', 'Secret does not exist'],
    proof: { resource: 'certificate.cert-manager.io', dependsOn: [issuer], makes: [secret] },
  }),
  seen(
    'an old one serves on',
    [
      certificate([condition('Ready', 'False', 'SecretMismatch'), failed], {
        status: { notAfter: ago(-9999) },
      }),
    ],
    {
      reason: 'CertificateIssuanceFailed',
      impact: 'at-risk',
      says: ['Issuing, Failed', '429'],
      evidence: [
        {
          source: 'field',
          at: 'status.conditions[Issuing]',
          text: 'Failed: order is in "errored" state: 429',
        },
      ],
    },
  ),
  seen(
    'it is being issued for too long',
    [certificate([missing, condition('Issuing', 'True', 'DoesNotExist')])],
    { reason: 'CertificateNotReady' },
  ),
  seen(
    'its orders and challenges failed',
    [certificate([missing, failed]), ...chain({ state: 'invalid' }, invalid)],
    {
      proof: {
        dependsOn: [
          issuer,
          { kind: 'Challenge', namespace: 'shop', name: 'web-1-2-3' },
          { kind: 'Order', namespace: 'shop', name: 'web-1-2' },
        ],
      },
    },
  ),
  seen(
    'an issuer in its namespace, by default',
    [certificate([missing], { spec: { issuerRef: { name: 'ca' } } })],
    {
      proof: { dependsOn: [{ kind: 'Issuer', namespace: 'shop', name: 'ca' }] },
    },
  ),
  seen(
    'an issuer of somebody else',
    [
      certificate([missing], {
        spec: { issuerRef: { name: 'ca', group: 'acme.example', kind: 'X' } },
      }),
    ],
    {
      proof: { dependsOn: [] },
    },
  ),
  seen('no Secret is named', [certificate([missing], { spec: { secretName: undefined } })], {
    proof: { makes: [] },
  }),
  seen(
    'without a time since its creation',
    [certificate([condition('Ready', 'False', 'DoesNotExist', { since: null })])],
    {
      since: null,
      proof: { unconfirmed: true },
    },
  ),
  quiet(
    'T29: it is being issued',
    certificate([missing, condition('Issuing', 'True', 'DoesNotExist', { since: ago(10) })]),
  ),
  quiet(
    'within the grace time',
    certificate([condition('Ready', 'False', 'DoesNotExist', { since: ago(10) })]),
  ),
  quiet('ready', certificate([condition('Ready', 'True', 'Ready')])),
  quiet('nothing is said yet', certificate([])),
  quiet('expired is told elsewhere', certificate([condition('Ready', 'False', 'Expired')])),
  quiet(
    'T32',
    certificate([condition('Ready', 'False', 'DoesNotExist', { observedGeneration: 1 })], {
      metadata: { generation: 2 },
    }),
  ),
  quiet('T33', certificate([missing], { metadata: { deletionTimestamp: ago(1) } })),
];
