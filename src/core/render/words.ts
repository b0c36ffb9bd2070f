import type { AlertLine } from '../model/alert.ts';
import type { Blind } from '../model/blind.ts';
import type { Decision, Severity } from '../model/decision.ts';
import type { Evidence, Impact } from '../model/finding.ts';
import type { Certainty, SymptomCount } from '../model/incident.ts';
import { nameOf } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import { ageSeconds, formatTime, parseTime, sayDuration } from '../model/time.ts';

/** What every sink says in the same words. Names in here are as the cluster wrote them: the sink escapes. */

const certaintyWords: { readonly [cause in Certainty]: string } = {
  proven: "proven by the cluster's own fields",
  likely: 'likely, from a message or a related object',
  unknown: 'no, the cause is not known',
};

const impactWords: { readonly [impact in Impact]: string } = {
  outage: 'down',
  degraded: 'degraded',
  'at-risk': 'at risk',
  info: 'worth a look',
};

/** Emoji beside every colour: nobody has to tell colours apart. */
export const severityEmoji: { readonly [severity in Severity]: string } = {
  'SEV-1': '🔴',
  'SEV-2': '🟠',
  'SEV-3': '🟡',
  'SEV-4': '⚪',
};

/** `payments-api`; `Node ip-10-0-3-7` for what belongs to no service or, being no namespace's, carries several. */
export function subjectOf(line: AlertLine): string {
  const first = carries(line) ? undefined : line.services[0];
  return first ?? `${line.root.kind} ${nameOf(line.root)}`;
}

/** Whether the root stands for all that hang on it: it is no namespace's, more than one hangs on it, and it may be down itself. Also where no service is hit as badly as the incident says. */
function carries({ root, services, hit }: AlertLine): boolean {
  if (hit === 0) return true;
  if (root.namespace !== null || neverDown.includes(root.kind) || /Denied$/.test(root.reason))
    return false;
  return root.kind === 'Node' ? lost.includes(root.reason) : services.length > 1;
}

/** What only fails others: the whole cluster's room or network, an attachment, a namespace's rules. */
const neverDown: readonly string[] = ['Cluster', 'VolumeAttachment', 'Namespace'];
/** A node that lacks something is up. */
const lost: readonly string[] = ['NodeNotReady', 'NodeLeaseStale'];

/** Kind, name and reason of the root, as far as `subjectOf` does not say them: `Deployment ImagePullBackOff` behind `payments-api`. */
export function rootBeside(line: AlertLine): string {
  const { kind, name, reason } = line.root;
  const subject = subjectOf(line);
  if (subject === `${kind} ${nameOf(line.root)}`) return reason;
  return subject === name ? `${kind} ${reason}` : `${kind} ${name} ${reason}`;
}

/** `17× CrashLoopBackOff (crash-loop): shop/api-1, shop/api-2, shop/api-3 …` */
export function saySymptom({ check, reason, count: number, examples }: SymptomCount): string {
  const more = number > examples.length ? ' …' : '';
  return `${number}× ${reason} (${check}): ${examples.join(', ')}${more}`;
}

/** The evidence, none twice (each pod of a workload says the same), and none that the cause or the last words say already. */
export function factsOf({ evidence, summary, lastWords = '' }: AlertLine): readonly Evidence[] {
  const cause = wordsOf(`${summary} ${lastWords}`);
  const facts = evidence.filter(({ text }) => !cause.includes(wordsOf(text)));
  return [...new Map(facts.map((fact) => [`${fact.at}: ${fact.text}`, fact])).values()];
}

/** The bare words with a blank around each, so that only whole words are found in others. */
function wordsOf(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return ` ${words.map((word) => `${word} `).join('')}`;
}

/** How sure the cause is; where nobody says why, what was looked at. */
export function saySure({ cause, looked }: AlertLine): string {
  if (looked === null) return certaintyWords[cause];
  const known = cause === 'proven' ? 'that it fails is certain, why is not known' : null;
  return `${known ?? certaintyWords[cause]}: ${looked}`;
}

/** The services that `subjectOf` does not name. */
export function servicesBeside(line: AlertLine): readonly string[] {
  return carries(line) ? line.services : line.services.slice(1);
}

/** ` and 2 more services`, or nothing: what the headline's condition holds for as well. */
export function otherServices(line: AlertLine): string {
  const more = carries(line) ? 0 : (line.hit ?? line.services.length) - 1;
  return more < 1 ? '' : ` and ${count(more, 'more service')}`;
}

/** One word or two for where the incident stands: `down`, `degraded`, `resolved`, `not seen now`. */
export function conditionOf(line: AlertLine): string {
  if (line.state === 'resolved') return 'resolved';
  if (line.partOf !== undefined) return 'part of another incident';
  if (line.reason === 'CONTINUED') return 'told again in a newer alert';
  if (line.state === 'unknown') return 'out of sight';
  if (line.state === 'clearing' || line.impact === null) return 'not seen now';
  return impactWords[line.impact];
}

/** A newer alert, or that of the incident which it is part of, says more of it. */
export function isToldElsewhere({ reason, partOf }: AlertLine): boolean {
  return reason === 'CONTINUED' || partOf !== undefined;
}

/** As `conditionOf`, in front of the time that it began: `down since`, `not seen now, open since`. */
export function conditionSince(line: AlertLine): string {
  if (line.state === 'resolved') return 'resolved, began';
  const seen = line.state !== 'unknown' && line.state !== 'clearing' && line.impact !== null;
  return `${conditionOf(line)}${seen ? '' : ', open'} since`;
}

