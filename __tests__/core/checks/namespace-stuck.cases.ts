import { fires, quiet } from './network-objects.ts';
import type { Case } from './suite.ts';

const going = (
  conditions: readonly object[],
  since = '2026-01-01T11:30:00Z',
  phase = 'Terminating',
) => ({
  metadata: { name: 'old', deletionTimestamp: since },
  status: { phase, conditions },
});
const condition = (type: string, message: string, status = 'True') => ({
  type,
  status,
  message,
  reason: 'R',
});
const discovery = condition(
  'NamespaceDeletionDiscoveryFailure',
  'Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: the server is currently unable to handle the request',
);
const remaining = condition(
  'NamespaceContentRemaining',
  'Some resources are remaining: widgets.example.com has 1 resource instances',
);
const finalizers = condition(
  'NamespaceFinalizersRemaining',
  'Some content in the namespace has finalizers remaining: example.com/cleanup in 1 resource instances',
);

export const cases: readonly Case[] = [
  fires(
    'an API that does not answer',
    { Namespace: [going([remaining, discovery])] },
    {
      object: { kind: 'Namespace', namespace: null, name: 'old' },
      reason: 'NamespaceTerminatingStuck',
      impact: 'at-risk',
      since: '2026-01-01T11:30:00Z',
      proof: {
        decidedBy: 'field',
        sinceExact: true,
        dependsOn: [{ kind: 'APIService', namespace: null, name: 'v1beta1.metrics.k8s.io' }],
      },
      says: ['Namespace old', 'NamespaceDeletionDiscoveryFailure', 'metrics.k8s.io/v1beta1'],
    },
  ),
  fires(
    'a finalizer says more than what is left',
    { Namespace: [going([remaining, finalizers])] },
    { says: ['example.com/cleanup'], proof: { dependsOn: [] } },
  ),
  quiet('nothing is said to hold it', {
    Namespace: [
      going([condition('NamespaceContentRemaining', 'All content successfully removed', 'False')]),
    ],
  }),
  quiet('for ten minutes', { Namespace: [going([discovery], '2026-01-01T11:50:00Z')] }),
  quiet('it is not on its way out', {
    Namespace: [
      going([discovery], '2026-01-01T11:30:00Z', 'Active'),
      { metadata: { name: 'new' }, status: { phase: 'Terminating', conditions: [discovery] } },
    ],
  }),
];
