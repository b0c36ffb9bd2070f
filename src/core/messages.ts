import type { Echo } from './lifecycle/echo.ts';
import { healthChange } from './lifecycle/health.ts';
import type { Draft } from './lifecycle/queue.ts';
import type { AlertLine, AlertView } from './model/alert.ts';
import type { Blind } from './model/blind.ts';
import type { CycleStamp } from './model/cycle.ts';
import type { Notification, SlackMessage } from './model/notification.ts';
import type { MonitorState } from './model/state.ts';
import { formatTime } from './model/time.ts';
import {
  blindMessage,
  briefUpdate,
  editedAlert,
  fullAlert,
  healthMessage,
  resolvedReply,
} from './render/slack.ts';
import { echoReply } from './render/slack-echo.ts';

/** A draft with its words. */
export function written(draft: Draft, cycleId: string, now: number): Notification {
  const { line, view, again: _, ...rest } = draft;
  return {
    ...rest,
    message: messageOf(draft.kind, line, view),
    cycleId,
    decidedAt: formatTime(now),
  };
}

function messageOf(kind: Draft['kind'], line: AlertLine, view: AlertView): SlackMessage {
  if (kind === 'full') return fullAlert(view);
  if (kind === 'edit') return editedAlert(view);
  return kind === 'brief' ? briefUpdate(line, view) : resolvedReply(line, view);
}

/** One message where the monitor's own health turned, none elsewhere or without a channel. `error`: why the cycle failed; `place`: its number among the cycle's messages. */
export function healthNotice(
  before: MonitorState,
  after: MonitorState,
  error: string | null,
  stamp: CycleStamp,
  place: number,
): readonly Notification[] {
  const reason = healthChange(before, after);
  const { cluster, runUrl, channel, now } = stamp;
  if (reason === null || channel === null) return [];
  const cycleId = after.lastCycleId ?? stamp.id;
  const failedCycles = Math.max(before.failedCycles, after.failedCycles);
  const message = healthMessage({ cluster, health: after.health, failedCycles, error, runUrl });
  return [aboutMonitor(reason, 'SEV-2', message, `${cycleId}-${place}`, cycleId, channel, now)];
}

/** One message about the time without a look, where that was long and no alert says it beside its own. */
export function blindNotice(
  blind: Blind | null,
  told: boolean,
  cycleId: string,
  { cluster, runUrl, channel, now }: CycleStamp,
  place: number,
): readonly Notification[] {
  if (blind?.slack !== 'always' || told || channel === null) return [];
  const message = blindMessage({ cluster, blind, now, runUrl });
  return [aboutMonitor('BLIND', 'SEV-3', message, `${cycleId}-${place}`, cycleId, channel, now)];
}

/** A reply in each thread where something is said back. It is about no incident, so that no newer word stands for it. */
export function echoNotices(
  echoes: readonly Echo[],
  cycleId: string,
  { cluster, runUrl, now }: CycleStamp,
  place: number,
): readonly Notification[] {
  return echoes.map(({ alert, channel, lines }, at): Notification => {
    const message = echoReply({ lines, cluster, runUrl, now });
    const id = `${cycleId}-${place + at}`;
    const notice = aboutMonitor('ANSWER', 'SEV-3', message, id, cycleId, channel, now);
    return { ...notice, kind: 'brief', alert };
  });
}

function aboutMonitor(
  reason: string,
  severity: Notification['severity'],
  message: SlackMessage,
  id: string,
  cycleId: string,
  channel: string,
  now: number,
): Notification {
  return {
    id,
    kind: 'health',
    reason,
    severity,
    channel,
    alert: id,
    fingerprints: [],
    message,
    cycleId,
    decidedAt: formatTime(now),
  };
}
