import { fires, ingress, leaving, published, quiet, shopGoes, warning } from './network-objects.ts';
import type { Case } from './suite.ts';

const text =
  "Failed build model due to couldn't auto-discover subnets: unable to resolve at least one subnet";
const waits = ingress('shop', 'web', { ingressClassName: 'alb' });
const told = warning('shop', 'FailedBuildModel', text);

export const cases: readonly Case[] = [
  fires(
    'its controller says why',
    {
      Ingress: [waits],
      Event: [told, warning('shop', 'Other', 'later', { lastTimestamp: '2026-01-01T11:59:59Z' })],
    },
    {
      object: { kind: 'Ingress', namespace: 'shop', name: 'shop' },
      reason: 'IngressNoAddress',
      impact: 'outage',
      since: '2026-01-01T11:00:00Z',
      proof: {
        decidedBy: 'message',
        dependsOn: [{ kind: 'IngressClass', namespace: null, name: 'alb' }],
      },
      says: ['FailedBuildModel', 'auto-discover subnets'],
    },
  ),
  fires(
    'without a class, and with an address that says nothing',
    {
      Ingress: [
        ingress(
          'shop',
          'web',
          { ingressClassName: undefined },
          {},
          { loadBalancer: { ingress: [{}] } },
        ),
      ],
      Event: [
        warning(
          'shop',
          'Sync',
          'error while evaluating the ingress spec:\n- could not find service "shop/web"\n',
        ),
      ],
    },
    {
      says: ['Sync: error while evaluating the ingress spec: - could not find service "shop/web"'],
    },
  ),
  quiet('it has one, whatever was said', {
    Ingress: [ingress('shop', 'web', {}, {}, published)],
    Event: [told],
  }),
  quiet('nobody complains: many controllers publish none (T46)', { Ingress: [waits] }),
  quiet('the complaint is old (T05)', {
    Ingress: [waits],
    Event: [warning('shop', 'FailedBuildModel', text, { lastTimestamp: '2026-01-01T11:30:00Z' })],
  }),
  quiet('the complaint is about another Ingress', {
    Ingress: [waits],
    Event: [warning('blog', 'FailedBuildModel', text)],
  }),
  quiet('it is ten minutes old', {
    Ingress: [ingress('shop', 'web', {}, { created: '2026-01-01T11:50:00Z' })],
    Event: [told],
  }),
  quiet('it is being deleted (T33)', {
    Ingress: [ingress('shop', 'web', {}, leaving)],
    Event: [told],
  }),
  quiet('its namespace is being deleted (T33)', {
    Ingress: [waits],
    Event: [told],
    Namespace: [shopGoes],
  }),
];
