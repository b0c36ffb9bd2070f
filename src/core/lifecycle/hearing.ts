import type { Severity } from '../model/decision.ts';
import { isSlackUrl } from '../model/permalink.ts';
import type { Granted, Heard, Refused, Response } from '../model/response.ts';
import type { Acknowledgement, AlertRecord, IncidentRecord, MonitorState } from '../model/state.ts';
import { formatTime } from '../model/time.ts';
import { spokenTo } from './echo.ts';
import { pace } from './pace.ts';

/** A state with what people answered taken in. */
export interface Taken {
  readonly state: MonitorState;
  /** Fingerprints that somebody has taken now, again or for the first time. */
  readonly acked: ReadonlySet<string>;
  readonly granted: readonly Granted[];
  readonly refused: readonly Refused[];
}

interface Hearing {
  /** ms */
  readonly now: number;
  /** Wall clock at the start, RFC 3339: what is said from then on may be heard again. */
  readonly startedAt: string;
  readonly ackUsers: readonly string[];
}

/**
 * Takes in what people answered. Anybody who sees the alert may acknowledge it: that only spares reminders. Silencing is
 * for those whom GitHub or the catalog's `ackUsers` vouches for, and never for a SEV-1. `heard` undefined: nobody listened.
 */
export function hear(
  state: MonitorState,
  heard: Heard | undefined,
  { now, startedAt, ackUsers }: Hearing,
): Taken {
  if (heard === undefined) return { state, acked: new Set(), granted: [], refused: [] };
  const incidents = new Map(Object.entries(withoutWithdrawn(state.incidents, heard)));
  const granted: Granted[] = [];
  const refused: Refused[] = [];
  for (const response of heard.responses.filter((each) => !isUsed(state, each))) {
    const { alert, action, by, key } = response;
    const refuse = (why: string) => refused.push({ alert, by, key, why });
    const meant = addressed(state, response);
    const misled = misledBy(response, meant);
    if (misled !== null) refuse(misled);
    for (const fingerprint of misled === null ? meant : []) {
      const record = incidents.get(fingerprint);
      if (record === undefined) continue;
      const objection = objectionTo(response, record, ackUsers);
      if (objection !== null) refuse(objection);
      if (objection !== null) continue;
      incidents.set(fingerprint, answered(record, response, now));
      granted.push({ alert, fingerprint, action, by, key });
      if (isTooLong(response)) refuse('may silence for a day at most, and so it is');
    }
  }
  const acks = granted.filter(({ action }) => action === 'ack');
  const after = Object.fromEntries(incidents);
  return {
    state: {
      ...state,
      incidents: after,
      alerts: Object.fromEntries(
        Object.entries(state.alerts).map(([id, alert]) => [
          id,
          { ...alertAfter(id, alert, heard), ...staleBy(id, state.incidents, after) },
        ]),
      ),
      ...heardSoFar(state, heard, startedAt),
      refusedAt: spokenTo(state, refused, now).refusedAt,
      ...(isSlackUrl(heard.slackUrl) ? { slackUrl: heard.slackUrl } : {}),
    },
    acked: new Set(acks.map(({ fingerprint }) => fingerprint)),
    granted,
    refused,
  };
}

function alertAfter(id: string, alert: AlertRecord, heard: Heard): AlertRecord {
  const { used: before, ...rest } = alert;
  const used = reactionsOn(id, before, heard);
  return used.length === 0 ? rest : { ...rest, used };
}

/** An alert shows who has what it tells of, and until when. */
function staleBy(
  id: string,
  before: MonitorState['incidents'],
  after: MonitorState['incidents'],
): Pick<AlertRecord, 'stale'> {
  const isAnother = (one?: Acknowledgement, other?: Acknowledgement) =>
    one?.until !== other?.until || one?.by !== other?.by;
  const isStale = Object.entries(before).some(
    ([fingerprint, { told, ack, silence }]) =>
      told?.alert === id &&
      (isAnother(ack, after[fingerprint]?.ack) || isAnother(silence, after[fingerprint]?.silence)),
  );
  return isStale ? { stale: true } : {};
}

/** What counted once says nothing more: a reaction that stays there, a message that is heard again. */
function isUsed({ alerts, heardKeys = [] }: MonitorState, { alert, kind, key }: Response): boolean {
  if (kind === 'message') return heardKeys.includes(key);
  return alert !== null && (alerts[alert]?.used ?? []).includes(key);
}

/** Messages that are remembered at most; nobody types so many before what they are about has ended. */
const keysKept = 100;

