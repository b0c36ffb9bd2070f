import type { Symptom } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { compareText, count } from '../model/text.ts';
import { isOlder, parseTime } from '../model/time.ts';
import type { CertificateSigningRequest } from '../objects/cluster-objects.ts';
import { living } from '../objects/living.ts';
import { defineCheck } from './define.ts';

export const csrPending = defineCheck({
  meta: {
    id: 'csr-pending',
    title: "Kubelets' certificate requests are not approved",
    why: 'Without its serving certificate `kubectl logs`, `exec` and metrics of the node fail; without its client certificate the node cannot join, or is lost when the old one expires.',
    likelyCauses: [
      'no approver is installed for kubelet-serving certificates (serverTLSBootstrap needs one)',
      'the approver is down, or does not know the machine',
    ],
    commands: ['kubectl get csr --sort-by=.metadata.creationTimestamp'],
    // An approver answers within seconds; a kubelet asks again after about 15 min.
    defaults: { graceSeconds: 1800 },
    docs: 'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/#certificate-rotation',
    finds: { 96: ['KubeletServingCertificatePending', 'KubeletClientCertificatePending'] },
  },
  needs: ['CertificateSigningRequest'],
  helps: [],
  *judge({ CertificateSigningRequest: requests }, { now, thresholds }) {
    const waiting = living('CertificateSigningRequest', requests).filter(
      ([, { status, metadata }]) =>
        (status?.conditions ?? []).length === 0 &&
        isOlder(metadata?.creationTimestamp, thresholds.graceSeconds, now),
    );
    for (const [signer, reason] of signers) {
      const each = waiting.filter(([, { spec }]) => spec?.signerName === signer);
      if (each.length > 0) yield symptomOf(signer, reason, each);
    }
  },
});

const signers = [
  ['kubernetes.io/kubelet-serving', 'KubeletServingCertificatePending'],
  ['kubernetes.io/kube-apiserver-client-kubelet', 'KubeletClientCertificatePending'],
] as const;

type Waiting = readonly [ref: ObjectRef, request: CertificateSigningRequest];

/** One approver is missing, not many certificates: a kubelet makes a new request every quarter of an hour, and the first node by name stands for all. */
function symptomOf(signer: string, reason: string, waiting: readonly Waiting[]): Symptom {
  const asking = groupBy(waiting, ([, { spec }]) => spec?.username ?? '');
  const nodes = [...asking.keys()].flatMap(nodeNamed).sort(compareText);
  const oldest = [...waiting].sort(
    ([a, x], [b, y]) => createdAt(x) - createdAt(y) || compareText(a.name, b.name),
  )[0];
  const [ref, request] = oldest ?? [undefined, undefined];
  const since = request?.metadata?.creationTimestamp ?? null;
  const [node] = nodes;
  const who =
    nodes.length === 0
      ? count(asking.size, 'kubelet')
      : `${count(nodes.length, 'node')} (${nodes.slice(0, 3).join(', ')})`;
  return {
    object:
      node === undefined
        ? (ref ?? { kind: 'CertificateSigningRequest', namespace: null, name: '' })
        : { kind: 'Node', namespace: null, name: node },
    reason,
    impact: 'at-risk',
    since,
    message: `${count(waiting.length, 'certificate request')} of ${who} to ${signer} ${waiting.length === 1 ? 'is' : 'are'} Pending, the oldest ${ref?.name ?? ''} since ${since ?? 'an unknown time'}: nothing approves them`,
    evidence: [{ source: 'field', at: 'status.conditions', text: `none on ${ref?.name ?? ''}` }],
    proof: { decidedBy: 'field', sinceExact: since !== null, node },
  };
}

function createdAt({ metadata }: CertificateSigningRequest): number {
  return parseTime(metadata?.creationTimestamp) ?? 0;
}

/** `system:node:node-a`; a bootstrap token's user names no node. */
function nodeNamed(username: string): readonly string[] {
  const prefix = 'system:node:';
  return username.startsWith(prefix) && username.length > prefix.length
    ? [username.slice(prefix.length)]
    : [];
}
