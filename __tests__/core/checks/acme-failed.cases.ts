import { certificate, chain, issuer } from './certificate-objects.ts';
import { condition, custom, quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const waiting = certificate([condition('Ready', 'False', 'DoesNotExist')]);
const invalid = {
  state: 'invalid',
  reason: 'Error accepting authorization: 403 urn:ietf:params:acme:error:unauthorized',
};

export const cases: readonly Case[] = [
  seen(
    'a challenge failed, and with it its order',
    [waiting, ...chain({ state: 'invalid' }, invalid)],
    {
      object: { kind: 'Challenge', namespace: 'shop', name: 'web-1-2-3' },
      reason: 'ChallengeFailed',
      impact: 'at-risk',
      says: ['invalid', '403 urn:ietf'],
      proof: {
        resource: 'challenge.acme.cert-manager.io',
        dependsOn: [issuer],
        unconfirmed: undefined,
      },
    },
  ),
  seen(
    'an order failed by itself',
    [waiting, ...chain({ state: 'errored', reason: '429 rateLimited' }, { state: 'pending' })],
    {
      object: { kind: 'Order' },
      reason: 'OrderFailed',
      says: ['429 rateLimited'],
    },
  ),
  seen(
    'one that nobody owns',
    [custom('acme.cert-manager.io/v1', 'Order', 'o', { status: { state: 'expired' } })],
    { reason: 'OrderFailed' },
  ),
  quiet('they go on', waiting, ...chain({ state: 'pending' }, { state: 'processing' })),
  quiet(
    'the certificate was issued all the same',
    certificate([condition('Ready', 'True', 'Ready')]),
    ...chain({ state: 'invalid' }, invalid),
  ),
  seen(
    'the certificate holds, but its renewal fails',
    [
      certificate([condition('Ready', 'True', 'Ready'), condition('Issuing', 'False', 'Failed')]),
      ...chain({ state: 'invalid' }, invalid),
    ],
    { reason: 'ChallengeFailed' },
  ),
  quiet('it failed days ago', waiting, ...chain({ state: 'invalid' }, invalid, ago(3 * 24 * 60))),
  quiet(
    'being deleted',
    custom('acme.cert-manager.io/v1', 'Order', 'o', {
      metadata: { deletionTimestamp: ago(1) },
      status: { state: 'errored' },
    }),
  ),
];
