import { everyNamespace, isWanted, type NamespaceFilter } from '../../core/model/namespaces.ts';
import type { KubeObject } from '../../core/model/snapshot.ts';
import type { SnapshotHeader } from '../../core/objects/snapshot-file.ts';
import { metadataOf } from './namespaces.ts';

/** The namespaces that a dump was read of, within those that are `wanted`. Our own snapshot says it; of what kubectl printed, `seen` are those that an object is in. */
export function namespacesRead(
  wanted: NamespaceFilter,
  heads: readonly SnapshotHeader[],
  seen: ReadonlySet<string>,
  objects: readonly KubeObject[],
): NamespaceFilter {
  const [head] = heads;
  const held =
    head === undefined ? namespacesHeld(seen, objects) : (head.namespaces ?? everyNamespace);
  return within(wanted, held);
}

/** What is wanted, of what is held. */
export function within(wanted: NamespaceFilter, held: NamespaceFilter): NamespaceFilter {
  const unread = wanted.include.filter((namespace) => !isWanted(namespace, held));
  return {
    include: wanted.include.length > 0 ? wanted.include : held.include,
    exclude: [...new Set([...wanted.exclude, ...held.exclude, ...unread])],
  };
}

/** Nobody picks `kube-system` from the list of namespaces by hand: with it the list is whole, and what it does not name does not exist. */
function namespacesHeld(
  seen: ReadonlySet<string>,
  objects: readonly KubeObject[],
): NamespaceFilter {
  const listed = objects
    .filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1')
    .map((object) => metadataOf(object).name);
  return listed.includes('kube-system')
    ? { include: [], exclude: listed.filter((namespace) => !seen.has(namespace)) }
    : { include: [...seen], exclude: [] };
}
