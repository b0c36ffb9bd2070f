import { compareText } from '../../core/model/text.ts';
import { isBuiltInGroup } from '../../core/objects/custom-names.ts';
import { knownGroups, ruleFor } from '../../core/objects/custom-rules.ts';
import { kindOf } from '../../core/objects/kinds.ts';
import type { Reader } from './reader.ts';
import { type Trouble, troubleOf, unavailable } from './trouble.ts';

/** A kind of custom resources that has a status and can be listed, in the version that its group prefers. */
export interface CustomKind {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** All groups in one answer (since 1.26, in beta before 1.30); an older server answers with the list of groups alone. */
const aggregated = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .join(',');

export type Discovered =
  | { readonly kinds: readonly CustomKind[]; readonly trouble: null }
  | { readonly kinds: null; readonly trouble: Trouble };

/** Which custom resources the API server serves, those first of which something is known here. */
export async function discover(reader: Reader): Promise<Discovered> {
  const answer = await reader.ask('/apis', false, `${aggregated},application/json`);
  const trouble = troubleOf(answer);
  if (trouble !== null || answer.silent !== null)
    return { kinds: null, trouble: trouble ?? unavailable('no answer') };
  const body = parsed(answer.body);
  if (body['kind'] === 'APIGroupDiscoveryList')
    return found(asList(body['items']).flatMap(ofGroup));
  if (body['kind'] !== 'APIGroupList')
    return { kinds: null, trouble: unavailable('the answer is no list of API groups') };
  const versions = asList(body['groups']).flatMap(preferredOf);
  const lists = await Promise.all(versions.map((version) => readGroup(reader, version)));
  return found(lists.flat());
}

function found(kinds: readonly CustomKind[]): Discovered {
  const place = ({ group }: CustomKind) => knownGroups.indexOf(group) + 1 || knownGroups.length + 1;
  const sorted = kinds
    .filter(isCustom)
    .sort((a, b) => place(a) - place(b) || compareText(resourceOf(a), resourceOf(b)));
  return { kinds: sorted, trouble: null };
}

/** As kubectl names it: `certificates.cert-manager.io`. */
export function resourceOf({ plural, group }: CustomKind): string {
  return `${plural}.${group}`;
}

function isCustom({ group, version, kind }: CustomKind): boolean {
  if (isBuiltInGroup(group) || group === 'apiextensions.k8s.io') return false;
  if (ruleFor(group, kind).quiet === 'unread') return false;
  return kindOf(kind, `${group}/${version}`) === undefined;
}

interface Raw {
  readonly [field: string]: unknown;
}

/** One item of aggregated discovery: its first version is the preferred one. */
function ofGroup({ metadata, versions }: Raw): readonly CustomKind[] {
  const group = text(asRaw(metadata)['name']);
  const [preferred] = asList(versions);
  const version = text(preferred?.['version']);
  return asList(preferred?.['resources']).flatMap((resource): CustomKind[] => {
    const { resource: plural, responseKind, scope, verbs, subresources } = resource;
    const kind = text(asRaw(responseKind)['kind']);
    const hasStatus = asList(subresources).some((each) => each['subresource'] === 'status');
    if (!hasStatus || !canList(verbs) || kind === '' || text(plural) === '') return [];
    return [{ group, version, plural: text(plural), kind, namespaced: scope === 'Namespaced' }];
  });
}

interface Version {
  readonly group: string;
  readonly version: string;
}

function preferredOf({ name, preferredVersion, versions }: Raw): readonly Version[] {
  const group = text(name);
  const preferred = asRaw(preferredVersion ?? asList(versions)[0]);
  const version = text(preferred['version']);
  return group === '' || version === '' || isBuiltInGroup(group) ? [] : [{ group, version }];
}

/** A group that does not answer (an aggregated API that is down) has a check of its own. */
async function readGroup(
  reader: Reader,
  { group, version }: Version,
): Promise<readonly CustomKind[]> {
  const path = `/apis/${encodeURIComponent(group)}/${encodeURIComponent(version)}`;
  const answer = await reader.ask(path, false);
  if (answer.silent !== null || troubleOf(answer) !== null) return [];
  const resources = asList(parsed(answer.body)['resources']);
  const names = new Set(resources.map(({ name }) => name));
  return resources.flatMap(({ name, kind, namespaced, verbs }): CustomKind[] => {
    const plural = text(name);
    if (!names.has(`${plural}/status`) || !canList(verbs) || text(kind) === '') return [];
    return [{ group, version, plural, kind: text(kind), namespaced: namespaced === true }];
  });
}

function canList(verbs: unknown): boolean {
  return Array.isArray(verbs) && verbs.includes('list');
}

function parsed(body: string): Raw {
  try {
    return asRaw(JSON.parse(body));
  } catch {
    return {};
  }
}

function asRaw(value: unknown): Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {};
}

function asList(value: unknown): readonly Raw[] {
  return Array.isArray(value) ? value.map(asRaw) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
