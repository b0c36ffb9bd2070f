import type { AlertLine, AlertView } from '../model/alert.ts';
import type { CycleStamp } from '../model/cycle.ts';
import type { Severity } from '../model/decision.ts';
import { groupBy } from '../model/group.ts';
import type { Observation } from '../model/incident.ts';
import type { NotificationKind } from '../model/notification.ts';
import { nameOf } from '../model/snapshot.ts';
import type { AlertRecord, IncidentRecord, MonitorState, Told } from '../model/state.ts';
import { cut } from '../model/text.ts';
import { formatTime } from '../model/time.ts';
import { lineOf, pastLine, type Setting, viewOf } from './lines.ts';
import { isLoud, type Planned } from './plan.ts';

/** A notification before it has its words: `line` speaks in a reply, the whole view in an alert. */
export interface Draft {
  readonly id: string;
  readonly kind: Extract<NotificationKind, 'full' | 'brief' | 'resolved' | 'edit'>;
  readonly reason: string;
  readonly severity: Severity;
  readonly channel: string;
  readonly alert: string;
  readonly fingerprints: readonly string[];
  readonly broadcast?: true | undefined;
  readonly line: AlertLine;
  readonly view: AlertView;
}

/** What a cycle wants to say, and what is remembered of that. */
export interface Queued {
  readonly drafts: readonly Draft[];
  /** By fingerprint, what was told noted in them. */
  readonly records: { readonly [fingerprint: string]: IncidentRecord };
  readonly alerts: { readonly [id: string]: AlertRecord };
}

export interface QueueContext {
  readonly state: MonitorState;
  readonly observation: Observation;
  readonly setting: Setting;
  readonly cycleId: string;
  readonly stamp: CycleStamp;
}

/** A thread takes this many replies of one kind in a cycle; the rest share the last of them. */
const mostReplies = 5;

/** One root message for all that is to be told in full, replies for what changed or ended, an edit for each older alert that is not true any more. `planned` in headline order. Without a channel nothing is queued, and nothing counts as told. */
export function queue(planned: readonly Planned[], context: QueueContext): Queued {
  const { state, stamp, cycleId } = context;
  const { channel } = stamp;
  if (channel === null) return { drafts: [], records: recordsOf(planned), alerts: state.alerts };
  const id = `${cycleId}-1`;
  const spoken = planned.map((each) => ({ ...each, record: noted(each, id, stamp.now, state) }));
  const fulls = spoken.filter(({ verdict }) => verdict.notify === 'full');
  const fresh = { channel, ts: null, sentAt: formatTime(stamp.now) };
  const threads = Object.entries(state.alerts).map(([alert, record]) =>
    threadOf(alert, record, spoken, context),
  );
  const drafts = [
    ...(fulls.length === 0 ? [] : [rootDraft(id, channel, fulls, context)]),
    ...threads.flatMap(replies),
    ...threads.flatMap(edits),
  ];
  return {
    drafts: drafts.map((draft, at) => ({ ...draft, id: `${cycleId}-${at + 1}` })),
    records: recordsOf(spoken),
    alerts: fulls.length === 0 ? state.alerts : { ...state.alerts, [id]: fresh },
  };
}

/** The record with what people know once this verdict's message has reached them. */
function noted(
  { sighting, record, verdict }: Planned,
  alert: string,
  now: number,
  { alerts }: MonitorState,
): IncidentRecord {
  const seen = sighting.seen?.incident;
  const { told, ...rest } = record;
  const digest = seen?.digest ?? told?.digest ?? '';
  if (verdict.notify === 'full') {
    const { known: _, ...loud } = rest;
    return { ...loud, told: { alert, severity: record.severity, digest } };
  }
  if (verdict.notify !== 'brief' || told === undefined || alerts[told.alert] === undefined)
    return record;
  const wordAt = formatTime(now);
  // What is only quiet or out of sight did not become less bad.
  const silent = seen === undefined || seen.known !== null;
  const heard: Told = silent
    ? { ...told, wordAt }
    : { ...told, wordAt, severity: record.severity, digest };
  return { ...rest, told: heard };
}

/** An alert of an earlier cycle, and those of this cycle's incidents that it spoke of. */
interface Thread {
  readonly alert: string;
  readonly channel: string;
  readonly record: AlertRecord;
  readonly planned: readonly Planned[];
  readonly lines: ReadonlyMap<string, AlertLine>;
  readonly view: AlertView;
}

