import type { Severity } from '../model/decision.ts';
import { isSlackUrl } from '../model/permalink.ts';
import type { Heard, Response } from '../model/response.ts';
import type { Acknowledgement, IncidentRecord, MonitorState } from '../model/state.ts';
import { formatTime } from '../model/time.ts';
import { pace } from './pace.ts';

/** A state with what people answered taken in. */
export interface Taken {
  readonly state: MonitorState;
  /** Fingerprints that somebody has taken now, and was not known to have. */
  readonly acked: ReadonlySet<string>;
  /** What was not done, and why, one sentence each. */
  readonly refused: readonly string[];
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
  if (heard === undefined) return { state, acked: new Set(), refused: [] };
  const incidents = new Map(Object.entries(withoutWithdrawn(state.incidents, heard)));
  const acked = new Set<string>();
  const refused: string[] = [];
  const isNew = (response: Response) => !isUsed(state, response);
  for (const response of heard.responses.filter(isNew)) {
    const meant = addressed(state, response);
    if (response.number !== null && meant.length === 0)
      refused.push(`${response.by}: the alert has no open incident ${response.number}`);
    for (const fingerprint of meant) {
      const record = incidents.get(fingerprint);
      if (record === undefined) continue;
      const objection = objectionTo(response, record, ackUsers);
      if (objection === null) incidents.set(fingerprint, answered(record, response, now));
      else refused.push(objection);
      if (response.action === 'ack' && record.ack === undefined) acked.add(fingerprint);
    }
  }
  const alerts = Object.entries(state.alerts).map(([id, alert]) => {
    const { used: _, ...rest } = alert;
    const used = reactionsOn(id, alert.used, heard);
    return [id, used.length === 0 ? rest : { ...rest, used }] as const;
  });
  return {
    state: {
      ...state,
      incidents: Object.fromEntries(incidents),
      alerts: Object.fromEntries(alerts),
      ...heardSoFar(state, heard, startedAt),
      ...(isSlackUrl(heard.slackUrl) ? { slackUrl: heard.slackUrl } : {}),
    },
    acked,
    refused: [...new Set(refused)],
  };
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

function objectionTo(
  { alert, action, by, trusted }: Response,
  { severity }: IncidentRecord,
  ackUsers: readonly string[],
): string | null {
  if (alert === null && !trusted)
    return `${by} may not answer for the repository: only its owners, members and collaborators do`;
  if (action !== 'silence') return null;
  if (severity === 'SEV-1') return `${by} may not silence a SEV-1: only its end does`;
  return trusted || ackUsers.includes(by)
    ? null
    : `${by} may not silence: the catalog's ackUsers does not name them`;
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
