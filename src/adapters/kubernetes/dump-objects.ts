import * as z from 'zod';
import { Failure } from '../../core/model/failure.ts';
import { type ContainerLog, gapReasons } from '../../core/model/snapshot.ts';
import { cut } from '../../core/model/text.ts';
import { isBuiltInGroup } from '../../core/objects/custom-names.ts';
import type { Kind, Subject } from '../../core/objects/kinds.ts';
import { cleanLog } from '../../core/objects/log-lines.ts';
import type { SnapshotHeader } from '../../core/objects/snapshot-file.ts';
import { coreEvent, isNewEvent } from './dump-events.ts';
import { kindOfPath, knownKind, subjects } from './dump-kinds.ts';

/** A raw object as it stands in the dump; with its apiVersion and kind where it is a custom resource. */
export interface Found {
  readonly kind: Subject;
  readonly raw: Raw;
}
export interface Raw {
  readonly [field: string]: unknown;
}

/** What one document of a dump holds. */
export interface Content {
  readonly objects: readonly Found[];
  /** Kinds that were read, also where there is no object of them. */
  readonly read: readonly Subject[];
  /** Objects that nothing is known of and that have no status. */
  readonly others: number;
  /** Of every object, whatever its kind. */
  readonly namespaces: readonly string[];
  /** Our own snapshot's head; null for what kubectl printed. */
  readonly own: SnapshotHeader | null;
}

const ownSchema = z.object({
  takenAt: z.iso.datetime({ offset: true }),
  clusterUid: z.string().nullable(),
  namespaces: z.object({ include: z.array(z.string()), exclude: z.array(z.string()) }).optional(),
  gaps: z.array(
    z.object({
      kind: z.string(),
      namespace: z.string().nullable(),
      reason: z.enum(gapReasons),
      detail: z.string(),
    }),
  ),
  logs: z
    .array(
      z.object({
        namespace: z.string(),
        pod: z.string(),
        container: z.string(),
        previous: z.boolean(),
        lines: z.array(z.string()),
      }),
    )
    .optional(),
});

/** Takes a document apart: a `List`, a typed list whose items lack `kind`, a bare array (the path tells the kind), one object, our own snapshot. Throws Failure CONFIG_INVALID for a broken snapshot of ours. */
export function contentOf(document: unknown, file: string): Content {
  const promised = kindOfPath(file);
  if (Array.isArray(document)) return sortItems(document, null, promised);
  if (!isRaw(document)) return { objects: [], read: [], others: 0, namespaces: [], own: null };
  const type = typeOf(document);
  const items = Array.isArray(document['items']) ? document['items'] : null;
  const isList = type === null ? items !== null : type.kind.endsWith('List');
  if (!isList) return sortItems([document], null, promised);
  const content = sortItems(items ?? [], itemTypeOf(type), promised);
  if (document['kubeVigil'] === undefined) return content;
  const own = readOwnHead(document['kubeVigil'], file);
  return { ...content, own, read: readBy(own) };
}

/** `type`: what a typed list says of its items. `promised`: what the path says of items that name no kind. */
function sortItems(items: readonly unknown[], type: Type | null, promised: Kind | null): Content {
  const objects: Found[] = [];
  const namespaces = new Set<string>();
  let others = 0;
  for (const item of items) {
    if (!isRaw(item) || !isRaw(item['metadata'])) continue;
    const { namespace } = item['metadata'];
    if (typeof namespace === 'string') namespaces.add(namespace);
    const written = typeOf(item) ?? type;
    const named = coreType(written);
    const raw = named === written ? item : coreEvent(item);
    const kind = named === null ? promised : knownKind(named.kind, named.apiVersion);
    if (kind !== null) objects.push({ kind, raw });
    else if (named !== null && isCustom(named, raw))
      objects.push({ kind: 'CustomResource', raw: { ...raw, ...named } });
    else if (named !== null) others++;
  }
  const list = coreType(type);
  const listed = list === null ? null : knownKind(list.kind, list.apiVersion);
  const empty = items.length === 0 && type === null ? promised : null;
  const read = new Set([listed, empty, ...objects.map(({ kind }) => kind)]);
  return {
    objects,
    read: [...read].filter((kind) => kind !== null),
    others,
    namespaces: [...namespaces],
    own: null,
  };
}

/** Events have two names; the snapshot knows one. */
function coreType(type: Type | null): Type | null {
  if (type === null || !isNewEvent(type.kind, type.apiVersion)) return type;
  return { kind: type.kind, apiVersion: 'v1' };
}

/** What operators look after: it has a status, and no group of Kubernetes' own. */
function isCustom({ apiVersion }: Type, { status }: Raw): boolean {
  return isRaw(status) && !isBuiltInGroup(apiVersion?.split('/')[0] ?? '');
}

interface Type {
  readonly kind: string;
  readonly apiVersion: string | null;
}

/** `DeploymentList` ▶ `Deployment`; a plain `List` says nothing of its items. */
function itemTypeOf(list: Type | null): Type | null {
  if (list === null || list.kind === 'List') return null;
  return { ...list, kind: list.kind.slice(0, -'List'.length) };
}

function typeOf({ kind, apiVersion }: Raw): Type | null {
  if (typeof kind !== 'string') return null;
  return { kind, apiVersion: typeof apiVersion === 'string' ? apiVersion : null };
}

function readOwnHead(head: unknown, file: string): SnapshotHeader {
  const parsed = ownSchema.safeParse(head);
  if (parsed.success) return { ...parsed.data, logs: parsed.data.logs?.map(cleaned) };
  const [issue] = parsed.error.issues;
  throw new Failure(
    'CONFIG_INVALID',
    `The snapshot ${cut(file, 200)} is damaged at kubeVigil.${issue?.path.join('.')}: ${issue?.message}`,
    { hint: 'Take the snapshot from the artifact again, or take kubeVigil out of it' },
  );
}

/** What a file says is redacted where it enters, whoever wrote it. */
function cleaned(log: ContainerLog): ContainerLog {
  return { ...log, lines: cleanLog(log.lines.join('\n')) };
}

/** Our snapshot read every kind but those that it calls a gap. */
function readBy(own: SnapshotHeader): readonly Subject[] {
  const unread = new Set(own.gaps.filter((gap) => gap.namespace === null).map(({ kind }) => kind));
  return subjects.filter((kind) => !unread.has(kind));
}

export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
