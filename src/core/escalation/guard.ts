import {
  type Assessments,
  compareSeverity,
  type Decision,
  type Severity,
  severities,
} from '../model/decision.ts';
import type { Incident, Observation } from '../model/incident.ts';
import type { Answer, AnsweredIncident } from '../model/question.ts';
import { count } from '../model/text.ts';
import { renderAction } from './actions.ts';
import { type Floors, type Pack, type PackedIncident, packUp } from './pack.ts';
import { cleanProse, soothes } from './prose.ts';

const limits = { cause: 280, impact: 240 } as const;
const mostActions = 5;
const mostCited = 6;

/**
 * What may be believed of an answer. Every field is judged by itself; what does not hold falls back to the policy's.
 * Never quieter than the policy, at most one level louder, and only with a typed field of that incident cited.
 * Takes any answer, also one whose shape was not checked.
 */
export function settle(
  observation: Observation,
  floors: Floors,
  asked: readonly string[],
  answer: Answer,
): Assessments {
  const pack = packUp(observation, floors, asked);
  const answered = answersById(answer);
  const settled = pack.incidents.flatMap((packed): [string, Decision][] => {
    const floor = floors[packed.fingerprint];
    const incident = observation.incidents.find((each) => each.fingerprint === packed.fingerprint);
    const said = answered.get(packed.id);
    if (floor === undefined || incident === undefined || said === undefined) return [];
    return [[packed.fingerprint, believe(said, floor, incident, packed, pack)]];
  });
  const silent = pack.incidents.length - settled.length;
  return {
    byFingerprint: { ...floors, ...Object.fromEntries(settled) },
    fallback: null,
    trouble:
      silent === 0
        ? null
        : `Claude said nothing usable of ${silent} of ${count(pack.incidents.length, 'incident')}: the policy decides there`,
  };
}

/** The first answer to each incident; anything that is no object is no answer. */
function answersById(answer: unknown): ReadonlyMap<string, Loose> {
  const { incidents } = loose<keyof Answer>(answer);
  const first = listOf(incidents)
    .map(loose<keyof AnsweredIncident>)
    .reverse();
  return new Map(first.map((each) => [textOf(each.incident), each]));
}

/** A model's word before it is believed: any field may be missing or of any type. */
type Loose<Field extends string = keyof AnsweredIncident> = { readonly [field in Field]?: unknown };

function loose<Field extends string>(value: unknown): Loose<Field> {
  return typeof value === 'object' && value !== null ? value : {};
}

function believe(
  said: Loose,
  floor: Decision,
  incident: Incident,
  packed: PackedIncident,
  pack: Pack,
): Decision {
  const severity = severityOf(said, floor, incident, packed);
  const louder = compareSeverity(severity, floor.severity) < 0;
  return {
    severity,
    confidence: confidenceOf(said, packed),
    shouldNotify: floor.shouldNotify || (louder && incident.known === null),
    affectedServices: servicesOf(said, floor, pack),
    rootCause: causeOf(said, floor, packed, pack),
    immediateActions: actionsOf(said, floor, packed),
    businessImpact: prose(said.business_impact, limits.impact, floor, pack) ?? floor.businessImpact,
    by: 'claude',
  };
}

function severityOf(
  said: Loose,
  floor: Decision,
  incident: Incident,
  packed: PackedIncident,
): Severity {
  const wanted = severities.indexOf(textOf(said.severity).toUpperCase() as Severity);
  const at = severities.indexOf(floor.severity);
  // What tells nobody stays so: known to people, or too small to know.
  const fixed = incident.known !== null || floor.severity === 'SEV-4';
  if (fixed || wanted < 0 || wanted >= at || !citesApi(said.severity_evidence, packed))
    return floor.severity;
  return severities[at - 1] ?? floor.severity;
}

function cited(evidence: unknown, packed: PackedIncident): readonly string[] {
  const ids = listOf(evidence).map(textOf);
  return [...new Set(ids)].filter((id) => packed.evidence.has(id)).slice(0, mostCited);
}

function citesApi(evidence: unknown, packed: PackedIncident): boolean {
  return cited(evidence, packed).some((id) => packed.evidence.get(id) === 'api');
}

/** A self-report, capped by what it cites: 95 for typed fields, 70 for words, 50 for nothing. */
function confidenceOf(said: Loose, packed: PackedIncident): number {
  const { evidence } = loose<'evidence'>(said.root_cause);
  const nothing = textOf(said.cause_status) === 'unknown' || cited(evidence, packed).length === 0;
  const cap = nothing ? 50 : citesApi(evidence, packed) ? 95 : 70;
  const claimed = typeof said.confidence === 'number' ? Math.round(said.confidence) : cap;
  return Number.isFinite(claimed) ? Math.min(cap, Math.max(0, claimed)) : cap;
}

/** The policy's services stay; other services of the evidence may be added. */
function servicesOf(said: Loose, floor: Decision, pack: Pack): readonly string[] {
  const more = listOf(said.affected_services).flatMap((id) => pack.services.get(textOf(id)) ?? []);
  return [...new Set([...floor.affectedServices, ...more])];
}

function causeOf(said: Loose, floor: Decision, packed: PackedIncident, pack: Pack): string {
  const { text, evidence } = loose<'text' | 'evidence'>(said.root_cause);
  const unknown = textOf(said.cause_status) === 'unknown';
  if (unknown || cited(evidence, packed).length === 0) return floor.rootCause;
  return prose(text, limits.cause, floor, pack) ?? floor.rootCause;
}

/** Its verbs on objects of this incident, as commands of ours; then the policy's own. */
function actionsOf(said: Loose, floor: Decision, packed: PackedIncident): readonly string[] {
  const commands = listOf(said.immediate_actions).flatMap((action) => {
    const { evidence, verb, object } = loose<'evidence' | 'verb' | 'object'>(action);
    const target = packed.objects.get(textOf(object));
    if (target === undefined || cited(evidence, packed).length === 0) return [];
    return renderAction(textOf(verb), target) ?? [];
  });
  return [...new Set([...commands, ...floor.immediateActions])].slice(0, mostActions);
}

function prose(text: unknown, limit: number, floor: Decision, pack: Pack): string | null {
  const clean = cleanProse(text, limit, pack.names);
  const loud = compareSeverity(floor.severity, 'SEV-2') <= 0;
  return clean === null || (loud && soothes(clean)) ? null : clean;
}

/** `typeof` before every use: `{"severity": {"toString": 0}}` must be a wrong word, not a crash. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The first of a list; nobody needs more than these to be judged. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 100) : [];
}
