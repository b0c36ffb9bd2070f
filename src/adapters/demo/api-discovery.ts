import { kinds } from '../../core/objects/kinds.ts';
import type { Raw } from './api-pages.ts';

/** A custom resource as kubectl prints it. */
export interface Custom extends Raw {
  readonly apiVersion: string;
  readonly kind: string;
}

interface Definition {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly hasStatus: boolean;
}

/** Answers `/apis` and `/apis/<group>/<version>`; null for any other path. A kind has the status subresource where one of its objects has a status. */
export function discoveryOf(
  objects: readonly Custom[],
  old: boolean,
): (path: string, accept: string) => object | null {
  const definitions = [...builtIn(), ...definitionsOf(objects)];
  const groups = [...new Set(definitions.map(({ group }) => group))];
  const within = (group: string) => definitions.filter((each) => each.group === group);
  return (path, accept) => {
    const [, apis, group = '', version, ...more] = path.split('/');
    if (apis !== 'apis' || more.length > 0) return null;
    if (group === '') {
      const all = groups.map((each) => within(each));
      return !old && accept.includes('as=APIGroupDiscoveryList') ? aggregated(all) : plain(all);
    }
    const served = within(group).filter((each) => each.version === version);
    return served.length === 0 ? null : resourceList(`${group}/${version}`, served);
  };
}

/** The list of one kind that a path asks for. */
export function customListOf(objects: readonly Custom[], path: string) {
  const match = /^\/apis\/([^/]+)\/([^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)$/.exec(path);
  const [, group, version, namespace = null, plural] = match ?? [];
  const found = definitionsOf(objects).find(
    (each) => each.group === group && each.version === version && each.plural === plural,
  );
  if (found === undefined) return null;
  const apiVersion = `${found.group}/${found.version}`;
  const items = objects.filter(
    (each) => each.kind === found.kind && each.apiVersion === apiVersion,
  );
  return { kind: found.kind, apiVersion, namespace, items };
}

/** A real server tells of its own groups, too. */
function builtIn(): readonly Definition[] {
  return Object.entries(kinds).flatMap(([kind, { group, version, plural, namespaced }]) =>
    group === '' ? [] : [{ group, version, kind, plural, namespaced, hasStatus: true }],
  );
}

function definitionsOf(objects: readonly Custom[]): readonly Definition[] {
  const found = new Map<string, Definition>();
  for (const { apiVersion, kind, metadata, ...rest } of objects) {
    const [group = '', version = ''] = apiVersion.split('/');
    const before = found.get(`${group}/${kind}`);
    found.set(`${group}/${kind}`, {
      group,
      version,
      kind,
      plural: `${kind.toLowerCase().replace(/y$/, 'ie').replace(/s$/, 'se')}s`,
      namespaced: metadata?.namespace !== undefined,
      hasStatus: before?.hasStatus === true || 'status' in rest,
    });
  }
  return [...found.values()];
}

const verbs = ['get', 'list', 'watch'];

function aggregated(groups: readonly (readonly Definition[])[]): object {
  const items = groups.map((definitions) => ({
    metadata: { name: definitions[0]?.group },
    versions: [
      {
        version: definitions[0]?.version,
        freshness: 'Current',
        resources: definitions.map(({ group, version, kind, plural, namespaced, hasStatus }) => ({
          resource: plural,
          responseKind: { group, version, kind },
          scope: namespaced ? 'Namespaced' : 'Cluster',
          verbs,
          ...(hasStatus ? { subresources: [{ subresource: 'status', verbs: ['get'] }] } : {}),
        })),
      },
    ],
  }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', items };
}

function plain(groups: readonly (readonly Definition[])[]): object {
  const list = groups.map((definitions) => {
    const { group = '', version = '' } = definitions[0] ?? {};
    const preferredVersion = { groupVersion: `${group}/${version}`, version };
    return { name: group, versions: [preferredVersion], preferredVersion };
  });
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: list };
}

function resourceList(groupVersion: string, definitions: readonly Definition[]): object {
  const resources = definitions.flatMap(({ kind, plural, namespaced, hasStatus }) => {
    const own = { name: plural, kind, namespaced, verbs };
    return hasStatus ? [own, { ...own, name: `${plural}/status`, verbs: ['get'] }] : [own];
  });
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}
