import { ofKinds } from '../objects/custom.ts';
import { customSymptom, isRipe } from '../objects/custom-symptom.ts';
import { troubleOf } from '../objects/custom-verdict.ts';
import { defineCheck } from './define.ts';

export const secretStoreNotReady = defineCheck({
  meta: {
    id: 'secret-store-not-ready',
    title: 'Secret store is not ready',
    why: 'No Secret is fetched or refreshed from it: what is there stays as it is, what is new does not come.',
    likelyCauses: [
      'the vault is sealed or cannot be reached',
      'the role, token or service account is refused or has expired',
      'the Secret with its credentials is missing',
    ],
    commands: [
      'kubectl -n {namespace} describe {resource} {name}',
      'kubectl get {resource} -A --field-selector metadata.name={name} -o yaml',
      'kubectl get externalsecrets.external-secrets.io -A',
    ],
    // The taxonomy's 10 min: a store is validated again within 5.
    defaults: { graceSeconds: 600 },
    docs: 'https://external-secrets.io/latest/api/secretstore/',
    finds: { 124: ['SecretStoreNotReady'] },
    cause: { role: 'root' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    const kinds = ['SecretStore', 'ClusterSecretStore'];
    for (const store of ofKinds(CustomResource, 'external-secrets.io', ...kinds)) {
      const trouble = troubleOf(store);
      if (trouble === undefined || !isRipe(store, trouble, thresholds.graceSeconds, now)) continue;
      yield customSymptom(store, trouble, { reason: 'SecretStoreNotReady', impact: 'at-risk' });
    }
  },
});
