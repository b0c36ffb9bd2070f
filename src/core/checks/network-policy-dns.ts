import type { Symptom } from '../model/finding.ts';
import { keyOf } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import type { Namespace } from '../objects/cluster-objects.ts';
import { judgedPods } from '../objects/judged-pods.ts';
import { isReadable, refOf } from '../objects/meta.ts';
import type { NetworkPolicy } from '../objects/network-and-storage.ts';
import { letsPort, type Peer, policiesOver } from '../objects/network-policy.ts';
import type { Pod } from '../objects/pod.ts';
import { notReadySince, proofOf } from '../objects/pod-questions.ts';
import { failsRunning } from '../objects/running-failure.ts';
import { type LabelIndex, meets, podsByLabels } from '../objects/selection.ts';
import { defineCheck } from './define.ts';

export const networkPolicyDns = defineCheck({
  meta: {
    id: 'network-policy-dns',
    title: 'Network policy keeps a failing pod from DNS',
    why: 'The pod cannot find anybody by name, which may be why it fails.',
    likelyCauses: ['outgoing traffic is denied, and no rule allows port 53'],
    commands: [
      'kubectl -n {namespace} get networkpolicy -o yaml',
      'kubectl -n {namespace} logs {name} --all-containers --tail=50',
    ],
    // A pod that cannot resolve a name fails at its start, or when it is first asked.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic',
    finds: { 114: ['NetworkPolicyBlocksDNS'] },
    cause: { role: 'symptom' },
  },
  needs: ['NetworkPolicy', 'Pod'],
  helps: ['Job', 'Namespace'],
  *judge(objects, { now, thresholds, topology }) {
    const denying = objects.NetworkPolicy.filter(
      ({ spec }) => spec?.policyTypes !== undefined || spec?.egress !== undefined,
    );
    if (denying.length === 0) return;
    const told = new Set<string>();
    const scene: Scene = { namespaces: objects.Namespace, pods: podsByLabels(objects.Pod) };
    const pods = judgedPods(objects, now)
      .filter(
        (pod) =>
          failsRunning(pod) && isOlder(notReadySince(pod).since, thresholds.graceSeconds, now),
      )
      .sort((a, b) => compareText(a.metadata?.name ?? '', b.metadata?.name ?? ''));
    for (const pod of pods) {
      const workload = keyOf(topology.workloadOf(pod));
      if (told.has(workload)) continue;
      const over = policiesOver(
        objects.NetworkPolicy,
        pod.metadata?.namespace ?? null,
        pod.metadata?.labels ?? {},
        'Egress',
      );
      if (over.length === 0 || over.some((policy) => letsDns(policy, scene))) continue;
      told.add(workload);
      yield symptomOf(pod, over);
    }
  },
});

/** Where clusters run their DNS. */
const homes = ['kube-system', 'openshift-dns'];
/** What is asked, as pods see it: OpenShift's DNS listens on 5353 behind port 53 of its Service, and policies are held against the pod's port. */
const doors = [53, 5353].flatMap((number) =>
  ['UDP', 'TCP'].map((protocol) => ({ number, protocol })),
);

interface Scene {
  readonly namespaces: readonly Namespace[];
  readonly pods: LabelIndex<Pod>;
}

function letsDns(policy: NetworkPolicy, scene: Scene): boolean {
  const { metadata, spec } = policy;
  // What it allows cannot be told.
  if (!isReadable(policy)) return true;
  return (spec?.egress ?? []).some(
    ({ to = [], ports }) =>
      doors.some((door) => letsPort(ports, door)) &&
      (to.length === 0 || to.some((peer) => mayBeDns(peer, metadata?.namespace ?? '', scene))),
  );
}

/** Whether a peer may be the cluster's DNS: what cannot be told may be. */
function mayBeDns(peer: Peer, own: string, { namespaces, pods }: Scene): boolean {
  const { podSelector, namespaceSelector } = peer;
  if (namespaceSelector === undefined && podSelector === undefined) return true;
  const known = namespaces.filter(({ metadata }) => homes.includes(metadata?.name ?? ''));
  if (known.length === 0) return namespaceSelector !== undefined;
  return known.some(({ metadata }) => {
    const name = metadata?.name ?? '';
    const isChosen =
      namespaceSelector === undefined
        ? name === own
        : meets(metadata?.labels ?? {}, namespaceSelector);
    const there = pods.carrying(name, {});
    return (
      isChosen &&
      (there.length === 0 || there.some((pod) => meets(pod.metadata?.labels ?? {}, podSelector)))
    );
  });
}

function symptomOf(pod: Pod, over: readonly NetworkPolicy[]): Symptom {
  const names = over.flatMap(({ metadata }) => metadata?.name ?? []).sort();
  const { since, exact } = notReadySince(pod);
  return {
    object: refOf('Pod', pod),
    reason: 'NetworkPolicyBlocksDNS',
    impact: 'info',
    since,
    message: `Pod ${pod.metadata?.name} fails, and ${names.length === 1 ? 'NetworkPolicy' : 'NetworkPolicies'} ${names.slice(0, 3).join(', ')} ${names.length === 1 ? 'allows' : 'allow'} it no outgoing traffic to DNS (port 53)`,
    evidence: names.slice(0, 3).map((name) => ({
      source: 'field',
      at: `NetworkPolicy ${name} spec.egress`,
      text: 'no rule for port 53',
    })),
    proof: { decidedBy: 'message', sinceExact: exact, ...proofOf(pod) },
  };
}