/** After trouble, what was heard already will be heard again, with what was not. */
function heardSoFar(
  { heardAt, heardKeys = [] }: MonitorState,
  { responses, troubles }: Heard,
  startedAt: string,
): Pick<MonitorState, 'heardAt' | 'heardKeys'> {
  const heard = responses.flatMap(({ kind, key }) => (kind === 'message' ? key : []));
  const whole = troubles.length === 0;
  const keys = [...new Set(whole ? heard : [...heardKeys, ...heard])].slice(-keysKept);
  return {
    heardAt: whole ? startedAt : heardAt,
    heardKeys: keys.length === 0 ? undefined : keys,
  };
}

/** The incidents that an answer is about: the one of its number, or all that its alert told of last. */
function addressed({ incidents, alerts }: MonitorState, { alert, number }: Response): string[] {
  const open = Object.entries(incidents).filter(
    ([, { phase, told }]) => phase !== 'resolved' && told !== undefined,
  );
  const there = open
    .filter(([, { told }]) => alert === null || told?.alert === alert)
    .map(([fingerprint]) => fingerprint);
  if (number === null || alert === null) return there;
  const numbered = alerts[alert]?.numbers ?? there.slice(0, 1);
  return there.filter((fingerprint) => fingerprint === numbered[number - 1]);
}

/** Why the number that it names is none; null: it names none, or one that is open there. */
function misledBy({ alert, number }: Response, meant: readonly string[]): string | null {
  if (number === null) return null;
  if (alert === null)
    return `meant incident ${number}: on the issue a command is about all that is open`;
  return meant.length > 0
    ? null
    : `meant incident ${number}: the alert has no open one of that number`;
}

function isTooLong({ action, seconds }: Response): boolean {
  return action === 'silence' && (seconds ?? 0) > pace.longestSilence;
}

/** Why it is not done; null: it is. */
function objectionTo(
  { alert, action, by, trusted }: Response,
  { severity }: IncidentRecord,
  ackUsers: readonly string[],
): string | null {
  if (alert === null && !trusted)
    return 'may not answer for the repository: only its owners, members and collaborators do';
  if (action !== 'silence') return null;
  if (severity === 'SEV-1') return 'may not silence a SEV-1: only its end does';
  return trusted || ackUsers.includes(by)
    ? null
    : "may not silence: the catalog's ackUsers does not name them";
}

function answered(record: IncidentRecord, response: Response, now: number): IncidentRecord {
  const { ack, silence, ...rest } = record;
  switch (response.action) {
    case 'ack':
      return { ...record, ack: wordOf(response, record.severity, now, pace.ack[record.severity]) };
    case 'unack':
      return { ...rest, ...(silence === undefined ? {} : { silence }) };
    case 'silence': {
      const seconds = Math.min(response.seconds ?? pace.silence, pace.longestSilence);
      return { ...record, silence: wordOf(response, record.severity, now, seconds) };
    }
    case 'unsilence':
      return { ...rest, ...(ack === undefined ? {} : { ack }) };
  }
}

function wordOf(
  { by, kind, key }: Response,
  severity: Severity,
  now: number,
  seconds: number,
): Acknowledgement {
  return {
    by,
    until: formatTime(now + seconds * 1000),
    severity,
    ...(kind === 'reaction' ? { reaction: key } : {}),
  };
}

/** A reaction that is gone took its word with it. */
function withoutWithdrawn(
  incidents: MonitorState['incidents'],
  { read, responses }: Heard,
): MonitorState['incidents'] {
  const stands = (alert: string, word: Acknowledgement | undefined) =>
    word?.reaction === undefined ||
    !read.includes(alert) ||
    responses.some((each) => each.alert === alert && each.key === word.reaction);
  return Object.fromEntries(
    Object.entries(incidents).map(([fingerprint, record]) => {
      const { ack, silence, ...rest } = record;
      const alert = record.told?.alert ?? '';
      const kept = {
        ...(ack !== undefined && stands(alert, ack) ? { ack } : {}),
        ...(silence !== undefined && stands(alert, silence) ? { silence } : {}),
      };
      return [fingerprint, { ...rest, ...kept }];
    }),
  );
}

/** The reactions that have counted and still stand there; where not all could be read, none of them is gone. */
function reactionsOn(
  alert: string,
  used: readonly string[] = [],
  { read, responses }: Heard,
): readonly string[] {
  const there = responses.filter((each) => each.alert === alert && each.kind === 'reaction');
  const kept = read.includes(alert) ? [] : used;
  return [...new Set([...kept, ...there.map(({ key }) => key)])];
}
