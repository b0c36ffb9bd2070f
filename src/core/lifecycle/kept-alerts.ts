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
  const heirs = new Map(
    planned.flatMap(({ sighting: { fingerprint, succeededBy } }) =>
      succeededBy === undefined ? [] : [[fingerprint, succeededBy] as const],
    ),
  );
  if (heirs.size === 0) return alerts;
  const renamed = Object.entries(alerts).map(([id, { numbers, ...alert }]) => {
    const now = numbers?.map((fingerprint) => heirs.get(fingerprint) ?? fingerprint);
    return [id, now === undefined ? alert : { ...alert, numbers: now }] as const;
  });
  return Object.fromEntries(renamed);
}
