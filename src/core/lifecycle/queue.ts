import type { AlertLine, AlertView } from '../model/alert.ts';
import type { Blind } from '../model/blind.ts';
import type { CycleStamp } from '../model/cycle.ts';
import type { Severity } from '../model/decision.ts';
import { groupBy } from '../model/group.ts';
import type { Observation } from '../model/incident.ts';
import type { NotificationKind } from '../model/notification.ts';
import { nameOf } from '../model/snapshot.ts';
import type { AlertRecord, IncidentRecord, MonitorState } from '../model/state.ts';
import { cut } from '../model/text.ts';
import { formatTime } from '../model/time.ts';
import { renumbered, withLost } from './kept-alerts.ts';
import { lineOf, type Setting, viewOf } from './lines.ts';
import { noted } from './noted.ts';
import { routeOf } from './place.ts';
import { isLoud, type Planned } from './planned.ts';
import { hasMoved, isOutdated, type Thread, threadOf } from './thread.ts';

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
  /** Said in another channel too: only people in this one need it here. */
  readonly again?: true | undefined;
  /** The alert in which more of it is told. */
  readonly refersTo?: string | undefined;
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
  /** Where an alert of this one goes. */
  readonly channelOf: (record: IncidentRecord) => string;
  readonly observation: Observation;
  readonly setting: Setting;
  /** What the alert in the monitor's own channel says beside; null: nothing. */
  readonly blind: Blind | null;
  readonly cycleId: string;
  readonly stamp: CycleStamp;
}

/** Beyond these an alert shows no numbers of its own. */
const mostNumbers = 10;

/** Nobody can be told now: an end, a return, that it stands by itself again and what is due are told when somebody can be. */
function unsaid(planned: Planned): Planned {
  const { before } = planned.sighting;
  const { notify } = planned.verdict;
  if (notify === 'nothing' || before === null) return planned;
  const { told, dueAt } = before;
  if (told === undefined) return { ...planned, record: { ...planned.record, dueAt } };
  if (notify === 'resolved') return { ...planned, record: { ...before, phase: 'clearing' } };
  if (before.phase === 'resolved') return { ...planned, record: before };
  return { ...planned, record: { ...planned.record, absorbedTold: before.absorbedTold } };
}

/** A thread takes this many replies of one kind in a cycle; then those of one reason share one. */
const mostReplies = 5;

/** One root message a channel for all that is to be told in full, replies for what changed or ended, an edit for each older alert that is not true any more. `planned` in headline order. Without a channel nothing is queued, and nothing counts as told. */
export function queue(planned: readonly Planned[], context: QueueContext): Queued {
  const { state, stamp, cycleId, channelOf } = context;
  const alerts = withLost(state.alerts, planned, channelOf);
  if (stamp.channel === null)
    return {
      ...{ drafts: [], records: recordsOf(planned.map(unsaid)) },
      alerts: renumbered(state.alerts, planned),
    };
  const fulls = planned.filter(({ verdict }) => verdict.notify === 'full');
  const places = [...groupBy(fulls, ({ record }) => channelOf(record)).keys()];
  const idOf = (record: IncidentRecord) => `${cycleId}-${places.indexOf(channelOf(record)) + 1}`;
  const spoken = planned.map((each) => ({
    ...each,
    record: noted(each, { alert: idOf(each.record), channel: channelOf(each.record) }, stamp.now, {
      alerts,
      outbox: state.outbox,
    }),
  }));
  const roots = places.map((channel, at) => {
    const told = spoken.filter(
      ({ verdict, record }) => verdict.notify === 'full' && channelOf(record) === channel,
    );
    return { id: `${cycleId}-${at + 1}`, channel, told };
  });
  const threads = Object.entries(alerts).map(([alert, record]) =>
    threadOf(alert, record, spoken, context),
  );
  const drafts = [
    ...roots.map(({ id, channel, told }) => rootDraft(id, channel, told, context)),
    ...threads.flatMap((thread) => farewells(thread, channelOf)),
    ...threads.flatMap(replies),
    ...threads.flatMap(edits),
  ];
  return {
    drafts: drafts.map((draft, at) => ({ ...draft, id: `${cycleId}-${at + 1}` })),
    records: recordsOf(spoken),
    alerts: {
      ...renumbered(alerts, planned),
      ...Object.fromEntries(roots.map((root) => alertOf(root, stamp))),
    },
  };
}

function alertOf(
  { id, channel, told }: { id: string; channel: string; told: readonly Planned[] },
  { now }: CycleStamp,
): readonly [string, AlertRecord] {
  const numbers = told.slice(0, mostNumbers).map(({ sighting }) => sighting.fingerprint);
  const several = numbers.length > 1 ? { numbers } : {};
  return [id, { channel, ts: null, sentAt: formatTime(now), ...several }];
}

