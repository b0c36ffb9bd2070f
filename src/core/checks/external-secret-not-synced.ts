import type { ObjectRef } from '../model/snapshot.ts';
import { type CustomResource, ofKinds } from '../objects/custom.ts';
import { referred } from '../objects/custom-names.ts';
import { customSymptom, isRipe } from '../objects/custom-symptom.ts';
import { troubleOf } from '../objects/custom-verdict.ts';
import { defineCheck } from './define.ts';

export const externalSecretNotSynced = defineCheck({
  meta: {
    id: 'external-secret-not-synced',
    title: 'Secret is not fetched or unsealed',
    why: 'The Secret that it makes is missing or old: pods that need it do not start, or run with what was rotated away.',
    likelyCauses: [
      'the key does not exist in the store, or may not be read',
      'the secret store is not ready',
      'the template of the Secret is wrong, or another owner holds it',
      'it was sealed with the key of another cluster',
    ],
    commands: [
      'kubectl -n {namespace} describe {resource} {name}',
      'kubectl get {resource} -A --field-selector metadata.name={name} -o yaml',
      {
        for: ['ExternalSecretNotSynced'],
        run: 'kubectl get secretstores.external-secrets.io,clustersecretstores.external-secrets.io -A',
      },
    ],
    // The taxonomy's 10 min: it is tried again within one refresh.
    defaults: { graceSeconds: 600 },
    docs: 'https://external-secrets.io/latest/api/externalsecret/',
    finds: { 124: ['ExternalSecretNotSynced', 'SealedSecretNotSynced'] },
    cause: { role: 'root' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    const all = [
      ...ofKinds(CustomResource, 'external-secrets.io', 'ExternalSecret', 'ClusterExternalSecret'),
      ...ofKinds(CustomResource, 'bitnami.com', 'SealedSecret'),
    ];
    for (const resource of all) {
      const trouble = troubleOf(resource);
      if (trouble === undefined || !isRipe(resource, trouble, thresholds.graceSeconds, now))
        continue;
      yield customSymptom(resource, trouble, {
        reason: `${resource.kind === 'SealedSecret' ? 'Sealed' : 'External'}SecretNotSynced`,
        impact: 'at-risk',
        proof: { dependsOn: storeOf(resource), makes: secretOf(resource) },
      });
    }
  },
});

function storeOf({ spec, metadata }: CustomResource): readonly ObjectRef[] {
  const namespace = metadata?.namespace ?? null;
  const store = referred(spec?.secretStoreRef, { kind: 'SecretStore', namespace });
  return store === undefined ? [] : [store];
}

/** The Secret bears its target's name, else its own. What has no namespace makes others that make Secrets. */
function secretOf({ spec, metadata }: CustomResource): readonly ObjectRef[] {
  const { namespace, name } = metadata ?? {};
  const made = spec?.target?.name ?? spec?.template?.metadata?.name ?? name;
  if (namespace === undefined || made === undefined) return [];
  return [{ kind: 'Secret', namespace, name: made }];
}
