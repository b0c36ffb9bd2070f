import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { silentLog } from '../__tests__/support/log.ts';
import { parseCatalog } from '../src/adapters/config/catalog.ts';
import { dumpCluster } from '../src/adapters/kubernetes/dump.ts';
import type { Check } from '../src/core/checks/define.ts';
import { registry } from '../src/core/checks/registry.ts';
import { suspectsOf } from '../src/core/incidents/suspects.ts';
import { type Catalog, defaultCatalog } from '../src/core/model/catalog.ts';
import type { Finding } from '../src/core/model/finding.ts';
import type { Incident, Observation } from '../src/core/model/incident.ts';
import type { Snapshot } from '../src/core/model/snapshot.ts';
import { observe } from '../src/core/observe.ts';

export const scenariosFolder = path.resolve(import.meta.dirname, '../__tests__/scenarios');

const root = z.strictObject({
  kind: z.string(),
  namespace: z.string().nullable().default(null),
  name: z.string(),
  reason: z.string(),
});
const wanted = z.strictObject({
  root,
  cause: z.enum(['proven', 'likely', 'unknown']).optional(),
  impact: z.enum(['outage', 'degraded', 'at-risk', 'info']).optional(),
  /** Every check that must have a finding in the incident, and no other may have one. */
  checks: z.array(z.string()).min(1),
  /** Reasons that must occur among its findings. */
  reasons: z.array(z.string()).default([]),
  /** At least so many findings. */
  symptoms: z.number().int().min(1).default(1),
});
const expectedSchema = z.strictObject({
  /** Where it was recorded, reported or tested (a public address), or `hand-made`. */
  source: z.union([z.url(), z.literal('hand-made')]),
  about: z.string(),
  /** When it was looked at, RFC 3339. */
  now: z.iso.datetime(),
  kind: z.enum(['fault', 'healthy', 'trap', 'composite']),
  /** Traps that it sets: T01 to T47. */
  traps: z.array(z.string().regex(/^T\d\d$/)).default([]),
  /** Rules of collapse that it tries: R1 to R27. */
  collapse: z.array(z.string().regex(/^R\d{1,2}$/)).default([]),
  /** Kinds that could not be read. Every other counts as read. */
  unread: z.array(z.string()).default([]),
  /** Namespaces that are looked at; absent: all. */
  namespaces: z.array(z.string()).default([]),
  incidents: z.array(wanted),
});
export type Expected = z.output<typeof expectedSchema>;

export interface Scenario {
  readonly name: string;
  readonly expected: Expected;
  readonly snapshot: Snapshot;
  readonly catalog: Catalog;
}

/** One folder: `expected.yaml`, perhaps the user's `catalog.yaml`, the objects in other YAML files (as kubectl prints them), logs in a support bundle's layout: `cluster-resources/pods/logs/<namespace>/<pod>/<container>-previous.log`. */
export async function loadScenario(name: string): Promise<Scenario> {
  const folder = path.join(scenariosFolder, name);
  const expected = expectedSchema.parse(
    parse(readFileSync(path.join(folder, 'expected.yaml'), 'utf8')),
    { error: (issue) => `${name}/expected.yaml: ${issue.message}` },
  );
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml') && !['expected.yaml', 'catalog.yaml'].includes(file))
    .map((file) => path.join(folder, file));
  const logs = path.join(folder, 'cluster-resources');
  const cluster = dumpCluster([...files, ...(existsSync(logs) ? [logs] : [])], {
    now: Date.parse(expected.now),
    log: silentLog,
    namespaces: { include: expected.namespaces, exclude: [] },
  });
  const snapshot = await cluster.look();
  const gaps = snapshot.gaps.filter(
    ({ kind, reason }) => reason !== 'not-in-dump' || expected.unread.includes(kind),
  );
  const lists = { ...snapshot, gaps };
  const written = path.join(folder, 'catalog.yaml');
  const catalog = existsSync(written)
    ? parseCatalog(readFileSync(written, 'utf8'), `${name}/catalog.yaml`)
    : defaultCatalog;
  if (!existsSync(logs)) return { name, expected, catalog, snapshot: lists };
  const seen = observe(lists, catalog, Date.parse(expected.now));
  const read = await cluster.readLogs(suspectsOf(seen, lists));
  return { name, expected, catalog, snapshot: { ...lists, logs: read.logs } };
}