function rootDraft(
  id: string,
  channel: string,
  fulls: readonly Planned[],
  { observation, setting, blind, stamp }: QueueContext,
): Draft {
  const lines = fulls.map((each) => lineOf(each, observation, setting));
  const [line] = lines;
  if (line === undefined) throw new TypeError('a root message without an incident');
  const beside = blind === null || channel !== stamp.channel ? {} : { blind };
  const view = { ...viewOf(lines, observation, setting), ...beside };
  return { ...draftOf('full', lines, line, { alert: id, channel, view, refersTo: new Map() }) };
}

/** What is told in another channel from now on is said in the one where it was, and had not ended. */
function farewells(thread: Thread, channelOf: QueueContext['channelOf']): readonly Draft[] {
  return thread.planned
    .filter((each) => hasMoved(each) && each.sighting.before?.phase !== 'resolved')
    .filter((each) => channelOf(each.record) !== routeOf(thread.record))
    .flatMap(({ sighting }) => thread.lines.get(sighting.fingerprint) ?? [])
    .map((line) => replyOf('brief', [line], thread));
}

function replies(thread: Thread): readonly Draft[] {
  const again = repliesOf('resolved', thread.away, thread);
  return [
    ...repliesOf('brief', thread.planned, thread),
    ...repliesOf('resolved', thread.planned, thread),
    ...again.map((draft) => ({ ...draft, again: true as const })),
  ];
}

function repliesOf(
  kind: 'brief' | 'resolved',
  planned: readonly Planned[],
  thread: Thread,
): readonly Draft[] {
  const lines = planned
    .filter(({ verdict }) => verdict.notify === kind)
    .flatMap(({ sighting }) => thread.lines.get(sighting.fingerprint) ?? []);
  const answers = groupBy(
    lines.filter(({ reason }) => answering.has(reason)),
    ({ reason, ack, silence }) => JSON.stringify([reason, ack, silence]),
  );
  const others = lines.filter(({ reason }) => !answering.has(reason));
  const alone = others.length > mostReplies ? others.slice(0, mostReplies - 1) : others;
  const rest = others.slice(alone.length);
  // A return must not hide behind a change, nor an end that nobody saw behind one that was seen.
  const shared = groupBy(rest, ({ reason }) => reason).values();
  return [...answers.values(), ...alone.map((line) => [line]), ...shared].map((each) =>
    replyOf(kind, each, thread),
  );
}

/** One answer to an alert of several is answered once. */
const answering: ReadonlySet<string> = new Set(['ACKED', 'SILENCE_STARTED']);

/** Several share a reply in the name of the first: its services are all of theirs, its summary counts them. */
function replyOf(kind: 'brief' | 'resolved', lines: readonly AlertLine[], thread: Thread): Draft {
  const [first, ...others] = lines;
  if (first === undefined) throw new TypeError('a reply about nothing');
  if (others.length === 0) return draftOf(kind, lines, first, thread);
  const services = [...new Set(lines.flatMap((line) => line.services))];
  const names = services.length > 0 ? services : lines.map(({ root }) => nameOf(root));
  const summary = cut(`${lines.length} incidents: ${names.join(', ')}`, 300);
  const { standing: _, ...lead } = first;
  const all = { ...lead, services, summary, hit: services.length, together: lines.length };
  return draftOf(kind, lines, all, thread);
}

function edits(thread: Thread): readonly Draft[] {
  const { fixed, stale } = thread.record;
  if (fixed === true) return [];
  const outdated =
    (stale === true ? thread.planned[0] : thread.planned.find(isOutdated)) ??
    thread.away.find(({ verdict }) => verdict.notify === 'resolved');
  const [line] = thread.view.lines;
  if (outdated === undefined || line === undefined) return [];
  const { reason } = outdated.verdict;
  return [{ ...draftOf('edit', thread.view.lines, line, thread), reason }];
}

function draftOf(
  kind: Draft['kind'],
  lines: readonly AlertLine[],
  line: AlertLine,
  { alert, channel, view, refersTo }: Pick<Thread, 'alert' | 'channel' | 'view' | 'refersTo'>,
): Draft {
  const reference = lines
    .flatMap(({ fingerprint }) => refersTo.get(fingerprint) ?? [])
    .find((teller) => teller !== alert);
  return {
    id: '',
    kind,
    reason: line.reason,
    severity: line.decision.severity,
    channel,
    alert,
    fingerprints: lines.map(({ fingerprint }) => fingerprint),
    ...(kind === 'brief' && lines.some(isBackLoud) ? { broadcast: true as const } : {}),
    ...(reference === undefined ? {} : { refersTo: reference }),
    line,
    view,
  };
}

/** A SEV-1 or SEV-2 that people were told is over: in its thread alone nobody would see it. */
function isBackLoud({ reason, decision }: AlertLine): boolean {
  return ['REOPENED', 'FLAP_START', 'WORSE'].includes(reason) && isLoud(decision.severity);
}

function recordsOf(planned: readonly Planned[]): Queued['records'] {
  return Object.fromEntries(planned.map(({ sighting, record }) => [sighting.fingerprint, record]));
}