function threadOf(
  alert: string,
  record: AlertRecord,
  spoken: readonly Planned[],
  { state, observation, setting }: QueueContext,
): Thread {
  const planned = spoken.filter(({ sighting }) => sighting.before?.told?.alert === alert);
  const here = new Set(planned.map(({ sighting }) => sighting.fingerprint));
  const past = Object.entries(state.incidents).filter(
    ([fingerprint, { told }]) => told?.alert === alert && !here.has(fingerprint),
  );
  const lines = [
    ...planned.map((each) =>
      hasMoved(each)
        ? { ...lineOf(each, observation), reason: 'CONTINUED' }
        : lineOf(each, observation),
    ),
    ...past.map(([fingerprint, record]) => pastLine(fingerprint, record)),
  ];
  return {
    alert,
    channel: record.channel,
    record,
    planned,
    lines: new Map(lines.map((line) => [line.fingerprint, line])),
    view: viewOf(lines, observation, setting),
  };
}

/** Told in a newer alert from now on. */
function hasMoved({ verdict }: Planned): boolean {
  return verdict.notify === 'full';
}

function rootDraft(
  id: string,
  channel: string,
  fulls: readonly Planned[],
  { observation, setting }: QueueContext,
): Draft {
  const lines = fulls.map((each) => lineOf(each, observation));
  const [line] = lines;
  if (line === undefined) throw new TypeError('a root message without an incident');
  const view = viewOf(lines, observation, setting);
  return { ...draftOf('full', lines, line, { alert: id, channel, view }) };
}

function replies(thread: Thread): readonly Draft[] {
  const speaking = thread.planned.filter(
    ({ verdict: { notify } }) => notify === 'brief' || notify === 'resolved',
  );
  return [...groupBy(speaking, ({ verdict }) => verdict.notify)].flatMap(([kind, group]) => {
    const lines = group.flatMap(({ sighting }) => thread.lines.get(sighting.fingerprint) ?? []);
    const alone = lines.length > mostReplies ? lines.slice(0, mostReplies - 1) : lines;
    const rest = lines.slice(alone.length);
    const as = kind === 'resolved' ? 'resolved' : 'brief';
    return [...alone.map((line) => [line]), ...(rest.length === 0 ? [] : [rest])].map((each) =>
      replyOf(as, each, thread),
    );
  });
}

/** Several share a reply in the name of the first: its services are all of theirs, its summary counts them. */
function replyOf(kind: 'brief' | 'resolved', lines: readonly AlertLine[], thread: Thread): Draft {
  const [first, ...others] = lines;
  if (first === undefined) throw new TypeError('a reply about nothing');
  if (others.length === 0) return draftOf(kind, lines, first, thread);
  const services = [...new Set(lines.flatMap((line) => line.services))];
  const names = services.length > 0 ? services : lines.map(({ root }) => nameOf(root));
  const summary = cut(`${lines.length} incidents: ${names.join(', ')}`, 300);
  return draftOf(kind, lines, { ...first, services, summary }, thread);
}

function edits(thread: Thread): readonly Draft[] {
  const { fixed, stale } = thread.record;
  if (fixed === true) return [];
  const outdated = stale === true ? thread.planned[0] : thread.planned.find(isOutdated);
  const [line] = thread.view.lines;
  if (outdated === undefined || line === undefined) return [];
  const { reason } = outdated.verdict;
  return [{ ...draftOf('edit', thread.view.lines, line, thread), reason }];
}

/** Whether the alert that told of it says something that is not true any more. */
function isOutdated(planned: Planned): boolean {
  const { before } = planned.sighting;
  const { record } = planned;
  return (
    hasMoved(planned) ||
    before?.phase !== record.phase ||
    before.severity !== record.severity ||
    before.known !== record.known ||
    before.told?.digest !== record.told?.digest
  );
}

function draftOf(
  kind: Draft['kind'],
  lines: readonly AlertLine[],
  line: AlertLine,
  { alert, channel, view }: Pick<Thread, 'alert' | 'channel' | 'view'>,
): Draft {
  return {
    id: '',
    kind,
    reason: line.reason,
    severity: line.decision.severity,
    channel,
    alert,
    fingerprints: lines.map(({ fingerprint }) => fingerprint),
    ...(kind === 'brief' && lines.some(isBackLoud) ? { broadcast: true as const } : {}),
    line,
    view,
  };
}

/** A SEV-1 or SEV-2 that people were told is over: in its thread alone nobody would see it. */
function isBackLoud({ reason, decision }: AlertLine): boolean {
  return reason === 'REOPENED' && isLoud(decision.severity);
}

function recordsOf(planned: readonly Planned[]): Queued['records'] {
  return Object.fromEntries(planned.map(({ sighting, record }) => [sighting.fingerprint, record]));
}
