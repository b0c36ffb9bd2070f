import { condition, quiet, seen } from './custom-objects.ts';
import { accepted, at, gateway, refused, route } from './gateway-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

export const cases: readonly Case[] = [
  seen('refused by its only parent', [route([at('web', [refused])])], {
    object: { kind: 'HTTPRoute', namespace: 'shop', name: 'api' },
    reason: 'RouteNotAccepted',
    impact: 'degraded',
    since: ago(60),
    says: ['NoMatchingListenerHostname', 'no listener fits'],
    proof: {
      resource: 'httproute.gateway.networking.k8s.io',
      dependsOn: [{ kind: 'Gateway', namespace: 'shop', name: 'web' }],
    },
  }),
  seen(
    'one parent of two refuses, and it is a gateway that is here',
    [gateway('web'), route([at('far', [accepted]), at('web', [refused])])],
    {
      impact: 'at-risk',
    },
  ),
  seen(
    'by the listener that it names',
    [
      gateway('web'),
      route([
        at('web', [accepted], { sectionName: 'http' }),
        at('web', [refused], { sectionName: 'https' }),
      ]),
    ],
    {
      impact: 'at-risk',
    },
  ),
  seen(
    'accepted, and not reconciled',
    [
      route(
        [at('web', [accepted, condition('Reconciled', 'False', 'ReconciliationFailed')])],
        {},
        'GRPCRoute',
      ),
    ],
    {
      object: { kind: 'GRPCRoute' },
      reason: 'RouteNotProgrammed',
      says: ['Gateway web does not accept it'],
    },
  ),
  seen(
    'of a service mesh',
    [route([at('api', [refused], { kind: 'Service', group: '', namespace: 'bank' })])],
    {
      proof: { dependsOn: [{ kind: 'Service', namespace: 'bank', name: 'api' }] },
    },
  ),
  seen(
    'a parent called like a built-in kind',
    [route([at('api', [refused], { kind: 'Service', group: 'mesh.example' })])],
    {
      proof: { dependsOn: [{ kind: 'Service.mesh.example', namespace: 'shop', name: 'api' }] },
    },
  ),
  quiet(
    'T34: one parent of two refuses, and it is not here',
    route([at('far', [refused]), at('web', [accepted])]),
  ),
  quiet(
    'T34: another controller accepts it at this parent',
    gateway('web'),
    route([at('web', [refused]), at('web', [accepted])]),
  ),
  quiet(
    'T32: one entry tells of an older spec',
    gateway('web'),
    route(
      [
        at('web', [condition('Accepted', 'False', 'NoMatchingParent', { observedGeneration: 1 })], {
          sectionName: 'old',
        }),
        at('web', [accepted]),
      ],
      { generation: 2 },
    ),
  ),
  quiet('nobody has seen it yet', route([])),
  quiet('a parent without a name', route([{ parentRef: {}, conditions: [refused] }])),
  quiet(
    'within the grace time',
    route([
      at('web', [condition('Accepted', 'False', 'NotAllowedByListeners', { since: ago(4) })]),
    ]),
  ),
  quiet('being deleted', route([at('web', [refused])], { deletionTimestamp: ago(1) })),
];
