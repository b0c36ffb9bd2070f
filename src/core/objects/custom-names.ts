import type { ObjectRef } from '../model/snapshot.ts';
import { type CustomResource, groupOf, type Reference } from './custom.ts';
import { isKind } from './kinds.ts';
import { refOf } from './meta.ts';

/** Its name among all objects of a snapshot. */
export function customRef(resource: CustomResource): ObjectRef {
  return refOf(customKind(resource.kind, groupOf(resource)), resource);
}

/** `Certificate`; with its group where a built-in kind has the same name (`Service.serving.knative.dev`). */
export function customKind(kind: string, group: string): string {
  return isKind(kind) ? `${kind}.${group}` : kind;
}

/** How kubectl takes it for one kind and no other: `certificate.cert-manager.io`. */
export function resourceName(resource: CustomResource): string {
  return `${resource.kind.toLowerCase()}.${groupOf(resource)}`;
}

/** What a reference names: in the namespace it says, else in the one it stands in, or in none. Undefined where it names nothing. */
export function referred(
  reference: Reference | undefined,
  defaults: { readonly kind: string; readonly namespace: string | null },
): ObjectRef | undefined {
  const { name, kind = defaults.kind, namespace = defaults.namespace } = reference ?? {};
  if (name === undefined || name === '') return undefined;
  return { kind, namespace: kind.startsWith('Cluster') ? null : namespace, name };
}

const fixed = new Set([
  'admissionregistration.k8s.io',
  'apiregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'custom.metrics.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'external.metrics.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'metrics.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

/** Whether Kubernetes itself serves an API group: what is not read of it is none of the custom resources. (`apiextensions.k8s.io` is: a definition that is not established breaks all its objects.) */
export function isBuiltInGroup(group: string): boolean {
  return !group.includes('.') || fixed.has(group);
}