export function scenarioNames(): readonly string[] {
  return readdirSync(scenariosFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** What is seen in a scenario, by all checks or by some. */
export function look(
  { snapshot, expected, catalog }: Scenario,
  checks: readonly Check[] = registry,
): Observation {
  return observe(snapshot, catalog, Date.parse(expected.now), checks);
}

/** What one scenario says for and against each figure. */
export interface Verdict {
  /** What is wrong, in sentences; empty: right. */
  readonly wrong: readonly string[];
  /** Checks by incident: found and expected, found though not expected, expected and not found. */
  readonly hits: readonly string[];
  readonly extras: readonly string[];
  readonly misses: readonly string[];
  /** Expected incidents whose root is the right one (top-1), and all expected. */
  readonly roots: readonly [right: number, all: number];
  /** Incidents seen and incidents expected. */
  readonly incidents: readonly [seen: number, expected: number];
}

const say = ({ kind, namespace, name, reason }: Incident['root']): string =>
  `${kind} ${namespace === null ? '' : `${namespace}/`}${name} ${reason}`;

/** Holds an observation against what was expected of the scenario. */
export function judge({ expected }: Scenario, observation: Observation): Verdict {
  // What is known is told to nobody.
  const open = observation.incidents.filter(({ known }) => known === null);
  const verdict = {
    wrong: [] as string[],
    hits: [] as string[],
    extras: [] as string[],
    misses: [] as string[],
  };
  let right = 0;
  for (const want of expected.incidents) {
    const at = open.findIndex(({ root }) => say(root) === say(want.root));
    const [incident] = at < 0 ? [] : open.splice(at, 1);
    if (incident === undefined) {
      verdict.wrong.push(`no incident ${say(want.root)}`);
      verdict.misses.push(...want.checks);
      continue;
    }
    right++;
    compare(want, incident, observation, verdict);
  }
  for (const incident of open) {
    const checks = checksOf(findingsOf(incident, observation));
    verdict.wrong.push(`unexpected incident ${say(incident.root)} (${checks.join(', ')})`);
    verdict.extras.push(...checks);
  }
  return {
    ...verdict,
    roots: [right, expected.incidents.length],
    incidents: [observation.incidents.length, expected.incidents.length],
  };
}

function compare(
  want: Expected['incidents'][number],
  incident: Incident,
  observation: Observation,
  verdict: { wrong: string[]; hits: string[]; extras: string[]; misses: string[] },
): void {
  const where = say(want.root);
  const findings = findingsOf(incident, observation);
  const found = checksOf(findings);
  verdict.hits.push(...want.checks.filter((check) => found.includes(check)));
  const missing = want.checks.filter((check) => !found.includes(check));
  const extra = found.filter((check) => !want.checks.includes(check));
  verdict.misses.push(...missing);
  verdict.extras.push(...extra);
  if (missing.length > 0) verdict.wrong.push(`${where}: nothing of ${missing.join(', ')}`);
  if (extra.length > 0) verdict.wrong.push(`${where}: also ${extra.join(', ')}`);
  const reasons = new Set(findings.map(({ reason }) => reason));
  for (const reason of want.reasons)
    if (!reasons.has(reason))
      verdict.wrong.push(`${where}: no finding says ${reason}, but ${[...reasons].join(', ')}`);
  if (findings.length < want.symptoms)
    verdict.wrong.push(`${where}: ${findings.length} findings, not ${want.symptoms}`);
  if (want.cause !== undefined && want.cause !== incident.cause)
    verdict.wrong.push(`${where}: cause ${incident.cause}, not ${want.cause}`);
  if (want.impact !== undefined && want.impact !== incident.impact)
    verdict.wrong.push(`${where}: impact ${incident.impact}, not ${want.impact}`);
}

function findingsOf({ findings }: Incident, observation: Observation): readonly Finding[] {
  return findings.flatMap((index) => observation.findings[index] ?? []);
}

function checksOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.map(({ check }) => check))].sort();
}
