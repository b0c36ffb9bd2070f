import type { Symptom } from '../model/finding.ts';
import { compareText } from '../model/text.ts';
import type { Node } from '../objects/cluster-objects.ts';
import { nodeRef, sayNode, stayingNodes } from '../objects/node-questions.ts';
import { defineCheck } from './define.ts';

export const nodeVersionSkew = defineCheck({
  meta: {
    id: 'node-version-skew',
    title: 'Kubelets of very different versions',
    why: 'A kubelet more than three minor versions behind the API server is not supported, and the next upgrade of the control plane may cut it off.',
    likelyCauses: ['an upgrade that stopped half way', 'a node pool that was left out'],
    commands: ['kubectl get nodes -o wide', 'kubectl version'],
    defaults: {
      // One apart is every rolling upgrade.
      apart: 2,
      // The version skew policy: a kubelet may be three minor versions older than the API server.
      unsupported: 4,
    },
    docs: 'https://kubernetes.io/releases/version-skew-policy/#kubelet',
    finds: { 92: ['NodeVersionSkew'] },
  },
  needs: ['Node'],
  helps: [],
  *judge({ Node }, { thresholds }) {
    const known = stayingNodes(Node).flatMap((node): readonly Versioned[] => {
      const version = node.status?.nodeInfo?.kubeletVersion ?? '';
      const minor = minorOf(version);
      return minor === undefined ? [] : [{ node, version, minor }];
    });
    known.sort(
      (a, b) => a.minor - b.minor || compareText(nodeRef(a.node).name, nodeRef(b.node).name),
    );
    const [oldest] = known;
    const newest = known.at(-1);
    if (oldest === undefined || newest === undefined) return;
    const apart = newest.minor - oldest.minor;
    if (apart >= thresholds.apart) yield symptomOf(oldest, newest, apart >= thresholds.unsupported);
  },
});

interface Versioned {
  readonly node: Node;
  readonly version: string;
  readonly minor: number;
}

/** `v1.31.4+k3s1` 31. */
function minorOf(version: string): number | undefined {
  const minor = /^v?1\.(\d{1,4})(?:\D|$)/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

function symptomOf(oldest: Versioned, newest: Versioned, unsupported: boolean): Symptom {
  const { name } = nodeRef(oldest.node);
  return {
    object: nodeRef(oldest.node),
    reason: 'NodeVersionSkew',
    impact: unsupported ? 'at-risk' : 'info',
    since: null,
    message: `${sayNode(oldest.node)} runs kubelet ${oldest.version} and node ${nodeRef(newest.node).name} ${newest.version}: ${newest.minor - oldest.minor} minor versions apart${unsupported ? ', more than the three that are supported' : ''}`,
    evidence: [
      { source: 'field', at: 'status.nodeInfo.kubeletVersion', text: `${name}: ${oldest.version}` },
    ],
    proof: { decidedBy: 'field', sinceExact: false, node: name, unconfirmed: true },
  };
}
