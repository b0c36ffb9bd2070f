import { ofKinds } from '../objects/custom.ts';
import { customSymptom, isRipe } from '../objects/custom-symptom.ts';
import { troubleOf } from '../objects/custom-verdict.ts';
import { defineCheck } from './define.ts';

export const issuerNotReady = defineCheck({
  meta: {
    id: 'issuer-not-ready',
    title: 'Certificate issuer is not ready',
    why: 'No certificate of this issuer is issued or renewed; those that are there serve until they expire.',
    likelyCauses: [
      'the ACME account cannot be registered: address, e-mail, egress',
      'the Secret with the key or token of the CA, Vault or DNS provider is missing or wrong',
      'the CA or Vault cannot be reached, or denies the login',
    ],
    commands: [
      'kubectl -n {namespace} describe {resource} {name}',
      'kubectl get {resource} -A --field-selector metadata.name={name} -o yaml',
      'kubectl get certificates.cert-manager.io -A',
    ],
    // The taxonomy's 15 min: cert-manager tries again within it, and certificates are renewed weeks ahead.
    defaults: { graceSeconds: 900 },
    docs: 'https://cert-manager.io/docs/troubleshooting/acme/#1-troubleshooting-clusterissuers',
    finds: { 121: ['IssuerNotReady'] },
    cause: { role: 'root' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    for (const issuer of ofKinds(CustomResource, 'cert-manager.io', 'Issuer', 'ClusterIssuer')) {
      const trouble = troubleOf(issuer);
      if (trouble === undefined || !isRipe(issuer, trouble, thresholds.graceSeconds, now)) continue;
      yield customSymptom(issuer, trouble, { reason: 'IssuerNotReady', impact: 'at-risk' });
    }
  },
});
