import type { Symptom } from '../model/finding.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import type { Namespace } from '../objects/cluster-objects.ts';
import { type Condition, refOf } from '../objects/meta.ts';
import { defineCheck } from './define.ts';

export const namespaceStuck = defineCheck({
  meta: {
    id: 'namespace-stuck',
    title: 'Namespace cannot be deleted',
    why: 'What is left in it stays, and nothing of that name can be made anew.',
    likelyCauses: [
      'a finalizer whose controller is gone',
      'an aggregated API that is not available',
    ],
    commands: [
      'kubectl get namespace {name} -o jsonpath="{.status.conditions}"',
      'kubectl get apiservice',
      'kubectl api-resources --verbs=list --namespaced -o name | xargs -n 1 kubectl get --show-kind --ignore-not-found -n {name}',
    ],
    // Deleting a large namespace takes minutes.
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/tasks/administer-cluster/namespaces/#deleting-a-namespace',
    finds: { 117: ['NamespaceTerminatingStuck'] },
    cause: { role: 'other' },
  },
  needs: ['Namespace'],
  helps: [],
  *judge({ Namespace: namespaces }, { now, thresholds }) {
    for (const namespace of namespaces) {
      const deletion = namespace.metadata?.deletionTimestamp;
      if (namespace.status?.phase !== 'Terminating' || deletion === undefined) continue;
      if (!isOlder(deletion, thresholds.graceSeconds, now)) continue;
      const said = whatHolds(namespace);
      if (said !== undefined) yield symptomOf(refOf('Namespace', namespace), deletion, said);
    }
  },
});

/** What the namespace controller says of it, the most telling first. */
const telling = [
  'NamespaceDeletionDiscoveryFailure',
  'NamespaceDeletionContentFailure',
  'NamespaceFinalizersRemaining',
  'NamespaceContentRemaining',
];

function whatHolds({ status }: Namespace): Condition | undefined {
  const holding = (status?.conditions ?? []).filter((each) => each.status === 'True');
  return telling.flatMap((type) => holding.find((each) => each.type === type) ?? [])[0];
}

function symptomOf(ref: ObjectRef, since: string, said: Condition): Symptom {
  const { type = '', reason = '', message = '' } = said;
  return {
    object: ref,
    reason: 'NamespaceTerminatingStuck',
    impact: 'at-risk',
    since,
    message: `Namespace ${ref.name} is stuck in Terminating: ${type}: ${message}`,
    evidence: [
      { source: 'field', at: `status.conditions[${type}]`, text: `True ${reason}: ${message}` },
      { source: 'field', at: 'metadata.deletionTimestamp', text: since },
    ],
    proof: { decidedBy: 'field', sinceExact: true, dependsOn: failingApis(said) },
  };
}

/** `metrics.k8s.io/v1beta1: the server is currently unable to handle the request`: APIService v1beta1.metrics.k8s.io. */
function failingApis({ type, message = '' }: Condition): readonly ObjectRef[] {
  if (type !== 'NamespaceDeletionDiscoveryFailure') return [];
  const names = [...message.matchAll(/([a-z0-9.-]{1,253})\/(v[a-z0-9]{1,30}): /g)].map(
    ([, group = '', version = '']) => `${version}.${group}`,
  );
  return [...new Set(names)].map((name) => ({ kind: 'APIService', namespace: null, name }));
}
