import {
  fires,
  leaving,
  meta,
  minuteAgo,
  namespace,
  pod,
  quiet,
  service,
  slice,
} from './network-objects.ts';
import type { Case } from './suite.ts';

const home = { namespace: 'policy' };
const rule = { apiGroups: [''], operations: ['CREATE'], resources: ['pods'], scope: 'Namespaced' };
const hook = (more: object = {}): object => ({
  name: 'validate.policy.example',
  failurePolicy: 'Fail',
  clientConfig: { service: { namespace: 'policy', name: 'hook', port: 443 } },
  rules: [rule],
  ...more,
});
const configured = (...webhooks: readonly object[]) => ({
  metadata: meta('policy', { namespace: null }),
  webhooks,
});
const backend = (spec: object = {}) =>
  service('hook', { ports: [{ port: 443, targetPort: 8443 }], ...spec }, home);
const ready = slice('hook', {}, 'policy');
const down = slice('hook', { endpoints: [{ conditions: { ready: false } }] }, 'policy');
const unready = (since: string) =>
  pod(
    'hook',
    { app: 'hook' },
    {
      metadata: { namespace: 'policy' },
      status: { conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: since }] },
    },
  );
const spaces = [namespace('shop'), namespace('policy'), namespace('kube-system')];
const dead = {
  Service: [backend()],
  EndpointSlice: [down],
  Pod: [unready('2026-01-01T11:40:00Z')],
};
const asked = (name: string, more: object, impact: 'outage' | 'degraded') =>
  fires(
    name,
    {
      ...dead,
      Namespace: spaces,
      ValidatingWebhookConfiguration: [configured(hook(more))],
      MutatingWebhookConfiguration: [configured(hook(more))],
    },
    { object: { kind: 'ValidatingWebhookConfiguration' }, impact },
    { object: { kind: 'MutatingWebhookConfiguration' }, impact },
  );
const unlike = (key: string, operator: string, values: readonly string[]) => ({
  matchExpressions: [{ key, operator, values }],
});

