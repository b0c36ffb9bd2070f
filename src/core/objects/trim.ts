import type { KubeObject, Snapshot } from '../model/snapshot.ts';
import { cut } from '../model/text.ts';
import { groupOf } from './custom.ts';
import { isBuiltInGroup } from './custom-names.ts';
import { addressIn } from './environment.ts';
import {
  apiVersionOf,
  type Kind,
  kindNames,
  kindOf,
  kinds,
  type Objects,
  type Subject,
} from './kinds.ts';
import { leanPod } from './lean-pod.ts';
import type { Pod } from './pod.ts';
import { redact } from './redact.ts';
import { keep } from './shape.ts';
import { keepCustom } from './status-words.ts';
import type { Template } from './workloads.ts';

/** The longest text that is kept, in UTF-16 units: the kubelet's own limit for a termination message. */
const longest = 4096;

interface Named {
  readonly metadata?: {
    readonly name?: string;
    readonly managedFields?: readonly { readonly subresource?: string }[];
  };
}

/** What is kept of one raw object of a known kind; undefined where it has no name. Texts are redacted here, once, and then cut. */
export function trim(kind: Kind, raw: unknown): KubeObject | undefined {
  const wrong: string[] = [];
  const kept = keep(kinds[kind].shape, raw, clean, wrong) as Named | undefined;
  if (kept?.metadata?.name === undefined || kept.metadata.name === '') return undefined;
  const unreadable = unreadableIn(raw) ?? wrong.find((path) => /^(?:spec|status)\b/.test(path));
  return {
    apiVersion: apiVersionOf(kind),
    kind,
    ...(unreadable === undefined ? {} : { unreadable }),
    ...lean(kind, kept),
  };
}

/** What an earlier reading has found, in a snapshot of ours. */
function unreadableIn(raw: unknown): string | undefined {
  const { unreadable } = raw as { readonly unreadable?: unknown };
  return typeof unreadable === 'string' ? clean(unreadable) : undefined;
}

/** What is kept of an object that is no row of the table; undefined where it has no name, kind or status. */
export function trimCustom(raw: { readonly [field: string]: unknown }): KubeObject | undefined {
  const { apiVersion, kind, status } = raw;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  if (typeof status !== 'object' || status === null) return undefined;
  const kept = keepCustom(raw, clean) as Named | undefined;
  if (kept?.metadata?.name === undefined || kept.metadata.name === '') return undefined;
  return { apiVersion: clean(apiVersion), kind: clean(kind), ...kept };
}

function clean(text: string): string {
  const safe = redact(text);
  return safe.length > longest ? cut(safe, longest) : safe;
}

/** Without what says nothing: the writers of a status, and what only a failing pod is asked for. */
function lean(kind: Kind, kept: Named): Named {
  if (kind === 'Pod') return leanPod(kept as Pod) as Named;
  return withoutSecrets(withoutStatusWriters(kept));
}

function withoutStatusWriters(kept: Named): Named {
  const { metadata } = kept;
  if (metadata?.managedFields === undefined) return kept;
  const writers = metadata.managedFields.filter(({ subresource }) => subresource !== 'status');
  return { ...kept, metadata: { ...metadata, managedFields: writers } };
}

interface Templated extends Named {
  readonly spec?: {
    readonly template?: Template;
    readonly jobTemplate?: { readonly spec?: { readonly template?: Template } };
  };
}

/** Of a template's environment only addresses. */
function withoutSecrets(kept: Templated): Templated {
  const { template, jobTemplate } = kept.spec ?? {};
  if (template !== undefined)
    return { ...kept, spec: { ...kept.spec, template: withAddresses(template) } };
  const inner = jobTemplate?.spec?.template;
  if (inner === undefined) return kept;
  const spec = { ...jobTemplate?.spec, template: withAddresses(inner) };
  return { ...kept, spec: { ...kept.spec, jobTemplate: { ...jobTemplate, spec } } };
}

function withAddresses(template: Template): Template {
  const containers = template.spec?.containers;
  if (containers === undefined) return template;
  const lean = containers.map(({ env, ...rest }) => {
    const kept = (env ?? []).flatMap(({ name = '', value = '' }) => {
      const address = addressIn(name, value);
      return address === undefined ? [] : [{ name, value: address }];
    });
    return kept.length === 0 ? rest : { ...rest, env: kept };
  });
  return { ...template, spec: { ...template.spec, containers: lean } };
}

/** Of what list it is; undefined: of none (a kind of Kubernetes itself that is not read). */
function subjectOf(item: KubeObject): Subject | undefined {
  const kind = kindOf(item.kind, item.apiVersion);
  if (kind !== undefined) return kind;
  return isBuiltInGroup(groupOf(item)) ? undefined : 'CustomResource';
}

/** The snapshot's objects by kind. They were trimmed when they came in, so the types hold. */
export function byKind(snapshot: Snapshot): Objects {
  const sorted: { [kind: string]: KubeObject[] } = { CustomResource: [] };
  for (const kind of kindNames) sorted[kind] = [];
  for (const item of snapshot.items) sorted[subjectOf(item) ?? '']?.push(item);
  return sorted as unknown as Objects;
}
