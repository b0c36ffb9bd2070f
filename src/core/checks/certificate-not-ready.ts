import { isOlder } from '../model/time.ts';
import { failuresByCertificate, issuerOf, keyIn, secretOf } from '../objects/certificates.ts';
import { type CustomResource, ofKinds } from '../objects/custom.ts';
import { customRef } from '../objects/custom-names.ts';
import { customSymptom } from '../objects/custom-symptom.ts';
import type { Trouble } from '../objects/custom-trouble.ts';
import { conditionOf } from '../objects/meta.ts';
import { defineCheck } from './define.ts';

export const certificateNotReady = defineCheck({
  meta: {
    id: 'certificate-not-ready',
    title: 'Certificate is not issued',
    why: 'Its Secret is missing or does not hold what was asked for: pods that mount it do not start, and TLS on its hosts fails or uses an old certificate.',
    likelyCauses: [
      'the issuer does not exist or is not ready',
      'the ACME challenge does not succeed',
      "the authority's rate limit is used up",
      'an approver denied the request, or none approves it',
    ],
    commands: [
      'kubectl -n {namespace} describe {resource} {name}',
      'kubectl -n {namespace} get certificaterequests.cert-manager.io,orders.acme.cert-manager.io,challenges.acme.cert-manager.io',
      'cmctl status certificate {name} -n {namespace}',
    ],
    // The taxonomy's 15 min: an ACME order takes minutes, and an issuance that goes on gets as long again.
    defaults: { graceSeconds: 900, issuingSeconds: 900 },
    docs: 'https://cert-manager.io/docs/troubleshooting/',
    finds: { 121: ['CertificateNotReady', 'CertificateIssuanceFailed'] },
    cause: { role: 'root', reason: 'CertificateNotReady' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    const failures = failuresByCertificate(CustomResource);
    for (const certificate of ofKinds(CustomResource, 'cert-manager.io', 'Certificate')) {
      const { metadata } = certificate;
      if (metadata?.deletionTimestamp !== undefined) continue;
      const trouble = notReady(certificate);
      if (trouble === undefined) continue;
      const issuing = conditionOf(certificate, 'Issuing');
      const goesOn =
        issuing?.status === 'True' &&
        !isOlder(
          issuing.lastTransitionTime ?? metadata?.creationTimestamp,
          thresholds.issuingSeconds,
          now,
        );
      const since = trouble.since ?? metadata?.creationTimestamp;
      if (goesOn || !isOlder(since, thresholds.graceSeconds, now)) continue;
      const failed = failures.get(keyIn(metadata?.namespace, metadata?.name)) ?? [];
      yield customSymptom(certificate, trouble, {
        reason: trouble.failing ? 'CertificateIssuanceFailed' : 'CertificateNotReady',
        impact: certificate.status?.notAfter === undefined ? 'degraded' : 'at-risk',
        proof: {
          dependsOn: [...issuerOf(certificate), ...failed.map(customRef)],
          makes: secretOf(certificate),
        },
      });
    }
  },
});

/** Not ready for the newest spec; why the last issuance failed, where one did. What has expired, another check tells. */
function notReady(certificate: CustomResource): Trouble | undefined {
  const ready = conditionOf(certificate, 'Ready');
  if (ready?.status !== 'False' || ready.reason === 'Expired') return undefined;
  const { observedGeneration, reason = '', message = '' } = ready;
  const generation = certificate.metadata?.generation ?? 0;
  if (observedGeneration !== undefined && observedGeneration < generation) return undefined;
  const issuing = conditionOf(certificate, 'Issuing');
  const failed = issuing?.status === 'False' && issuing.reason === 'Failed';
  return {
    by: 'condition',
    type: failed ? 'Issuing' : 'Ready',
    reason: failed ? 'Failed' : reason,
    message: failed ? (issuing.message ?? message) : message,
    at: `status.conditions[${failed ? 'Issuing' : 'Ready'}]`,
    since: ready.lastTransitionTime ?? null,
    failing: failed,
  };
}
