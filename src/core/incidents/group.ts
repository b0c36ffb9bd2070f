import { type Catalog, maxDowntimeByPriority } from '../model/catalog.ts';
import { type Finding, type Impact, impacts } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import type { Certainty, Incident, Root } from '../model/incident.ts';
import { type Priority, priorities } from '../model/priority.ts';
import { distinct } from '../model/ref-map.ts';
import { compareText } from '../model/text.ts';
import { parseTime } from '../model/time.ts';
import { isKind } from '../objects/kinds.ts';
import type { Belongings } from './belonging.ts';
import { commandsFor, type Templates } from './commands.ts';
import { fingerprintOf } from './fingerprint.ts';
import { foundationRule } from './foundation.ts';
import { lookedAt } from './looked.ts';
import { type Order, orderOf } from './order.ts';
import type { Origin } from './origins.ts';
import { higher } from './priority.ts';
import { rootsOf } from './roots.ts';
import { summarize } from './summary.ts';
import type { Surroundings } from './surroundings.ts';
import { countSymptoms } from './symptoms.ts';

/** What grouping knows beside the findings. */
export interface GroupContext {
  readonly around: Surroundings;
  readonly belonging: Belongings;
  readonly catalog: Catalog;
  readonly templates: Templates;
}

/** Findings of one root are one incident. A partition: every finding is in exactly one, and the findings' order changes only the indices. */
export function groupFindings(
  findings: readonly Finding[],
  context: GroupContext,
): readonly Incident[] {
  const order = orderOf(findings);
  const origins = originsAmong(findings, context.around, order);
  const isFoundation = foundationRule(
    context.around,
    (workload) => context.belonging(workload).priority === 'P0',
  );
  const members = findings.flatMap((finding, index) => {
    const origin = origins.get(finding);
    return origin === undefined ? [] : [{ finding, index, origin }];
  });
  const groups = groupBy(members, ({ origin: { root } }) => keyOfRoot(root));
  return [...groups.values()].flatMap((group) => {
    const sorted = group.sort(
      (a, b) => Number(b.origin.leads) - Number(a.origin.leads) || order(a.finding, b.finding),
    );
    const root = sorted[0]?.origin.root;
    if (root === undefined) return [];
    const fingerprint = fingerprintOf(root);
    return [{ fingerprint, ...incidentOf(root, sorted, { ...context, isFoundation }) }];
  });
}

/** What somebody knows of explains the shortages that follow from it, but stands before no other cause: what has one comes from that one. */
function originsAmong(
  findings: readonly Finding[],
  around: Surroundings,
  order: Order,
): ReadonlyMap<Finding, Origin> {
  const counting = findings.filter(({ known }) => known === null);
  const all = rootsOf(findings, around, order);
  if (counting.length === findings.length || counting.length === 0) return all;
  const alone = [...rootsOf(counting, around, order)];
  const causes = alone.filter(([{ cause }, { leads }]) => leads && cause.role !== 'symptom');
  const roots = new Set(causes.map(([, { root }]) => keyOfRoot(root)));
  return new Map([...all, ...alone.filter(([, { root }]) => roots.has(keyOfRoot(root)))]);
}

function keyOfRoot({ kind, namespace, name, reason }: Root): string {
  return JSON.stringify([kind, namespace, name, reason]);
}

interface Member {
  readonly finding: Finding;
  readonly index: number;
  readonly origin: Origin;
}

function incidentOf(
  root: Root,
  members: readonly Member[],
  context: GroupContext & { readonly isFoundation: (finding: Finding) => boolean },
): Omit<Incident, 'fingerprint'> {
  const all = members.map(({ finding }) => finding);
  const unknown = all.filter(({ known }) => known === null);
  const counted = unknown.length > 0 ? unknown : all;
  const told = members.find(({ finding }) => finding === counted[0])?.origin.told;
  const cause = told?.cause ?? certaintyOf(counted);
  return {
    root,
    cause,
    looked: lookedAt(cause, counted, context.around.topology),
    summary: summarize(root, counted, { said: told?.said, guessed: guessedIn(members) }),
    symptoms: countSymptoms(counted),
    findings: members.map(({ index }) => index),
    impact: worst(counted),
    imminent: counted.some(({ impact, proof }) => impact === 'at-risk' && proof.imminent === true),
    ...(counted.every(({ proof }) => proof.unconfirmed === true)
      ? { unconfirmed: true as const }
      : {}),
    ...stakesOf(counted, context.catalog),
    ...beginningOf(counted),
    known: unknown.length > 0 ? null : (all[0]?.known ?? null),
    ...(unknown.length > 0 || all[0]?.quietBy === undefined ? {} : { quietBy: all[0].quietBy }),
    foundation: counted.some(context.isFoundation),
    commands: commandsFor(counted, context.templates),
    digest: digestOf(root, counted),
  };
}

