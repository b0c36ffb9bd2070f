import type { ObjectRef } from '../model/snapshot.ts';
import type { Namespace } from './cluster-objects.ts';
import { condition, metadata } from './meta.ts';
import { labelSelector } from './network-and-storage.ts';
import { meets } from './selection.ts';
import { fields, type Kept, list, map } from './shape.ts';

const service = { namespace: 'text', name: 'text' } as const;

/** Of both kinds. Whether a webhook is called by URL is all that is kept of the URL: it may hold a password. */
export const webhookConfigurationShape = fields({
  metadata,
  webhooks: list(
    fields({
      name: 'text',
      failurePolicy: 'text',
      clientConfig: fields({ service: fields({ ...service, port: 'number' }) }),
      rules: list(
        fields({
          apiGroups: list('text'),
          operations: list('text'),
          resources: list('text'),
          scope: 'text',
        }),
      ),
      namespaceSelector: labelSelector,
      /** Only whether it wants labels or excludes some: an object is not known before it comes. */
      objectSelector: fields({
        matchLabels: map('text'),
        matchExpressions: list(fields({ operator: 'text' })),
      }),
    }),
  ),
});
export type WebhookConfiguration = Kept<typeof webhookConfigurationShape>;

export const apiServiceShape = fields({
  metadata,
  spec: fields({ group: 'text', version: 'text', service: fields(service) }),
  status: fields({ conditions: list(condition) }),
});
export type ApiService = Kept<typeof apiServiceShape>;

export type Webhook = NonNullable<WebhookConfiguration['webhooks']>[number];

/** The Service that a webhook is called at. */
export interface Backend {
  readonly service: ObjectRef;
  readonly port: number;
}

/** Undefined: it is called by URL, and may be anywhere. */
export function backendOf({ clientConfig }: Webhook): Backend | undefined {
  const { namespace, name, port = 443 } = clientConfig?.service ?? {};
  if (namespace === undefined || name === undefined) return undefined;
  return { service: { kind: 'Service', namespace, name }, port };
}

/** Whether it is asked about every new pod, but for those of the control plane and of its own namespace, which are set apart as a rule. */
export function refusesPods(
  { rules = [], namespaceSelector, objectSelector }: Webhook,
  own: string | null,
  namespaces: readonly Namespace[],
): boolean {
  const matches = rules.some(
    ({ apiGroups = [], operations = [], resources = [], scope = '*' }) =>
      holds(apiGroups, '') &&
      holds(operations, 'CREATE') &&
      (holds(resources, 'pods') || resources.includes('*/*')) &&
      scope !== 'Cluster',
  );
  // An object that carries no label meets a selector that only excludes.
  if (!matches || !meets({}, objectSelector)) return false;
  return namespaces
    .filter(({ metadata }) => metadata?.name !== own && !/^kube-/.test(metadata?.name ?? ''))
    .every(({ metadata }) => meets(metadata?.labels ?? {}, namespaceSelector));
}

function holds(list: readonly string[], word: string): boolean {
  return list.includes('*') || list.includes(word);
}
