import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { classOf, isPublished } from '../objects/ingress-backends.ts';
import { living } from '../objects/living.ts';
import type { Ingress } from '../objects/network-and-storage.ts';
import { defineCheck } from './define.ts';

export const ingressClassMissing = defineCheck({
  meta: {
    id: 'ingress-class-missing',
    title: 'Ingress is of a class that does not exist',
    why: 'No controller takes it on: none of its hosts and paths is served.',
    likelyCauses: [
      'the class is misspelt, or of another cluster',
      'the ingress controller is not installed, or was installed without its class',
      'no class is named, and none is the default',
    ],
    commands: [
      'kubectl get ingressclass',
      'kubectl -n {namespace} get ingress {name} -o yaml',
      'kubectl -n {namespace} describe ingress {name}',
    ],
    // A chart may bring the class after the Ingress.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class',
    finds: { 109: ['IngressClassMissing', 'NoDefaultIngressClass'] },
    cause: { role: 'alone', reason: 'IngressClassMissing' },
  },
  needs: ['Ingress', 'IngressClass'],
  helps: [],
  *judge({ Ingress: ingresses, IngressClass: classes }, { now, thresholds }) {
    const names = classes.flatMap(({ metadata }) => metadata?.name ?? []).sort();
    const hasDefault = classes.some(isDefault);
    // What some controller has published an address for is served, whatever objects say of its class.
    const served = new Set(ingresses.filter(isPublished).map(classOf));
    for (const [ref, ingress] of living('Ingress', ingresses)) {
      if (!isOlder(ingress.metadata?.creationTimestamp, thresholds.graceSeconds, now)) continue;
      if (served.has(classOf(ingress))) continue;
      const named = ingress.spec?.ingressClassName;
      if (named !== undefined && !names.includes(named)) yield missing(ref, ingress, named, names);
      // Only where controllers are seen to publish addresses does the lack of one say that nobody serves it.
      if (classOf(ingress) === undefined && !hasDefault && names.length > 0 && served.size > 0)
        yield classless(ref, ingress, names);
    }
  },
});

function isDefault({
  metadata,
}: {
  readonly metadata?:
    | { readonly annotations?: { readonly [name: string]: string | undefined } | undefined }
    | undefined;
}): boolean {
  return metadata?.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true';
}

function missing(
  ref: ObjectRef,
  ingress: Ingress,
  name: string,
  names: readonly string[],
): Symptom {
  const others = names.length === 0 ? 'there is none' : `there is ${names.slice(0, 4).join(', ')}`;
  return {
    object: ref,
    reason: 'IngressClassMissing',
    impact: 'outage',
    since: ingress.metadata?.creationTimestamp ?? null,
    message: `Ingress ${nameOf(ref)} is served by nobody: IngressClass ${name} does not exist (${others})`,
    evidence: [{ source: 'field', at: 'spec.ingressClassName', text: name }],
    proof: {
      decidedBy: 'field',
      sinceExact: false,
      missing: { kind: 'IngressClass', namespace: null, name },
    },
  };
}

function classless(ref: ObjectRef, ingress: Ingress, names: readonly string[]): Symptom {
  return {
    object: ref,
    reason: 'NoDefaultIngressClass',
    impact: 'at-risk',
    since: ingress.metadata?.creationTimestamp ?? null,
    message: `Ingress ${nameOf(ref)} names no class, no IngressClass is the default (${names.slice(0, 4).join(', ')}), and no controller has published an address for it`,
    evidence: [{ source: 'field', at: 'spec.ingressClassName', text: 'not set' }],
    proof: { decidedBy: 'message', sinceExact: false },
  };
}