/** Whom nothing but a guess brings to the root. */
function guessedIn(members: readonly Member[]): ReadonlySet<Finding> {
  return new Set(members.flatMap(({ finding, origin }) => (origin.guess ? [finding] : [])));
}

function worst(findings: readonly Finding[]): Impact {
  return impacts.find((each) => findings.some(({ impact }) => impact === each)) ?? 'info';
}

/** As good as what the leading finding stands on; of what is unexplained, typed fields say only that it is there, and a message may say why. */
function certaintyOf([lead]: readonly Finding[]): Certainty {
  if (lead === undefined) return 'unknown';
  if (lead.proof.decidedBy === 'message') return 'likely';
  return isUnexplained(lead) ? 'unknown' : 'proven';
}

/** Whether it says that something fails and nobody says why: a symptom, or the kubelet's bare word for a pull that fails. A custom resource's condition says why, unless it gives no reason at all. */
function isUnexplained({ check, object, reason, cause, proof }: Finding): boolean {
  if (proof.missing !== undefined || proof.blockedBy !== undefined) return false;
  if (proof.saysWhy === true) return false;
  if (proof.saysNoWhy === true) return true;
  const isBarePull = check === 'image-pull' && reason === 'ImagePullBackOff';
  return (cause.role === 'symptom' && isKind(object.kind)) || isBarePull;
}

/** Whom it hits, the worst hit first, then the most important; the highest priority and the shortest allowed downtime among them. */
function stakesOf(
  findings: readonly Finding[],
  catalog: Catalog,
): Pick<Incident, 'priority' | 'services' | 'maxDowntimeSeconds'> {
  const priorityOf = (finding: Finding): Priority => finding.priority ?? catalog.defaultPriority;
  const ranked = findings
    .map((finding) => ({
      name: finding.service,
      impact: impacts.indexOf(finding.impact),
      rank: priorities.indexOf(priorityOf(finding)),
    }))
    .sort(
      (a, b) => a.impact - b.impact || a.rank - b.rank || compareText(a.name ?? '', b.name ?? ''),
    );
  const allowed = findings.map((each) => downtimeOf(each, priorityOf(each), catalog));
  return {
    priority: findings.map(priorityOf).reduce(higher, 'P3'),
    services: [...new Set(ranked.flatMap(({ name }) => name ?? []))],
    maxDowntimeSeconds: allowed.reduce<number | null>(shorter, null),
  };
}

function downtimeOf(finding: Finding, priority: Priority, catalog: Catalog): number | null {
  const entry = catalog.services.find(({ name }) => name === finding.service);
  return entry === undefined ? maxDowntimeByPriority[priority] : entry.maxDowntimeSeconds;
}

function shorter(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** The earliest exact time; where none is exact the earliest bound. */
function beginningOf(findings: readonly Finding[]): Pick<Incident, 'since' | 'sinceExact'> {
  const timed = findings.flatMap(({ since, proof }) => {
    const at = parseTime(since);
    return since === null || at === null ? [] : [{ since, at, exact: proof.sinceExact }];
  });
  const [first] = timed.sort((a, b) => Number(b.exact) - Number(a.exact) || a.at - b.at);
  return { since: first?.since ?? null, sinceExact: first?.exact ?? false };
}

/** Lower bounds of the buckets that people would tell apart: 1, 2, 3-5, 6-10, 11-25, 26+. */
const buckets = [26, 11, 6, 3, 2, 1];

/** A shortage that follows from a told cause is no news when its own grace time ends: symptoms count only where there is nothing else. */
function digestOf(root: Root, findings: readonly Finding[]): string {
  const causes = findings.filter((finding) => finding.cause.role !== 'symptom');
  const telling = causes.length === 0 ? findings : causes;
  const affected = distinct(telling.map(({ object }) => object)).length;
  const bucket = buckets.find((least) => affected >= least) ?? 0;
  const checks = [...new Set(telling.map(({ check }) => check))].sort();
  return [worst(findings), root.reason, checks.join(','), `${bucket}+`].join('|');
}
