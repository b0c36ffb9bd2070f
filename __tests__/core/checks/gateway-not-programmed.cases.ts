import { condition, custom, quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const gateway = (status: object, metadata: object = {}) =>
  custom('gateway.networking.k8s.io/v1', 'Gateway', 'web', {
    metadata,
    spec: { gatewayClassName: 'envoy' },
    status,
  });
const accepted = condition('Accepted', 'True', 'Accepted');
const unprogrammed = condition('Programmed', 'False', 'AddressNotAssigned', {
  message: 'no addresses',
});

export const cases: readonly Case[] = [
  seen('not programmed', [gateway({ conditions: [accepted, unprogrammed] })], {
    object: { kind: 'Gateway', namespace: 'shop', name: 'web' },
    reason: 'GatewayNotProgrammed',
    impact: 'degraded',
    since: ago(60),
    says: ['AddressNotAssigned', 'no addresses'],
    proof: {
      resource: 'gateway.gateway.networking.k8s.io',
      dependsOn: [{ kind: 'GatewayClass', namespace: null, name: 'envoy' }],
    },
  }),
  seen(
    'not accepted',
    [gateway({ conditions: [condition('Accepted', 'False', 'ListenersNotValid')] })],
    { reason: 'GatewayNotAccepted', impact: 'at-risk' },
  ),
  seen(
    'a listener without its certificate',
    [
      gateway({
        conditions: [accepted],
        listeners: [
          {
            name: 'https',
            conditions: [condition('ResolvedRefs', 'False', 'InvalidCertificateRef')],
          },
        ],
      }),
    ],
    { reason: 'ListenerFailed', says: ['InvalidCertificateRef'] },
  ),
  seen(
    'two listeners on one port',
    [
      gateway({
        listeners: [
          { name: 'a', conditions: [condition('Conflicted', 'True', 'ProtocolConflict')] },
        ],
      }),
    ],
    { reason: 'ListenerFailed' },
  ),
  seen(
    'references of its own',
    [gateway({ conditions: [condition('ResolvedRefs', 'False', 'InvalidParameters')] })],
    { reason: 'GatewayRefsUnresolved' },
  ),
  seen(
    'a class',
    [
      custom('gateway.networking.k8s.io/v1', 'GatewayClass', 'envoy', {
        metadata: { namespace: undefined },
        status: { conditions: [condition('Accepted', 'False', 'InvalidParameters')] },
      }),
    ],
    { object: { kind: 'GatewayClass', namespace: null }, proof: { dependsOn: [] } },
  ),
  quiet(
    'it waits for a controller',
    gateway({
      conditions: [
        condition('Accepted', 'Unknown', 'Pending'),
        condition('Programmed', 'Unknown', 'Pending'),
      ],
    }),
  ),
  quiet('pending', gateway({ conditions: [condition('Programmed', 'False', 'Pending')] })),
  quiet(
    'within the grace time',
    gateway({
      conditions: [condition('Programmed', 'False', 'AddressNotAssigned', { since: ago(4) })],
    }),
  ),
  quiet(
    'T32',
    gateway(
      { conditions: [condition('Programmed', 'False', 'Invalid', { observedGeneration: 1 })] },
      { generation: 2 },
    ),
  ),
  quiet(
    'no listener conflicts',
    gateway({
      listeners: [{ name: 'a', conditions: [condition('Conflicted', 'False', 'NoConflicts')] }],
    }),
  ),
];
