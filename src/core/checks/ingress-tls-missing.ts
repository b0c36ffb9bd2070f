import type { Evidence, Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { ageSeconds, isOlder } from '../model/time.ts';
import type { CustomResource } from '../objects/custom.ts';
import type { Objects } from '../objects/kinds.ts';
import { living } from '../objects/living.ts';
import { conditionOf, refOf } from '../objects/meta.ts';
import type { Ingress } from '../objects/network-and-storage.ts';
import { isFresh } from '../objects/object-events.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const ingressTlsMissing = defineCheck({
  meta: {
    id: 'ingress-tls-missing',
    title: "Ingress's certificate is not there",
    why: "Visitors meet the controller's own certificate, which their browsers refuse.",
    likelyCauses: [
      'the certificate was never issued: issuer not ready, challenge failing, rate limit',
      'the Secret was deleted, or is in another namespace',
    ],
    commands: [
      'kubectl -n {namespace} get certificate,certificaterequest,order,challenge',
      'kubectl -n {namespace} describe ingress {name}',
    ],
    // An ACME challenge takes some minutes.
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#tls',
    finds: { 111: ['IngressTLSSecretMissing'] },
    cause: { role: 'other' },
  },
  needs: ['Ingress'],
  helps: ['CustomResource', 'Event'],
  *judge(objects, { now, thresholds, topology }) {
    const unissued = unissuedBySecret(objects);
    for (const [ref, ingress] of living('Ingress', objects.Ingress)) {
      if (!isOlder(ingress.metadata?.creationTimestamp, thresholds.graceSeconds, now)) continue;
      const secrets = new Set(
        (ingress.spec?.tls ?? []).flatMap(({ secretName = '' }) => secretName),
      );
      for (const secret of [...secrets].sort()) {
        const certificate = unissued.get(`${ref.namespace}/${secret}`);
        const word =
          certificate === undefined
            ? complaintOf(ingress, secret, topology, now)
            : wordOf(certificate, thresholds.graceSeconds, now);
        if (word !== undefined) yield symptomOf(ref, ingress, secret, word);
      }
    }
  },
});

/** Certificates whose Secret their controller does not find, by `namespace/secret`. */
function unissuedBySecret({
  CustomResource: resources,
}: Pick<Objects, 'CustomResource'>): ReadonlyMap<string, CustomResource> {
  const certificates = resources.filter(
    (each) =>
      each.kind === 'Certificate' &&
      each.apiVersion.startsWith('cert-manager.io/') &&
      each.metadata?.deletionTimestamp === undefined &&
      conditionOf(each, 'Ready')?.reason === 'DoesNotExist',
  );
  return new Map(
    certificates.map((each) => [`${each.metadata?.namespace}/${each.spec?.secretName}`, each]),
  );
}

interface Word {
  readonly says: string;
  readonly since: string | null;
  readonly evidence: Evidence;
  readonly decidedBy: 'field' | 'message';
  readonly dependsOn?: readonly ObjectRef[];
}

function wordOf(certificate: CustomResource, grace: number, now: number): Word | undefined {
  const ready = conditionOf(certificate, 'Ready');
  const since = ready?.lastTransitionTime ?? certificate.metadata?.creationTimestamp ?? null;
  if (ready?.status === 'True' || (ageSeconds(since, now) ?? grace) < grace) return undefined;
  const ref = refOf('Certificate', certificate);
  return {
    says: `Certificate ${ref.name} has not been issued (${ready?.reason}: ${ready?.message ?? ''})`,
    since,
    evidence: {
      source: 'field',
      at: `Certificate ${ref.name} status.conditions[Ready]`,
      text: `${ready?.status} ${ready?.reason}`,
    },
    decidedBy: 'field',
    dependsOn: [ref],
  };
}

/** What the Ingress's controller says of this Secret. */
function complaintOf(
  ingress: Ingress,
  secret: string,
  topology: Topology,
  now: number,
): Word | undefined {
  const event = topology
    .eventsOf(ingress.metadata?.uid)
    .find(
      (each) =>
        isFresh(each, now) &&
        each.type === 'Warning' &&
        (each.message ?? '').includes(secret) &&
        /secret/i.test(each.message ?? '') &&
        /not found|does not exist|could not find/i.test(each.message ?? ''),
    );
  if (event === undefined) return undefined;
  const { reason = '', message = '' } = event;
  return {
    says: `${reason}: ${message}`,
    since: ingress.metadata?.creationTimestamp ?? null,
    evidence: { source: 'event', at: reason, text: message },
    decidedBy: 'message',
  };
}

function symptomOf(ref: ObjectRef, ingress: Ingress, secret: string, word: Word): Symptom {
  const hosts = (ingress.spec?.tls ?? [])
    .filter(({ secretName }) => secretName === secret)
    .flatMap(({ hosts: names = [] }) => names);
  const { says, since, evidence, decidedBy, dependsOn } = word;
  return {
    object: ref,
    reason: 'IngressTLSSecretMissing',
    impact: 'degraded',
    since,
    message: `Ingress ${nameOf(ref)} has no certificate for ${hosts.slice(0, 3).join(', ') || 'its hosts'}: Secret ${secret} is not there; ${says}`,
    evidence: [{ source: 'field', at: 'spec.tls[].secretName', text: secret }, evidence],
    proof: {
      decidedBy,
      sinceExact: false,
      ...(dependsOn === undefined ? {} : { dependsOn }),
    },
  };
}
