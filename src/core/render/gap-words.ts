import type { Gap, GapReason } from '../model/snapshot.ts';

const reasons: { readonly [reason in GapReason]: string } = {
  forbidden: 'could not be read (forbidden)',
  'not-found': 'is not served by this cluster',
  unavailable: 'could not be read (unavailable)',
  timeout: 'could not be read (no answer in time)',
  partial: 'was read in part',
  'not-in-dump': 'is not in the dump',
  'check-failed': 'could not be judged',
};

/** What is found by looking at a kind, so that people see what its absence costs. */
const faults: { readonly [kind: string]: string | undefined } = {
  Pod: 'crashes, failed pulls, unschedulable pods',
  Node: 'lost and pressed nodes',
  Namespace: 'stuck namespaces',
  Event: 'mount, probe and admission faults, and why things fail',
  Deployment: 'short or stuck Deployments',
  StatefulSet: 'short or stuck StatefulSets',
  DaemonSet: 'missing agents on nodes',
  Job: 'failed Jobs',
  CronJob: 'missed and failing schedules',
  Service: 'Services without endpoints, and what refers to missing ones,',
  EndpointSlice: 'Services without endpoints',
  Ingress: 'broken Ingresses',
  IngressClass: 'Ingresses without a controller',
  NetworkPolicy: 'policies that cut Services off',
  PersistentVolumeClaim: 'storage faults',
  PersistentVolume: 'lost and failed volumes',
  StorageClass: 'claims of a missing storage class',
  VolumeAttachment: 'volumes that cannot be attached',
  HorizontalPodAutoscaler: 'autoscaling faults',
  PodDisruptionBudget: 'broken disruption budgets',
  ResourceQuota: 'full quotas',
  ValidatingWebhookConfiguration: 'webhooks that are down',
  MutatingWebhookConfiguration: 'webhooks that are down',
  APIService: 'aggregated APIs that are down',
  CertificateSigningRequest: 'unapproved kubelet certificates',
  Lease: 'kubelets that fell silent',
  CustomResource: 'faults of custom resources',
};

/** `PersistentVolumeClaim in shop could not be read (forbidden)`. */
export function sayGap(gap: Gap): string {
  const place = gap.namespace === null ? '' : ` in ${gap.namespace}`;
  return `${gap.kind}${place} ${reasons[gap.reason]}`;
}

/** What a gap means for who reads the rest: `storage faults there would be missed, and nothing there counts as resolved`. */
export function gapConsequence({ kind, reason }: Gap): string {
  if (reason === 'check-failed') return 'it said nothing in this cycle; please report it';
  if (reason === 'not-found') return 'nothing of this kind can be judged here';
  if (kind === 'Pod/log')
    return `why containers fail may stay unknown${reason === 'forbidden' ? '; grant get on pods/log' : ''}`;
  const what = (Object.hasOwn(faults, kind) ? faults[kind] : undefined) ?? 'faults';
  const mend = reason === 'forbidden' ? '; grant get and list on it' : '';
  return `${what} there would be missed, and nothing there counts as resolved${mend}`;
}
