import { certificate, chain, issuer, secret } from './certificate-objects.ts';
import { condition, quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const day = 24 * 60;
const ready = condition('Ready', 'True', 'Ready');
/** Times in minutes ago; those to come are negative. */
const lasting = (
  notBefore: number,
  renewalTime: number | undefined,
  notAfter: number,
  ...more: object[]
) =>
  certificate([ready, ...more], {
    status: {
      notBefore: ago(notBefore),
      notAfter: ago(notAfter),
      ...(renewalTime === undefined ? {} : { renewalTime: ago(renewalTime) }),
    },
  });

export const cases: readonly Case[] = [
  seen('overdue, with 20 days left', [lasting(70 * day, 10 * day, -20 * day)], {
    object: { kind: 'Certificate', name: 'web' },
    reason: 'CertificateExpiring',
    impact: 'at-risk',
    since: ago(10 * day),
    says: ['expires in 20 d and was due for renewal'],
    proof: {
      sinceExact: true,
      imminent: false,
      resource: 'certificate.cert-manager.io',
      dependsOn: [issuer],
      makes: [secret],
    },
    evidence: [
      { source: 'field', at: 'status.notAfter', text: ago(-20 * day) },
      { source: 'field', at: 'status.renewalTime', text: ago(10 * day) },
    ],
  }),
  seen('hours left', [lasting(90 * day, 30 * day, -60)], {
    says: ['expires in 1 h'],
    proof: { imminent: true },
  }),
  seen(
    'the last issuance says why',
    [
      lasting(
        70 * day,
        10 * day,
        -20 * day,
        condition('Issuing', 'False', 'Failed', { message: 'rate limited' }),
      ),
    ],
    {
      says: ['rate limited'],
    },
  ),
  seen(
    'expired',
    [certificate([condition('Ready', 'False', 'Expired')], { status: { notAfter: ago(60) } })],
    {
      reason: 'CertificateExpired',
      impact: 'degraded',
      since: ago(60),
      says: ['expired 1 h ago'],
    },
  ),
  seen(
    'the challenge fails',
    [
      lasting(70 * day, 10 * day, -20 * day, condition('Issuing', 'False', 'Failed')),
      ...chain({ state: 'pending' }, { state: 'invalid' }),
    ],
    {
      proof: { dependsOn: [issuer, { kind: 'Challenge', namespace: 'shop', name: 'web-1-2-3' }] },
    },
  ),
  seen('of a day, overdue by two hours', [lasting(18 * 60, 120, -360)], {
    reason: 'CertificateExpiring',
  }),
  seen('without a time for its renewal', [lasting(80 * day, undefined, -10 * day)], {
    since: null,
    proof: { sinceExact: false },
  }),
  seen(
    'nor a beginning: of three months',
    [certificate([ready], { status: { notAfter: ago(-10 * day) } })],
    {},
  ),
  quiet('T29: near its end, but renewal is not due', lasting(20 * 60, -60, -240)),
  quiet('just due', lasting(60 * day, 30, -30 * day)),
  quiet('overdue, with months left', lasting(60 * day, 10 * day, -60 * day)),
  quiet('without a time for its renewal, with weeks left', lasting(60 * day, undefined, -30 * day)),
  quiet('a year without a time for its renewal', lasting(300 * day, undefined, -65 * day)),
  quiet('no end is told', certificate([ready])),
  quiet(
    'being deleted',
    certificate([ready], {
      metadata: { deletionTimestamp: ago(1) },
      status: { notAfter: ago(60) },
    }),
  ),
];
