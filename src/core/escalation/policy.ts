import { type Catalog, maxDowntimeByPriority } from '../model/catalog.ts';
import { type Decision, louder, type Severity, severities } from '../model/decision.ts';
import type { Finding, Impact } from '../model/finding.ts';
import { countingFindings, type Incident, type Observation } from '../model/incident.ts';
import type { Priority } from '../model/priority.ts';
import { ageSeconds, parseTime } from '../model/time.ts';
import { actionsFor, impactText } from './wording.ts';

/** A row of the matrix; an outage is judged by how long it lasts, a risk by how near it is. */
type Row = 'outage-past' | 'outage-within' | 'degraded' | 'imminent' | 'at-risk' | 'info';

/** The severity matrix of docs/decisions.md. */
const matrix: {
  readonly [row in Row]: { readonly [priority in Priority]: Severity };
} = {
  'outage-past': { P0: 'SEV-1', P1: 'SEV-2', P2: 'SEV-3', P3: 'SEV-4' },
  'outage-within': { P0: 'SEV-1', P1: 'SEV-3', P2: 'SEV-4', P3: 'SEV-4' },
  degraded: { P0: 'SEV-2', P1: 'SEV-3', P2: 'SEV-3', P3: 'SEV-4' },
  imminent: { P0: 'SEV-2', P1: 'SEV-3', P2: 'SEV-4', P3: 'SEV-4' },
  'at-risk': { P0: 'SEV-3', P1: 'SEV-3', P2: 'SEV-4', P3: 'SEV-4' },
  info: { P0: 'SEV-4', P1: 'SEV-4', P2: 'SEV-4', P3: 'SEV-4' },
};

/** What one finding, or an incident as a whole, puts on the scales. */
interface Weight {
  readonly impact: Impact;
  readonly imminent: boolean;
  readonly priority: Priority;
  /** Seconds the service may be down; null: for ever. */
  readonly allowedSeconds: number | null;
  /** null: nobody knows since when. */
  readonly ageSeconds: number | null;
}

/**
 * The policy's decision on every incident, by fingerprint. An incident is as loud as the loudest of its findings that
 * count, each weighed alone, so that another finding never lowers anything. Where all are known it is SEV-3 at most
 * and tells nobody.
 */
export function weigh(
  observation: Observation,
  catalog: Catalog,
): { readonly [fingerprint: string]: Decision } {
  const many = hitServices(observation).size > 1;
  return Object.fromEntries(
    observation.incidents.map((incident) => [
      incident.fingerprint,
      decide(incident, observation, catalog, many),
    ]),
  );
}

function decide(
  incident: Incident,
  observation: Observation,
  catalog: Catalog,
  manyHit: boolean,
): Decision {
  const findings = countingFindings(incident, observation);
  const severity = severityOf(incident, findings, observation, catalog, manyHit);
  return {
    severity,
    confidence: findings[0]?.proof.decidedBy === 'message' ? 70 : 95,
    shouldNotify: incident.known === null && notifies(severity),
    affectedServices: incident.services,
    rootCause: incident.summary,
    immediateActions: actionsFor(incident),
    businessImpact: impactText(incident, findings, parseTime(observation.takenAt) ?? 0),
    by: 'policy',
  };
}

/** SEV-1 and SEV-2 always, SEV-3 too (its hours are the life-cycle's), SEV-4 never. */
function notifies(severity: Severity): boolean {
  return severity !== 'SEV-4';
}

function severityOf(
  incident: Incident,
  findings: readonly Finding[],
  observation: Observation,
  catalog: Catalog,
  manyHit: boolean,
): Severity {
  const now = parseTime(observation.takenAt) ?? 0;
  const weights = findings.map((finding) => weightOf(finding, incident, catalog, now));
  const weighed = weights.map(cellOf).reduce(louder, 'SEV-4');
  if (incident.known !== null)
    return severities[Math.max(2, severities.indexOf(weighed))] ?? 'SEV-4';
  if (incident.foundation && incident.impact === 'outage') return 'SEV-1';
  return manyHit && findings.some((each) => isHit(each, incident)) ? 'SEV-1' : weighed;
}

function weightOf(finding: Finding, incident: Incident, catalog: Catalog, now: number): Weight {
  const entry = catalog.services.find(({ name }) => name === finding.service);
  const priority = finding.priority ?? incident.priority;
  const byPriority =
    finding.priority === undefined ? incident.maxDowntimeSeconds : maxDowntimeByPriority[priority];
  return {
    impact: finding.impact,
    imminent: finding.proof.imminent === true,
    priority,
    allowedSeconds: entry === undefined ? byPriority : entry.maxDowntimeSeconds,
    ageSeconds: ageSeconds(finding.since, now),
  };
}

function cellOf(weight: Weight): Severity {
  return matrix[rowOf(weight)][weight.priority];
}

function rowOf(weight: Weight): Row {
  if (weight.impact === 'outage') return isPast(weight) ? 'outage-past' : 'outage-within';
  if (weight.impact === 'at-risk') return weight.imminent ? 'imminent' : 'at-risk';
  return weight.impact;
}

/**
 * Whether an outage has lasted longer than it may. One that does not say since when is past it, unless it may last for
 * ever: the policy has no memory, so it would otherwise be young at every look and never be told.
 */
function isPast({ allowedSeconds, ageSeconds }: Weight): boolean {
  if (allowedSeconds === null) return false;
  return ageSeconds === null || ageSeconds >= allowedSeconds;
}

/** P0 services of which people notice something now. */
function hitServices(observation: Observation): ReadonlySet<string> {
  return new Set(
    observation.incidents.flatMap((incident) =>
      countingFindings(incident, observation)
        .filter((each) => isHit(each, incident))
        .flatMap(({ service }) => service ?? []),
    ),
  );
}

/** A DaemonSet that is short on some nodes is those nodes' trouble: else each lost node would hit kube-proxy and CNI at once. */
function isHit(finding: Finding, incident: Incident): boolean {
  if (finding.known !== null || finding.service === null) return false;
  if ((finding.priority ?? incident.priority) !== 'P0') return false;
  if (finding.workload.kind === 'DaemonSet') return finding.impact === 'outage';
  return finding.impact === 'outage' || finding.impact === 'degraded';
}
