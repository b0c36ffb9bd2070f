import * as z from 'zod';
import {
  type AcceptedFinding,
  type BusinessHours,
  type Catalog,
  defaultCatalog,
  type KnownIssue,
  maxDowntimeByPriority,
  type Service,
} from '../../core/model/catalog.ts';
import type { Priority } from '../../core/model/priority.ts';
import { type KnownChecks, unknownChecks } from './catalog-checks.ts';
import { toQuiet } from './catalog-quiets.ts';
import { remarksOf, tooLong } from './catalog-remarks.ts';
import { catalogSchema, type WrittenCatalog } from './catalog-schema.ts';
import {
  type CatalogText,
  type KeyPath,
  type Problem,
  readCatalogText,
  sayProblem,
  valueAt,
} from './catalog-text.ts';
import { either, failureOf, show } from './problems.ts';

type WrittenService = NonNullable<WrittenCatalog['services']>[number];
type WrittenIssue = NonNullable<WrittenService['knownIssues']>[number];

/** Keys whose names are fixed and whose work is not built: accepting them would promise something. */
const later = [
  'dependencies',
  'runbook',
  'repository',
  'path',
  'tagPattern',
  'environment',
  'workflow',
  'config',
];

/**
 * The user's file, with every default filled in; an empty text is all defaults.
 * `where` is the file's name for people; without `checks` the ids of checks and their thresholds are not looked up.
 * Without `now` (ms) nobody asks how far ahead a silence ends, nor which windows the next clock change skips.
 * Throws Failure CONFIG_INVALID that names file, line and key of every problem.
 */
export function parseCatalog(
  text: string,
  where: string,
  checks?: KnownChecks,
  now?: number,
): Catalog {
  const source = readCatalogText(text, where);
  const data = source.data ?? {};
  const result = catalogSchema.safeParse(data);
  const problems = [
    ...(result.error?.issues ?? []).flatMap((issue) => problemsOf(issue, data)),
    ...repeatedNames(data),
    ...(checks === undefined ? [] : unknownChecks(data, checks)),
    ...(now === undefined ? [] : tooLong(data, now)),
  ];
  if (result.data === undefined || problems.length > 0) throw refusal(problems, source, where);
  const catalog = toCatalog(result.data, source);
  const remarks = remarksOf(data, catalog, now).map((each) => sayProblem(each, source, where));
  return remarks.length === 0 ? catalog : { ...catalog, remarks };
}

function refusal(problems: readonly Problem[], source: CatalogText, where: string) {
  const line = ({ path }: Problem) => source.line(path);
  const sorted = problems.toSorted((a, b) => line(a) - line(b));
  return failureOf(
    'CONFIG_INVALID',
    sorted.map((problem) => sayProblem(problem, source, where)),
  );
}

function problemsOf(issue: z.core.$ZodIssue, data: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(issue.path, key));
  const value = valueAt(data, issue.path);
  if (value === undefined) return [{ path: issue.path, text: `is missing; ${issue.message}` }];
  return [{ path: issue.path, text: `${issue.message}, got ${show(value)}` }];
}

function unknownKey(path: KeyPath, key: string): Problem {
  const known = keysAt(path);
  const meant = known.find((name) => plain(name) === plain(key));
  const advice = meant === undefined ? `the keys here are ${either(known)}` : `write ${meant}`;
  const text = later.includes(key)
    ? 'is not supported yet; remove it for now'
    : `unknown key; ${advice}`;
  return { path: [...path, key], text };
}

function plain(key: string): string {
  return key.replace(/[-_]/g, '').toLowerCase();
}

/** The keys that the schema has at `path`. */
function keysAt(path: KeyPath): string[] {
  let schema: unknown = catalogSchema;
  for (const step of path) schema = stepInto(inner(schema), step);
  const at = inner(schema);
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function stepInto(schema: unknown, step: PropertyKey): unknown {
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodObject ? schema.shape[String(step)] : undefined;
}

function inner(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? inner(schema.unwrap()) : schema;
}

function repeatedNames(data: unknown): Problem[] {
  const services = valueAt(data, ['services']);
  if (!Array.isArray(services)) return [];
  const names = services.map((service) => valueAt(service, ['name']));
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (typeof name !== 'string' || first === index) return [];
    const text = `${show(name)} is already the name of services[${first}]; give each service its own`;
    return [{ path: ['services', index, 'name'], text }];
  });
}

function toCatalog(written: WrittenCatalog, source: CatalogText): Catalog {
  const defaultPriority = written.defaultPriority ?? defaultCatalog.defaultPriority;
  return {
    services: (written.services ?? []).map((service, at) => ({
      ...toService(service, defaultPriority),
      knownIssues: (service.knownIssues ?? []).map((issue, index) => ({
        ...toKnownIssue(issue),
        line: source.line(['services', at, 'knownIssues', index]),
      })),
    })),
    defaultPriority,
    hours: written.businessHours === undefined ? null : toHours(written.businessHours),
    repeatSeconds: written.repeatInterval ?? defaultCatalog.repeatSeconds,
    mention: written.mention ?? defaultCatalog.mention,
    channels: written.channels ?? defaultCatalog.channels,
    ackUsers: written.ackUsers ?? defaultCatalog.ackUsers,
    quiets: [
      ...(written.silences ?? []).map((each, at) => ({
        ...toQuiet('silence', each),
        line: source.line(['silences', at]),
      })),
      ...(written.maintenance ?? []).map((each, at) => ({
        ...toQuiet('maintenance', each),
        line: source.line(['maintenance', at]),
      })),
    ],
    checks: written.checks ?? defaultCatalog.checks,
    accepted: (written.accepted ?? []).map(toAccepted),
  };
}

function toService(
  written: WrittenService,
  defaultPriority: Priority,
): Omit<Service, 'knownIssues'> {
  const priority = written.priority ?? defaultPriority;
  return {
    name: written.name,
    priority,
    namespaces: written.namespaces ?? [],
    selector: written.selector ?? {},
    maxDowntimeSeconds: written.maxDowntime ?? maxDowntimeByPriority[priority],
    ...(written.channel === undefined ? {} : { channel: written.channel }),
    ...(written.checks === undefined ? {} : { checks: written.checks }),
  };
}

function toAccepted(written: NonNullable<WrittenCatalog['accepted']>[number]): AcceptedFinding {
  const { namespace = null, owner = null, why = null, until = null, ...rest } = written;
  return { ...rest, namespace, owner, why, until };
}

function toKnownIssue({ for: forSeconds, ...rest }: WrittenIssue): KnownIssue {
  return forSeconds === undefined ? rest : { ...rest, forSeconds };
}

function toHours(written: NonNullable<WrittenCatalog['businessHours']>): BusinessHours {
  return { ...written, holidays: written.holidays ?? [] };
}
