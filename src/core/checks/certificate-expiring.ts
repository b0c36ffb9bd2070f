import type { Symptom } from '../model/finding.ts';
import { ageSeconds, parseTime, sayDuration } from '../model/time.ts';
import { failuresByCertificate, issuerOf, keyIn, secretOf } from '../objects/certificates.ts';
import { type CustomResource, ofKinds } from '../objects/custom.ts';
import { customRef, resourceName } from '../objects/custom-names.ts';
import { conditionOf } from '../objects/meta.ts';
import { defineCheck } from './define.ts';

export const certificateExpiring = defineCheck({
  meta: {
    id: 'certificate-expiring',
    title: 'Certificate is not renewed in time',
    why: 'The time for its renewal has passed and it still holds the old certificate: when that expires, TLS on its hosts fails.',
    likelyCauses: [
      'the issuer is not ready, or its account or token was revoked',
      'the challenge no longer succeeds: DNS moved, an ingress or firewall changed',
      'cert-manager does not run, or its webhook refuses the request',
    ],
    commands: [
      'kubectl -n {namespace} describe {resource} {name}',
      'kubectl -n {namespace} get certificaterequests.cert-manager.io,orders.acme.cert-manager.io,challenges.acme.cert-manager.io',
      'cmctl renew {name} -n {namespace} # changes the cluster',
    ],
    // An hour past its renewalTime, and a twentieth of its life at most (certificates of a day or an hour). cert-manager-mixin warns 21 days ahead.
    defaults: { overdueSeconds: 3600, noticeSeconds: 21 * 86_400, imminentSeconds: 86_400 },
    docs: 'https://cert-manager.io/docs/usage/certificate/#reissuance-triggered-by-expiry-renewal',
    finds: { 121: ['CertificateExpiring', 'CertificateExpired'] },
    cause: { role: 'root', reason: 'CertificateExpiring' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    const failures = failuresByCertificate(CustomResource);
    for (const certificate of ofKinds(CustomResource, 'cert-manager.io', 'Certificate')) {
      if (certificate.metadata?.deletionTimestamp !== undefined) continue;
      const found = expiryOf(certificate, now, thresholds);
      if (found === undefined) continue;
      const { namespace, name } = certificate.metadata ?? {};
      const failed = failures.get(keyIn(namespace, name)) ?? [];
      yield {
        ...found,
        proof: {
          ...found.proof,
          resource: resourceName(certificate),
          dependsOn: [...issuerOf(certificate), ...failed.map(customRef)],
          makes: secretOf(certificate),
        },
      };
    }
  },
});

/** Expired, or overdue for renewal with little time left. */
function expiryOf(
  certificate: CustomResource,
  now: number,
  limits: {
    readonly overdueSeconds: number;
    readonly noticeSeconds: number;
    readonly imminentSeconds: number;
  },
): Symptom | undefined {
  const { notAfter = '', notBefore = '', renewalTime } = certificate.status ?? {};
  const end = parseTime(notAfter);
  if (end === null) return undefined;
  const left = (end - now) / 1000;
  const expired = left <= 0;
  // A life that is not told counts as three months, which is what public authorities give.
  const life = (end - (parseTime(notBefore) ?? end - 90 * 86_400_000)) / 1000;
  if (!expired && !isOverdue(certificate, life, left, now, limits)) return undefined;
  const why = conditionOf(certificate, 'Issuing');
  const said = why?.status === 'False' && why.reason === 'Failed' ? `: ${why.message ?? ''}` : '';
  const when = expired
    ? `expired ${sayDuration(-left)} ago`
    : `expires in ${sayDuration(left)} and was due for renewal`;
  return {
    object: customRef(certificate),
    reason: expired ? 'CertificateExpired' : 'CertificateExpiring',
    impact: expired ? 'degraded' : 'at-risk',
    since: expired ? notAfter : (renewalTime ?? null),
    message: `Certificate ${certificate.metadata?.name ?? ''} ${when}${said}`,
    evidence: [
      { source: 'field', at: 'status.notAfter', text: notAfter },
      ...(renewalTime === undefined
        ? []
        : [{ source: 'field' as const, at: 'status.renewalTime', text: renewalTime }]),
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: expired || renewalTime !== undefined,
      imminent: !expired && left < Math.min(limits.imminentSeconds, life / 10),
    },
  };
}

/** Not before its renewal is due: near the end of a short life is no alarm by itself. One without a time for it (old cert-manager) has a fifth of its life. */
function isOverdue(
  { status }: CustomResource,
  life: number,
  left: number,
  now: number,
  {
    overdueSeconds,
    noticeSeconds,
  }: { readonly overdueSeconds: number; readonly noticeSeconds: number },
): boolean {
  if (status?.renewalTime === undefined) return left < Math.min(noticeSeconds, life / 5);
  const overdue = ageSeconds(status.renewalTime, now) ?? 0;
  return overdue > Math.min(overdueSeconds, life / 20) && left < noticeSeconds;
}
