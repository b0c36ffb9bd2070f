import { condition, metadata } from './meta.ts';
import { fields, type Kept, list, map } from './shape.ts';

const service = fields({ namespace: 'text', name: 'text', port: 'number' });

/** Of both kinds. Whether a webhook is called by URL is all that is kept of the URL: it may hold a password. */
export const webhookConfigurationShape = fields({
  metadata,
  webhooks: list(
    fields({
      name: 'text',
      failurePolicy: 'text',
      clientConfig: fields({ service }),
      rules: list(
        fields({
          apiGroups: list('text'),
          operations: list('text'),
          resources: list('text'),
          scope: 'text',
        }),
      ),
      namespaceSelector: fields({
        matchLabels: map('text'),
        matchExpressions: list(fields({ key: 'text', operator: 'text', values: list('text') })),
      }),
    }),
  ),
});
export type WebhookConfiguration = Kept<typeof webhookConfigurationShape>;

export const apiServiceShape = fields({
  metadata,
  spec: fields({ group: 'text', version: 'text', service }),
  status: fields({ conditions: list(condition) }),
});
export type ApiService = Kept<typeof apiServiceShape>;
