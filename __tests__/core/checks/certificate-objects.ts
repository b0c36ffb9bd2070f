import { type CustomParts, condition, custom } from './custom-objects.ts';
import { ago } from './pods.ts';

/** A Certificate of issuer letsencrypt for Secret web-tls. */
export function certificate(
  conditions: readonly object[],
  { metadata, spec, status }: CustomParts = {},
): object {
  return custom('cert-manager.io/v1', 'Certificate', 'web', {
    ...(metadata === undefined ? {} : { metadata }),
    spec: {
      secretName: 'web-tls',
      issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt' },
      ...spec,
    },
    status: { conditions, ...status },
  });
}

export const issuer = { kind: 'ClusterIssuer', namespace: null, name: 'letsencrypt' };
export const secret = { kind: 'Secret', namespace: 'shop', name: 'web-tls' };

/** What works for the Certificate, each made by the one before: request, order, challenge. */
export function chain(order: object, challenge: object, created = ago(30)): readonly object[] {
  const owned = (apiVersion: string, kind: string, name: string) => ({
    creationTimestamp: created,
    ownerReferences: [{ apiVersion, kind, name, controller: true }],
  });
  const acme = 'acme.cert-manager.io/v1';
  const spec = { issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt' } };
  return [
    custom('cert-manager.io/v1', 'CertificateRequest', 'web-1', {
      metadata: owned('cert-manager.io/v1', 'Certificate', 'web'),
      status: { conditions: [condition('Ready', 'False', 'Pending')] },
    }),
    custom(acme, 'Order', 'web-1-2', {
      metadata: owned('cert-manager.io/v1', 'CertificateRequest', 'web-1'),
      spec,
      status: order,
    }),
    custom(acme, 'Challenge', 'web-1-2-3', {
      metadata: owned(acme, 'Order', 'web-1-2'),
      spec,
      status: challenge,
    }),
  ];
}
