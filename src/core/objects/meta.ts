import type { ObjectRef } from '../model/snapshot.ts';
import { fields, type Kept, list, map } from './shape.ts';

/** What every kind keeps of its metadata. Of the annotations only those that something reads, never `last-applied-configuration`. */
export const metadata = fields({
  name: 'text',
  namespace: 'text',
  uid: 'text',
  generation: 'number',
  creationTimestamp: 'text',
  deletionTimestamp: 'text',
  finalizers: list('text'),
  labels: map('text'),
  annotations: fields({
    'kube-vigil/priority': 'text',
    'kubernetes.io/config.mirror': 'text',
    'helm.sh/hook': 'text',
    'argocd.argoproj.io/hook': 'text',
    'deployment.kubernetes.io/revision': 'text',
    'meta.helm.sh/release-name': 'text',
    'argocd.argoproj.io/tracking-id': 'text',
    'kubernetes.io/ingress.class': 'text',
    'ingressclass.kubernetes.io/is-default-class': 'text',
    'storageclass.kubernetes.io/is-default-class': 'text',
    'storageclass.beta.kubernetes.io/is-default-class': 'text',
    'volume.kubernetes.io/storage-provisioner': 'text',
    'volume.beta.kubernetes.io/storage-provisioner': 'text',
    'volume.beta.kubernetes.io/storage-class': 'text',
  }),
  ownerReferences: list(
    fields({ apiVersion: 'text', kind: 'text', name: 'text', controller: 'flag' }),
  ),
});
export type Metadata = Kept<typeof metadata>;

export const condition = fields({
  type: 'text',
  status: 'text',
  reason: 'text',
  message: 'text',
  lastTransitionTime: 'text',
  lastUpdateTime: 'text',
  observedGeneration: 'number',
});
export type Condition = Kept<typeof condition>;

/** The condition of a type, where the object carries it. */
export function conditionOf(
  object: {
    readonly status?: { readonly conditions?: readonly Condition[] | undefined } | undefined;
  },
  type: string,
): Condition | undefined {
  return object.status?.conditions?.find((each) => each.type === type);
}

/** Whether what is kept of it is what it says (see KubeObject). */
export function isReadable(object: object): boolean {
  return !('unreadable' in object);
}

/** Any object, for questions about its metadata alone. */
export interface ObjectMeta {
  readonly metadata?: Metadata | undefined;
}

export function refOf(kind: string, { metadata }: ObjectMeta): ObjectRef {
  const { namespace = null, name = '' } = metadata ?? {};
  return { kind, namespace, name };
}

/** The owner that manages the object. */
export function controllerOf({ metadata }: ObjectMeta) {
  return metadata?.ownerReferences?.find((each) => each.controller === true);
}

/** Made by Helm or Argo CD for one step of an installation: nobody waits for it afterwards. */
export function isHook({ metadata }: ObjectMeta): boolean {
  const annotations = metadata?.annotations;
  return (annotations?.['helm.sh/hook'] ?? annotations?.['argocd.argoproj.io/hook']) !== undefined;
}

export interface Labels {
  readonly [name: string]: string | undefined;
}

/** Whether labels hold every pair of a selector. */
export function carries(labels: Labels, selector: Labels): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}
