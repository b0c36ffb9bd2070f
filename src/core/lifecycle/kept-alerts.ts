import type { AlertRecord, IncidentRecord, MonitorState } from '../model/state.ts';
import type { Planned } from './planned.ts';

/** Alerts that are not remembered any more, as after a state was mended by hand: what is said of their incidents stands by itself. */
export function withLost(
  alerts: MonitorState['alerts'],
  planned: readonly Planned[],
  channelOf: (record: IncidentRecord) => string,
): MonitorState['alerts'] {
  const lost = planned.flatMap(({ sighting: { before } }): [string, AlertRecord][] => {
    if (before?.told === undefined || alerts[before.told.alert] !== undefined) return [];
    const channel = channelOf(before);
    return [[before.told.alert, { channel, ts: null, sentAt: before.openedAt, fixed: true }]];
  });
  return lost.length === 0 ? alerts : { ...alerts, ...Object.fromEntries(lost) };
}

/** A story that goes on under another fingerprint keeps its number. */
export function renumbered(
  alerts: MonitorState['alerts'],
  planned: readonly Planned[],
): MonitorState['alerts'] {
  const heirOf = heirsIn(planned);
  if (heirOf === null) return alerts;
  const renamed = Object.entries(alerts).map(
    ([id, { numbers, ...alert }]) =>
      [id, numbers === undefined ? alert : { ...alert, numbers: numbers.map(heirOf) }] as const,
  );
  return Object.fromEntries(renamed);
}

/** So does what waits to be said of it. */
export function renamed(
  outbox: MonitorState['outbox'],
  planned: readonly Planned[],
): MonitorState['outbox'] {
  const heirOf = heirsIn(planned);
  if (heirOf === null) return outbox;
  return outbox.map((entry) => ({ ...entry, fingerprints: entry.fingerprints.map(heirOf) }));
}

function heirsIn(planned: readonly Planned[]): ((fingerprint: string) => string) | null {
  const heirs = new Map(
    planned.flatMap(({ sighting: { fingerprint, succeededBy } }) =>
      succeededBy === undefined ? [] : [[fingerprint, succeededBy] as const],
    ),
  );
  return heirs.size === 0 ? null : (fingerprint) => heirs.get(fingerprint) ?? fingerprint;
}
