import { isOlder } from '../model/time.ts';
import { acmeTrouble, failuresByCertificate, issuerOf, keyIn } from '../objects/certificates.ts';
import { type CustomResource, ofKinds } from '../objects/custom.ts';
import { customSymptom } from '../objects/custom-symptom.ts';
import { conditionOf } from '../objects/meta.ts';
import { defineCheck } from './define.ts';

export const acmeFailed = defineCheck({
  meta: {
    id: 'acme-failed',
    title: 'ACME order or challenge failed',
    why: 'The certificate authority did not accept the proof for the domain, so the certificate is not issued.',
    likelyCauses: [
      'the DNS record of the challenge does not appear: zone, credentials of the DNS provider, split horizon',
      'the HTTP challenge is not reachable from outside: ingress class, firewall, redirect',
      "the authority's rate limit is used up: wait, do not retry",
      'a CAA record forbids this authority',
    ],
    commands: [
      'kubectl -n {namespace} describe {resource} {name}',
      'kubectl -n {namespace} get certificaterequests.cert-manager.io,orders.acme.cert-manager.io,challenges.acme.cert-manager.io',
    ],
    // cert-manager keeps failed orders; what failed longer ago was tried again since.
    defaults: { freshSeconds: 86_400 },
    docs: 'https://cert-manager.io/docs/troubleshooting/acme/',
    finds: { 121: ['OrderFailed', 'ChallengeFailed'] },
    cause: { role: 'root' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    const ready = new Set(readyCertificates(CustomResource));
    const challenged = new Set<string>();
    for (const [certificate, failed] of failuresByCertificate(CustomResource)) {
      // It was issued after all: the failures are history.
      if (ready.has(certificate)) continue;
      const recent = failed.filter(
        ({ metadata }) =>
          metadata?.creationTimestamp === undefined ||
          !isOlder(metadata.creationTimestamp, thresholds.freshSeconds, now),
      );
      for (const each of recent) if (each.kind === 'Challenge') challenged.add(ownerKey(each));
      // A challenge says why; the order above it only that.
      for (const each of recent)
        if (
          each.kind === 'Challenge' ||
          !challenged.has(keyIn(each.metadata?.namespace, each.metadata?.name))
        )
          yield* failureOf(each);
    }
  },
});

function* failureOf(object: CustomResource) {
  const trouble = acmeTrouble(object);
  if (trouble !== undefined)
    yield customSymptom(object, trouble, {
      reason: `${object.kind}Failed`,
      impact: 'at-risk',
      // It ended so: no look later says more.
      proof: { unconfirmed: undefined, dependsOn: issuerOf(object) },
    });
}

function ownerKey({ metadata }: CustomResource): string {
  const owner = metadata?.ownerReferences?.find(({ kind }) => kind === 'Order');
  return keyIn(metadata?.namespace, owner?.name);
}

function readyCertificates(resources: readonly CustomResource[]): readonly string[] {
  return ofKinds(resources, 'cert-manager.io', 'Certificate')
    .filter(
      (each) =>
        conditionOf(each, 'Ready')?.status === 'True' &&
        conditionOf(each, 'Issuing')?.reason !== 'Failed',
    )
    .map(({ metadata }) => keyIn(metadata?.namespace, metadata?.name));
}
