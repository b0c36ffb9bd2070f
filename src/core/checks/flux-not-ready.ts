import type { ObjectRef } from '../model/snapshot.ts';
import { type CustomResource, groupOf } from '../objects/custom.ts';
import { referred } from '../objects/custom-names.ts';
import { customSymptom, isRipe } from '../objects/custom-symptom.ts';
import { troubleOf } from '../objects/custom-verdict.ts';
import { defineCheck } from './define.ts';

export const fluxNotReady = defineCheck({
  meta: {
    id: 'flux-not-ready',
    title: 'Flux cannot reconcile',
    why: 'What was committed or released is not in the cluster, and no later change will be until it is ready again.',
    likelyCauses: [
      'the repository, chart or image registry cannot be read: address, credentials, branch or version',
      'the manifests or the chart do not build, or are refused',
      'what it applied does not become healthy in time',
      'a source or another one that it depends on is not ready',
    ],
    commands: [
      'kubectl -n {namespace} describe {resource} {name}',
      'flux get all -A --status-selector ready=false',
      'flux events -n {namespace}',
    ],
    // The taxonomy's 15 min: sources are tried again every few minutes. Stalled is final.
    defaults: { graceSeconds: 900 },
    docs: 'https://fluxcd.io/flux/cheatsheets/troubleshooting/',
    finds: { 123: ['FluxNotReady', 'FluxStalled'] },
    cause: { role: 'root', reason: 'FluxNotReady' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    for (const resource of CustomResource) {
      if (!groupOf(resource).endsWith('.toolkit.fluxcd.io')) continue;
      const trouble = troubleOf(resource);
      if (trouble === undefined || !isRipe(resource, trouble, thresholds.graceSeconds, now))
        continue;
      yield customSymptom(resource, trouble, {
        reason: trouble.by === 'final' ? 'FluxStalled' : 'FluxNotReady',
        impact: 'at-risk',
        proof: { dependsOn: [...sourcesOf(resource), ...waitedFor(resource, trouble.message)] },
      });
    }
  },
});

/** Where it gets what it applies, and whom it shall come after. */
function sourcesOf({ kind, spec, metadata }: CustomResource): readonly ObjectRef[] {
  const defaults = { kind, namespace: metadata?.namespace ?? null };
  const refs = [
    spec?.sourceRef,
    spec?.chartRef,
    spec?.chart?.spec?.sourceRef,
    ...(spec?.dependsOn ?? []),
  ];
  return refs.flatMap((each) => referred(each, defaults) ?? []);
}

/** What did not become healthy, as kstatus names it in the message: `Deployment/shop/api status: 'InProgress'`. */
function waitedFor({ metadata }: CustomResource, message: string): readonly ObjectRef[] {
  const found = message.matchAll(
    /\b([A-Z][A-Za-z]{1,62})\/([a-z0-9-]{1,63})\/([a-z0-9.-]{1,253}) status: /g,
  );
  return [...found].slice(0, 10).map(([, kind = '', namespace = '', name = '']) => ({
    kind,
    namespace: namespace === '' ? (metadata?.namespace ?? null) : namespace,
    name,
  }));
}