/** Seconds the trouble lasts, or lasted; null where no time is known. */
function lengthOf(line: AlertLine, now: number): number | null {
  const end = parseTime(line.resolvedAt) ?? now;
  return ageSeconds(line.since, end) ?? ageSeconds(line.openedAt, end);
}

/** `6 min`, or an empty text where no time is known; `at most 5 h` where nobody looked when it ended. */
export function sayLength(line: AlertLine, now: number): string {
  const seconds = lengthOf(line, now);
  if (seconds === null) return '';
  return `${endedUnseenSince(line) === null ? '' : 'at most '}${sayDuration(seconds)}`;
}

/** ms: the last look that saw it, where it was well again for an unknown part of the time since; null elsewhere. */
export function endedUnseenSince(line: AlertLine): number | null {
  return endOf(line) === 'Resolved' ? parseTime(line.lastSeenAt) : null;
}

/** `allowed 5 min`, `allowed 0`; empty where the service may be down for ever or nothing is down. */
export function sayAllowed(line: AlertLine): string {
  if (line.maxDowntimeSeconds === null || line.impact !== 'outage') return '';
  return `allowed ${line.maxDowntimeSeconds === 0 ? '0' : sayDuration(line.maxDowntimeSeconds)}`;
}

/** `0 of 6 pods ready`; empty where nobody counted. */
export function sayStanding({ standing }: AlertLine): string {
  return standing === undefined
    ? ''
    : `${standing.ready} of ${count(standing.desired, 'pod')} ready`;
}

/** The facts that are there, with ` · ` between them. */
export function listed(facts: readonly string[]): string {
  return facts.filter((fact) => fact !== '').join(' · ');
}

/** `02:53 UTC`; with the day in front where `now` is more than 20 h away: `22 Nov 02:53 UTC`, and the year where it is another. */
export function sayTime(at: number, now: number): string {
  const text = formatTime(at);
  const clock = `${text.slice(11, 16)} UTC`;
  if (isToday(at, now)) return clock;
  const month = months[Number(text.slice(5, 7)) - 1] ?? '';
  const year = text.slice(0, 4) === formatTime(now).slice(0, 4) ? '' : `${text.slice(0, 4)} `;
  return `${Number(text.slice(8, 10))} ${month} ${year}${clock}`;
}

/** `from 02:10 to 07:05 UTC (4 h 55 min)`. */
export function sayBlind({ from, to }: Pick<Blind, 'from' | 'to'>, now: number): string {
  const [start, end] = [parseTime(from) ?? now, parseTime(to) ?? now];
  const since = isToday(start, now) ? formatTime(start).slice(11, 16) : sayTime(start, now);
  return `from ${since} to ${sayTime(end, now)} (${sayDuration((end - start) / 1000)})`;
}

export const blindMeaning = 'no cycle ran. What broke and was well again in between was not seen';

/** Whether a clock time alone says which moment is meant. */
export function isToday(at: number, now: number): boolean {
  return Math.abs(now - at) < 20 * 3600 * 1000;
}

const months = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  ...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
];

/** Who judged, where it was not the policy; empty for the policy, which needs no word. */
export function judgeOf(decision: Decision): string {
  if (decision.by === 'claude') return `Claude's judgement (${decision.confidence} %)`;
  return decision.by === 'conservative-default' ? 'Not assessed' : '';
}

const changes: { readonly [reason: string]: string | undefined } = {
  WORSE: 'Worse',
  BETTER: 'Getting better',
  CHANGED: 'Changed',
  STILL_SEV1: 'Still open',
  UNKNOWN: 'Out of sight',
  REOPENED: 'Back again',
  SILENCE_STARTED: 'Quiet from now on',
  ABSORBED: 'Cause found',
  FLAP_START: 'Comes and goes',
  FLAP_END: 'Steady now, and still there',
  ACKED: 'Somebody has it',
  EXPIRED_UNKNOWN: 'Closed as unknown',
  UNWATCHED: 'No longer watched',
  CONTINUED: 'Told again in a newer alert',
};

const occasions: { readonly [reason: string]: string | undefined } = {
  WORSE: 'worse than last told',
  REPEAT: 'still open, told again',
  REPEAT_UNKNOWN: 'as last seen, told again',
  RAISED: 'open before, due now',
  DEFERRED_DUE: 'kept from outside business hours',
  SILENCE_ENDED: 'no longer silenced or known',
  UNINHIBITED: 'still there although its cause went',
  ACK_EXPIRED: 'acknowledged long ago, still open',
};

/** Why a full alert comes that is not simply new; empty where it is. */
export function occasionOf({ reason }: AlertLine): string {
  return occasions[reason] ?? '';
}

/** A life-cycle's reason code as people say it. */
function sayReason(reason: string): string {
  return changes[reason] ?? 'Update';
}

/** What changed, for a reply: a silence beside which somebody has it says both. */
export function sayChange({ reason, ack }: AlertLine): string {
  const both = reason === 'SILENCE_STARTED' && ack !== undefined;
  return `${sayReason(reason)}${both ? ', and somebody has it' : ''}`;
}

/** Where it stands is what changed: saying both would be saying it twice. */
export function isChangeItself(line: AlertLine): boolean {
  return sayChange(line).toLowerCase() === conditionOf(line);
}

/** Ended by being well, by being out of sight too long, or by not being looked for any more. */
export function endOf({ reason }: AlertLine): string {
  return ['EXPIRED_UNKNOWN', 'UNWATCHED'].includes(reason) ? sayReason(reason) : 'Resolved';
}
