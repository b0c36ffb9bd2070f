import { condition, custom, quiet, seen } from './custom-objects.ts';
import { accepted, at, refused, route } from './gateway-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const unresolved = (reason: string, more: object = {}) =>
  condition('ResolvedRefs', 'False', reason, { message: 'backend api', ...more });
const missing = route([at('web', [accepted, unresolved('BackendNotFound')])]);
const service = { metadata: { name: 'api', namespace: 'shop' } };
const withRef = (ref: object) =>
  custom('gateway.networking.k8s.io/v1', 'HTTPRoute', 'api', {
    spec: { rules: [{ backendRefs: [ref] }] },
    status: { parents: [at('web', [unresolved('BackendNotFound')])] },
  });

export const cases: readonly Case[] = [
  seen('a Service that is not there', [missing], {
    object: { kind: 'HTTPRoute', namespace: 'shop', name: 'api' },
    reason: 'BackendNotFound',
    impact: 'degraded',
    since: ago(60),
    says: ['BackendNotFound', 'backend api'],
    proof: {
      resource: 'httproute.gateway.networking.k8s.io',
      missing: { kind: 'Service', namespace: 'shop', name: 'api' },
    },
  }),
  {
    name: 'the Service is there: its port is not',
    objects: { CustomResource: [missing], Service: [service] },
    expect: [{ proof: { missing: undefined } }],
  },
  {
    name: 'Services were not read',
    objects: { CustomResource: [missing] },
    gaps: [{ kind: 'Service', namespace: null, reason: 'forbidden', detail: '' }],
    expect: [{ reason: 'BackendNotFound', proof: { missing: undefined } }],
  },
  seen('in another namespace', [withRef({ name: 'api', namespace: 'bank' })], {
    proof: { missing: { kind: 'Service', namespace: 'bank', name: 'api' } },
  }),
  seen('of another kind', [withRef({ name: 'api', group: 'net.example', kind: 'Service' })], {
    proof: { missing: undefined },
  }),
  seen('of another kind in the core group', [withRef({ name: 'api', kind: 'Pod' })], {
    proof: { missing: undefined },
  }),
  seen('not permitted', [route([at('web', [accepted, unresolved('RefNotPermitted')])])], {
    reason: 'RefNotPermitted',
    proof: { missing: undefined },
  }),
  seen('another reason', [route([at('web', [accepted, unresolved('UnsupportedProtocol')])])], {
    reason: 'RouteRefsUnresolved',
  }),
  quiet(
    'resolved',
    route([at('web', [accepted, condition('ResolvedRefs', 'True', 'ResolvedRefs')])]),
  ),
  quiet(
    'refused as a whole, told elsewhere',
    route([at('web', [refused, unresolved('BackendNotFound')])]),
  ),
  quiet(
    'T34: another controller resolves them',
    route([
      at('web', [unresolved('BackendNotFound')]),
      at('web', [condition('ResolvedRefs', 'True', 'ResolvedRefs')]),
    ]),
  ),
  quiet(
    'T32',
    route([at('web', [unresolved('BackendNotFound', { observedGeneration: 1 })])], {
      generation: 2,
    }),
  ),
  quiet(
    'within the grace time',
    route([at('web', [unresolved('BackendNotFound', { since: ago(4) })])]),
  ),
];
