import {
  fires,
  ingress,
  leaving,
  meta,
  minuteAgo,
  published,
  quiet,
  shopGoes,
} from './network-objects.ts';
import type { Case } from './suite.ts';

const classNamed = (name: string, more: object = {}): object => ({
  metadata: meta(name, { namespace: null, more }),
});
const byDefault = {
  annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
};
const lost = ingress('shop', 'web');
const others = [classNamed('traefik'), classNamed('alb')];
const classless = ingress('shop', 'web', { ingressClassName: undefined });
const served = ingress('blog', 'blog', { ingressClassName: 'alb' }, {}, published);

export const cases: readonly Case[] = [
  fires(
    'the class does not exist',
    { Ingress: [lost], IngressClass: others },
    {
      object: { kind: 'Ingress', namespace: 'shop', name: 'shop' },
      reason: 'IngressClassMissing',
      impact: 'outage',
      since: '2026-01-01T11:00:00Z',
      proof: {
        decidedBy: 'field',
        missing: { kind: 'IngressClass', namespace: null, name: 'nginx' },
      },
      says: ['Ingress shop/shop', 'IngressClass nginx does not exist (there is alb, traefik)'],
    },
  ),
  fires('there is no class at all', { Ingress: [lost] }, { says: ['there is none'] }),
  fires(
    'no class is named, and none is the default, where controllers publish addresses',
    { Ingress: [classless, served], IngressClass: others },
    {
      object: { name: 'shop' },
      reason: 'NoDefaultIngressClass',
      impact: 'at-risk',
      proof: { decidedBy: 'message' },
      says: ['names no class'],
    },
  ),
  quiet('the class exists', { Ingress: [lost], IngressClass: [classNamed('nginx')] }),
  quiet('some controller serves it all the same', {
    Ingress: [ingress('shop', 'web', {}, {}, published)],
    IngressClass: others,
  }),
  quiet('some controller serves another Ingress of this class, by a host name', {
    Ingress: [
      lost,
      ingress('blog', 'blog', {}, {}, { loadBalancer: { ingress: [{ hostname: 'lb.example' }] } }),
    ],
    IngressClass: others,
  }),
  quiet('no class is named, and one is the default', {
    Ingress: [classless, served],
    IngressClass: [...others, classNamed('nginx', byDefault)],
  }),
  quiet('the old annotation names one, which needs no object', {
    Ingress: [
      ingress(
        'shop',
        'web',
        { ingressClassName: undefined },
        {
          more: { annotations: { 'kubernetes.io/ingress.class': 'nginx' } },
        },
      ),
      served,
    ],
    IngressClass: others,
  }),
  quiet('no class is named, and nobody publishes addresses here (T46)', {
    Ingress: [classless, ingress('blog', 'blog', { ingressClassName: 'alb' })],
    IngressClass: others,
  }),
  quiet('no class is named, and a controller serves such (GKE)', {
    Ingress: [classless, ingress('blog', 'blog', { ingressClassName: undefined }, {}, published)],
    IngressClass: others,
  }),
  quiet('a new Ingress', {
    Ingress: [ingress('shop', 'web', {}, { created: minuteAgo })],
  }),
  quiet('it is being deleted (T33)', { Ingress: [ingress('shop', 'web', {}, leaving)] }),
  quiet('its namespace is being deleted (T33)', { Ingress: [lost], Namespace: [shopGoes] }),
];
