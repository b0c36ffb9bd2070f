import { fires, ingress, leaving, meta, quiet, shopGoes, warning } from './network-objects.ts';
import type { Case } from './suite.ts';

const secure = (made: object = {}) =>
  ingress('shop', 'web', { tls: [{ hosts: ['shop.example'], secretName: 'shop-tls' }] }, made);
const certificate = (condition: object, more: object = {}) => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: meta('shop-tls'),
  spec: { secretName: 'shop-tls' },
  status: {
    conditions: [
      { type: 'Ready', status: 'False', lastTransitionTime: '2026-01-01T11:10:00Z', ...condition },
    ],
  },
  ...more,
});
const unissued = {
  reason: 'DoesNotExist',
  message: 'Issuing certificate as Secret does not exist',
};
const text =
  'Could not find TLS certificates. Continuing setup for the load balancer to serve HTTP. Error: secret "shop-tls" does not exist';

export const cases: readonly Case[] = [
  fires(
    'the certificate was never issued',
    { Ingress: [secure()], CustomResource: [certificate(unissued)] },
    {
      object: { kind: 'Ingress', namespace: 'shop', name: 'shop' },
      reason: 'IngressTLSSecretMissing',
      impact: 'degraded',
      since: '2026-01-01T11:10:00Z',
      proof: {
        decidedBy: 'field',
        dependsOn: [{ kind: 'Certificate', namespace: 'shop', name: 'shop-tls' }],
      },
      says: ['shop.example', 'Secret shop-tls', 'Issuing certificate as Secret does not exist'],
    },
  ),
  fires(
    'its controller says that the Secret is missing',
    { Ingress: [secure()], Event: [warning('shop', 'Translate', text)] },
    { since: '2026-01-01T11:00:00Z', proof: { decidedBy: 'message' }, says: ['Translate'] },
  ),
  quiet('a certificate that was issued and cannot be renewed: its Secret is there', {
    Ingress: [secure()],
    CustomResource: [certificate({ reason: 'Expired', message: 'Certificate expired' })],
  }),
  quiet('issued since', {
    Ingress: [secure()],
    CustomResource: [certificate({ ...unissued, status: 'True' })],
  }),
  quiet('being issued', {
    Ingress: [secure()],
    CustomResource: [certificate({ ...unissued, lastTransitionTime: '2026-01-01T11:50:00Z' })],
  }),
  quiet('certificates of other Secrets, namespaces and makers, and one that goes', {
    Ingress: [secure()],
    CustomResource: [
      certificate(unissued, { spec: { secretName: 'blog-tls' } }),
      certificate(unissued, { metadata: meta('shop-tls', { namespace: 'blog' }) }),
      certificate(unissued, { apiVersion: 'networking.internal.knative.dev/v1alpha1' }),
      certificate(unissued, { metadata: meta('shop-tls', leaving) }),
    ],
  }),
  quiet('nothing of TLS', {
    Ingress: [ingress('shop', 'web')],
    CustomResource: [certificate(unissued)],
  }),
  quiet('a complaint that is old, of another Secret, or of something else (T05)', {
    Ingress: [secure()],
    Event: [
      warning('shop', 'Translate', text, { lastTimestamp: '2026-01-01T11:30:00Z' }),
      warning('shop', 'Translate', 'secret "blog-tls" does not exist'),
      warning('shop', 'Sync', 'secret shop-tls has been rotated'),
      warning('shop', 'Sync', text, { type: 'Normal' }),
    ],
  }),
  quiet('a new Ingress', {
    Ingress: [secure({ created: '2026-01-01T11:50:00Z' })],
    CustomResource: [certificate(unissued)],
  }),
  quiet('it is being deleted (T33)', {
    Ingress: [secure(leaving)],
    CustomResource: [certificate(unissued)],
  }),
  quiet('its namespace is being deleted (T33)', {
    Ingress: [secure()],
    CustomResource: [certificate(unissued)],
    Namespace: [shopGoes],
  }),
];
