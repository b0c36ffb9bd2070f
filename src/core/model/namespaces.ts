/** Which namespaces are looked at. `include` empty: all. What has no namespace (nodes, volumes) is always looked at. */
export interface NamespaceFilter {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export const everyNamespace: NamespaceFilter = { include: [], exclude: [] };

export function isWanted(namespace: string, { include, exclude }: NamespaceFilter): boolean {
  return (include.length === 0 || include.includes(namespace)) && !exclude.includes(namespace);
}

/** As a snapshot says it: nothing where all were read. */
export function unlessEvery(filter: NamespaceFilter): { readonly namespaces?: NamespaceFilter } {
  const isEvery = filter.include.length === 0 && filter.exclude.length === 0;
  return isEvery ? {} : { namespaces: filter };
}
