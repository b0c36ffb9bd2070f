import { louder, type Severity } from '../model/decision.ts';
import type { AlertRecord, IncidentRecord, MonitorState, Told } from '../model/state.ts';
import { formatTime } from '../model/time.ts';
import { mayStand } from './enqueue.ts';
import { routeOf } from './place.ts';
import { type Planned, pastAfter } from './planned.ts';

type Sent = Pick<MonitorState, 'alerts' | 'outbox'>;

/** The record with what people know once this verdict's message has reached them. `place`: the alert that a full one is told in, and its channel. */
export function noted(
  { sighting, record, verdict }: Planned,
  place: { readonly alert: string; readonly channel: string },
  now: number,
  sent: Sent,
): IncidentRecord {
  const seen = sighting.seen?.incident;
  const { told, ...rest } = record;
  const digest = seen?.digest ?? told?.digest ?? '';
  if (verdict.notify === 'full') {
    const { known: _, ...loud } = rest;
    const hasEnded = sighting.before?.phase === 'resolved';
    const carried =
      told === undefined ? {} : carriedOn(told, place.channel, hasEnded ? null : sent);
    return {
      ...loud,
      told: { alert: place.alert, severity: record.severity, digest, ...carried },
    };
  }
  if (verdict.notify !== 'brief' || told === undefined || sent.alerts[told.alert] === undefined)
    return record;
  const wordAt = formatTime(now);
  // What is only quiet or out of sight did not become less bad.
  const silent = seen === undefined || seen.known !== null;
  const heard: Told = silent
    ? { ...told, wordAt }
    : { ...told, wordAt, ...saidOf(told, record.severity), digest, ...pastOf(told, digest) };
  return { ...rest, told: heard };
}

/** What a newer alert in `channel` does not end: the name of the story, and the channels that wait for its end. `sent` null: all of them heard it. */
function carriedOn(
  { key, alert, elsewhere = [] }: Told,
  channel: string,
  sent: Sent | null,
): Pick<Told, 'key' | 'elsewhere'> {
  const lastOf = new Map(
    [...elsewhere, alert].flatMap((id): [string, string][] => {
      const record: AlertRecord | undefined = sent?.alerts[id];
      const isRead = record !== undefined && mayHaveBeenRead(id, record, sent?.outbox ?? []);
      return isRead ? [[routeOf(record), id]] : [];
    }),
  );
  lastOf.delete(channel);
  return {
    ...(key === undefined ? {} : { key }),
    ...(lastOf.size === 0 ? {} : { elsewhere: [...lastOf.values()] }),
  };
}

/** What was told before, without what is told now. */
function pastOf(told: Told, digest: string): Pick<Told, 'past'> {
  const past = pastAfter(told, digest);
  return past === '' ? {} : { past };
}

/** The severity that people know, and the loudest that they were told of. */
function saidOf(told: Told, severity: Severity): Pick<Told, 'severity' | 'peak'> {
  const peak = louder(told.peak ?? told.severity, severity);
  return { severity, ...(peak === severity ? {} : { peak }) };
}

/** What Slack never took was told to nobody. */
function mayHaveBeenRead(id: string, { ts }: AlertRecord, outbox: Sent['outbox']): boolean {
  return (
    ts !== null ||
    outbox.some((each) => each.alert === id && each.kind === 'full' && mayStand(each))
  );
}
