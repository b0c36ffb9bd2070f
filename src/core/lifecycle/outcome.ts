import type { Assessments, Decision } from '../model/decision.ts';
import { countingGaps, type Observation } from '../model/incident.ts';
import type { CycleStatus } from '../model/state.ts';
import { count } from '../model/text.ts';
import type { Left } from './dispatch.ts';
import { deserves } from './plan.ts';
import type { Planned } from './planned.ts';

/** `healthy`: no finding, and every kind was read. */
export function statusFrom(observation: Observation): CycleStatus {
  const clean = observation.findings.length === 0 && countingGaps(observation).length === 0;
  return clean ? 'healthy' : 'completed';
}

/** The cycle's decision: the fallback where there is one, else the loudest incident's, with the services of all that people are to be told of; null without an incident. `planned` in headline order. */
export function decisionFrom(
  planned: readonly Planned[],
  { fallback }: Assessments,
): Decision | null {
  if (fallback !== null) return fallback;
  const seen = planned.flatMap(({ sighting }) => sighting.seen ?? []);
  const telling = seen.filter(({ incident, decision }) => deserves(incident, decision));
  const loudest = telling[0]?.decision;
  if (loudest === undefined) return seen[0]?.decision ?? null;
  const services = new Set(telling.flatMap(({ decision }) => decision.affectedServices));
  return { ...loudest, affectedServices: [...services] };
}

/** What a cycle did with what it had to say. */
export interface Said extends Left {
  readonly planned: readonly Planned[];
  readonly channel: string | null;
  readonly stale: boolean;
  readonly unsaved: boolean;
  /** Something about the monitor itself was to be told. */
  readonly healthChanged: boolean;
}

/** Why something that should be told is not: the weightiest reason, and what was dropped, in one sentence; null where nothing is held back. */
export function heldBack(said: Said): string | null {
  const dropped =
    said.expired === 0
      ? null
      : `${count(said.expired, 'message')} dropped: Slack did not take them while they were news`;
  const spared =
    said.spared === 0
      ? null
      : `${count(said.spared, 'incident')} ended before PagerDuty took anything of it: nobody is paged`;
  const reasons = [reasonOf(said), dropped, spared, said.setAside].filter((each) => each !== null);
  return reasons.length === 0 ? null : reasons.join('; ');
}

function reasonOf(said: Said): string | null {
  const { planned, channel, stale, unsaved, healthChanged, outbox } = said;
  if (stale)
    return 'This look at the cluster is older than what is remembered, so nothing was decided from it';
  const wanted = planned.some(({ verdict }) => verdict.notify !== 'nothing');
  if (channel === null)
    return wanted || healthChanged || outbox.length > 0 ? 'Slack is not configured' : null;
  const waiting = outbox.filter(({ status }) => status === 'undelivered');
  const withheld = planned.some(({ verdict }) => verdict.reason === 'UNSAVED');
  if (unsaved && (withheld || waiting.length > 0))
    return 'The state could not be saved, so only SEV-1 and SEV-2 are told now';
  if (waiting.length > 0)
    return `${count(waiting.length, 'message')} not sent yet: Slack asked for time, the cycle has sent its share, or another run is sending the alert that it belongs to`;
  return untilOpening(planned);
}

function untilOpening(planned: readonly Planned[]): string | null {
  const dueTimes = planned.flatMap(({ record }) => record.dueAt ?? []).sort();
  const [first] = dueTimes;
  if (first === undefined) return null;
  return `${count(dueTimes.length, 'SEV-3 incident')} held back until business hours, which open at ${first}`;
}
