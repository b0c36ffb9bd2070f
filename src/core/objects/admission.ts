import { condition, metadata } from './meta.ts';
import { labelSelector } from './network-and-storage.ts';
import { fields, type Kept, list } from './shape.ts';

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
      objectSelector: labelSelector,
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
