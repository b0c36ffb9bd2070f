import type { ObjectRef } from '../model/snapshot.ts';
import type { Labels } from './meta.ts';

/** What other workloads need an add-on for. */
export type AddonRole =
  | 'dns'
  | 'network'
  | 'proxy'
  | 'storage'
  | 'ingress'
  | 'certificates'
  | 'metrics'
  | 'autoscaling';

/** What stops working without it. */
export const addonWords: { readonly [role in AddonRole]: string } = {
  dns: 'names of Services do not resolve',
  network: 'pods get no network',
  proxy: 'addresses of Services lead nowhere',
  storage: 'volumes are neither made nor mounted',
  ingress: 'nothing gets in from outside',
  certificates: 'certificates are neither issued nor renewed',
  metrics: 'autoscalers and `kubectl top` see nothing',
  autoscaling: 'no node is added or removed',
};

/** Their own charts' and manifests' names; CSI drivers are many and all say `csi`. */
const addons: readonly { readonly role: AddonRole; readonly names: RegExp }[] = [
  {
    role: 'dns',
    names: /^(?:core-?dns|kube-dns|node-local-dns|dns-default|rke2-coredns-rke2-coredns)$/,
  },
  {
    role: 'network',
    names:
      /^(?:aws-node|azure-(?:cni|npm)|antrea-(?:agent|controller)|anetd|calico-(?:node|typha|kube-controllers)|canal|rke2-canal|cilium(?:-operator)?|kindnet|kube-flannel(?:-ds)?|kube-multus-ds|kube-router|multus|ovn-?kube(?:-node)?|ovnkube-(?:node|master|control-plane)|weave-net)$/,
  },
  { role: 'proxy', names: /^kube-proxy$/ },
  {
    role: 'storage',
    names:
      /^(?:(?:[a-z0-9-]{1,60}-)?csi(?:-[a-z0-9-]{1,60})?|pdcsi-node|local-path-provisioner|longhorn-manager|snapshot-controller)$/,
  },
  {
    role: 'ingress',
    names:
      /^(?:(?:rke2-)?ingress-nginx-controller|nginx-ingress(?:-controller)?|nginx-ingress-microk8s-controller|traefik|haproxy-ingress|istio-ingressgateway|kong-(?:gateway|proxy|controller)|contour|aws-load-balancer-controller|ingress-appgw-deployment|router-default)$/,
  },
  { role: 'certificates', names: /^cert-manager(?:-webhook|-cainjector)?$/ },
  {
    role: 'metrics',
    names: /^(?:metrics-server|prometheus-adapter|keda-operator-metrics-apiserver)$/,
  },
  { role: 'autoscaling', names: /^(?:cluster-autoscaler|karpenter)$/ },
];

/** The label that an add-on carries under whatever release name. */
const nameLabels = ['k8s-app', 'app.kubernetes.io/name'] as const;

/** Names that a label gives where the workload's own name is the release's. */
const labelled: { readonly [name: string]: AddonRole | undefined } = {
  'kube-dns': 'dns',
  coredns: 'dns',
  'kube-proxy': 'proxy',
  'metrics-server': 'metrics',
  'ingress-nginx': 'ingress',
  traefik: 'ingress',
  'aws-load-balancer-controller': 'ingress',
  'cert-manager': 'certificates',
  'cluster-autoscaler': 'autoscaling',
  'aws-cluster-autoscaler': 'autoscaling',
  karpenter: 'autoscaling',
  'aws-ebs-csi-driver': 'storage',
  'aws-efs-csi-driver': 'storage',
};

/** Workloads that serve a whole cluster. */
const kinds = ['Deployment', 'DaemonSet', 'StatefulSet'];

/** What a workload is to the whole cluster; undefined: it is somebody's own. */
export function addonRoleOf({ kind, name }: ObjectRef, labels: Labels = {}): AddonRole | undefined {
  if (!kinds.includes(kind)) return undefined;
  const byName = addons.find(({ names }) => names.test(name))?.role;
  if (byName !== undefined) return byName;
  if (labels['app.kubernetes.io/component'] === 'default-backend') return undefined;
  const words = nameLabels.flatMap((label) => labels[label] ?? []);
  const known = words.find((word) => Object.hasOwn(labelled, word));
  return known === undefined ? undefined : labelled[known];
}