export const cases: readonly Case[] = [
  {
    ...quiet('the namespace of its Service was not read', {
      Namespace: [namespace('shop')],
      ValidatingWebhookConfiguration: [configured(hook())],
    }),
    namespaces: { include: ['shop'], exclude: [] },
  },
  fires(
    'its Service has no ready endpoint',
    {
      ...dead,
      Namespace: spaces,
      ValidatingWebhookConfiguration: [configured(hook(), hook({ name: 'other.policy.example' }))],
    },
    {
      object: { kind: 'ValidatingWebhookConfiguration', namespace: null, name: 'policy' },
      reason: 'WebhookNoEndpoints',
      impact: 'outage',
      since: '2026-01-01T11:40:00Z',
      proof: {
        decidedBy: 'field',
        sinceExact: true,
        dependsOn: [
          { kind: 'Webhook', namespace: null, name: 'other.policy.example' },
          { kind: 'Webhook', namespace: null, name: 'validate.policy.example' },
          { kind: 'Service', namespace: 'policy', name: 'hook' },
        ],
      },
      says: [
        'validate.policy.example',
        'Service policy/hook has no ready endpoint',
        'no new pod is admitted',
      ],
    },
  ),
  fires(
    'its only pod is in a crash loop, and was ready for a moment after each restart',
    {
      ...dead,
      Pod: [
        pod(
          'hook',
          { app: 'hook' },
          {
            metadata: { namespace: 'policy' },
            status: {
              conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: minuteAgo }],
              containerStatuses: [
                {
                  name: 'hook',
                  restartCount: 7,
                  state: {
                    waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting' },
                  },
                  lastState: { terminated: { exitCode: 1, finishedAt: minuteAgo } },
                },
              ],
            },
          },
        ),
      ],
      Namespace: spaces,
      ValidatingWebhookConfiguration: [configured(hook())],
    },
    { reason: 'WebhookNoEndpoints', since: '2026-01-01T11:54:10Z', proof: { sinceExact: false } },
  ),
  fires(
    'its Service does not exist',
    { MutatingWebhookConfiguration: [configured(hook({ failurePolicy: undefined }))] },
    {
      object: { kind: 'MutatingWebhookConfiguration' },
      reason: 'WebhookServiceMissing',
      since: '2026-01-01T11:00:00Z',
      proof: { sinceExact: false },
      says: ['Service policy/hook does not exist'],
    },
  ),
  fires(
    'its Service has no such port',
    {
      Service: [backend({ ports: [{ port: 8443 }] })],
      EndpointSlice: [ready],
      ValidatingWebhookConfiguration: [
        configured(hook({ clientConfig: { service: { namespace: 'policy', name: 'hook' } } })),
      ],
    },
    { reason: 'WebhookPortMissing', says: ['has no port 443'] },
  ),
  fires(
    'its Service has neither pods nor slices',
    {
      Service: [backend({ selector: undefined, ports: [] })],
      ValidatingWebhookConfiguration: [configured(hook())],
    },
    { reason: 'WebhookNoEndpoints', since: '2026-01-01T11:00:00Z' },
  ),
  asked(
    'at another port than the usual one',
    { clientConfig: { service: { namespace: 'policy', name: 'hook', port: 8443 } } },
    'outage',
  ),
  asked(
    'asked about everything',
    { rules: [{ apiGroups: ['*'], operations: ['*'], resources: ['*'] }] },
    'outage',
  ),
  asked('asked about all with their parts', { rules: [{ ...rule, resources: ['*/*'] }] }, 'outage'),
  asked(
    'not about the own namespace and the control plane',
    {
      namespaceSelector: unlike('kubernetes.io/metadata.name', 'NotIn', ['policy', 'kube-system']),
    },
    'outage',
  ),
  asked('but for what opts out', { objectSelector: unlike('opt', 'NotIn', ['out']) }, 'outage'),
  asked('not about pods', { rules: [{ ...rule, resources: ['ingresses'] }] }, 'degraded'),
  asked(
    'about pods of another group',
    { rules: [{ ...rule, apiGroups: ['metrics.k8s.io'] }] },
    'degraded',
  ),
  asked('about deletions', { rules: [{ ...rule, operations: ['DELETE'] }] }, 'degraded'),
  asked(
    'about what is in no namespace',
    { rules: [{ ...rule, resources: ['*'], scope: 'Cluster' }] },
    'degraded',
  ),
  asked(
    'only where a namespace asks for it',
    { namespaceSelector: { matchLabels: { inject: 'true' } } },
    'degraded',
  ),
  asked(
    'only in some namespaces',
    { namespaceSelector: unlike('kubernetes.io/metadata.name', 'NotIn', ['shop']) },
    'degraded',
  ),
  asked(
    'only of what asks for it',
    { objectSelector: { matchLabels: { inject: 'true' } } },
    'degraded',
  ),
  asked('only of what is labelled', { objectSelector: unlike('inject', 'Exists', []) }, 'degraded'),
  quiet('a ready endpoint', {
    Service: [backend()],
    EndpointSlice: [ready],
    ValidatingWebhookConfiguration: [configured(hook())],
  }),
  quiet('it may be ignored', {
    MutatingWebhookConfiguration: [configured(hook({ failurePolicy: 'Ignore' }))],
    ...dead,
    ValidatingWebhookConfiguration: [configured(hook({ failurePolicy: 'Ignore' }))],
  }),
  quiet('it is called by URL', {
    ValidatingWebhookConfiguration: [
      configured(hook({ clientConfig: { url: 'https://hook.example' } })),
    ],
  }),
  quiet('a name outside', {
    Service: [backend({ type: 'ExternalName' })],
    ValidatingWebhookConfiguration: [configured(hook())],
  }),
  quiet('its pod restarts', {
    ...dead,
    Pod: [unready(minuteAgo)],
    ValidatingWebhookConfiguration: [configured(hook())],
  }),
  quiet('its pod is ready, and the slices follow in a moment', {
    ...dead,
    Pod: [pod('hook', { app: 'hook' }, { metadata: { namespace: 'policy' } })],
    ValidatingWebhookConfiguration: [configured(hook())],
  }),
  ...(['Service', 'EndpointSlice'] as const).map((kind) =>
    quiet(
      `its ${kind}s were not read: that is a gap`,
      { ValidatingWebhookConfiguration: [configured(hook())] },
      [{ kind, namespace: 'policy', reason: 'forbidden', detail: '' }],
    ),
  ),
  quiet('it is being deleted (T33)', {
    ...dead,
    ValidatingWebhookConfiguration: [
      { metadata: meta('policy', { namespace: null, ...leaving }), webhooks: [hook()] },
    ],
  }),
];
