import { isWanted, type NamespaceFilter } from '../../core/model/namespaces.ts';
import type { KubeObject } from '../../core/model/snapshot.ts';
import { homeOf, kindOf } from '../../core/objects/kinds.ts';

/** Whether an object belongs to the namespaces that are looked at; a Namespace belongs to itself. */
export function isObjectWanted(object: KubeObject, filter: NamespaceFilter): boolean {
  const { name, namespace } = metadataOf(object);
  if (object.kind === 'Namespace' && object.apiVersion === 'v1') return isWanted(name, filter);
  const kind = kindOf(object.kind, object.apiVersion);
  const everywhere = namespace === '' || (kind !== undefined && homeOf(kind) !== undefined);
  return everywhere || isWanted(namespace, filter);
}

/** The uid of namespace kube-system, which tells clusters apart. */
export function clusterUidIn(objects: readonly KubeObject[]): string | null {
  for (const object of objects) {
    const { name, uid } = metadataOf(object);
    if (object.kind !== 'Namespace' || object.apiVersion !== 'v1') continue;
    if (name === 'kube-system' && uid !== '') return uid;
  }
  return null;
}

/** What trimming lets stand of an object's metadata; empty texts where it says nothing. */
export function metadataOf(object: KubeObject): { name: string; namespace: string; uid: string } {
  const { metadata = {} } = object as {
    readonly metadata?: {
      readonly name?: string;
      readonly namespace?: string;
      readonly uid?: string;
    };
  };
  return {
    name: metadata.name ?? '',
    namespace: metadata.namespace ?? '',
    uid: metadata.uid ?? '',
  };
}
