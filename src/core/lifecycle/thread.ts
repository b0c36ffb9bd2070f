import type { AlertLine, AlertView } from '../model/alert.ts';
import type { Observation } from '../model/incident.ts';
import type { AlertRecord, MonitorState } from '../model/state.ts';
import { lineOf, pastLine, type Setting, viewOf } from './lines.ts';
import type { Planned } from './planned.ts';

/** An alert of an earlier cycle, and those of this cycle's incidents that it spoke of. */
export interface Thread {
  readonly alert: string;
  readonly channel: string;
  readonly record: AlertRecord;
  readonly planned: readonly Planned[];
  /** Those of which alerts in other channels tell now. */
  readonly away: readonly Planned[];
  readonly lines: ReadonlyMap<string, AlertLine>;
  /** By fingerprint, the other alert in which more of it is told. */
  readonly refersTo: ReadonlyMap<string, string>;
  readonly view: AlertView;
}

interface ThreadContext {
  readonly state: MonitorState;
  readonly observation: Observation;
  readonly setting: Setting;
}

export function threadOf(
  alert: string,
  record: AlertRecord,
  spoken: readonly Planned[],
  { state, observation, setting }: ThreadContext,
): Thread {
  const planned = spoken.filter(
    ({ sighting: { before, succeededBy } }) =>
      before?.told?.alert === alert && succeededBy === undefined,
  );
  const away = spoken.filter(
    ({ sighting: { before, succeededBy } }) =>
      before?.told?.elsewhere?.includes(alert) === true &&
      state.alerts[before.told.alert]?.channel !== record.channel &&
      succeededBy === undefined,
  );
  const here = new Set([...planned, ...away].map(({ sighting }) => sighting.fingerprint));
  const gone = new Set(
    spoken.flatMap(({ sighting }) =>
      sighting.succeededBy === undefined ? [] : [sighting.fingerprint],
    ),
  );
  const past = Object.entries(state.incidents).filter(
    ([fingerprint, { told }]) =>
      (told?.alert === alert || told?.elsewhere?.includes(alert) === true) &&
      !here.has(fingerprint) &&
      !gone.has(fingerprint),
  );
  const continued = [...planned.filter(hasMoved), ...away.filter((each) => !hasEnded(each))];
  const lines = [
    ...[...planned, ...away].map((each) =>
      continued.includes(each)
        ? { ...lineOf(each, observation, setting), reason: 'CONTINUED' }
        : lineOf(each, observation, setting),
    ),
    ...past.map(([fingerprint, ended]) => pastLine(fingerprint, ended)),
  ];
  return {
    alert,
    channel: record.channel,
    record,
    planned,
    away,
    refersTo: new Map([...continued, ...planned].flatMap((each) => referenceOf(each, spoken))),
    lines: new Map(lines.map((line) => [line.fingerprint, line])),
    view: viewOf(numbered(lines, record.numbers), observation, setting),
  };
}

/** What is told elsewhere by its own alert, what is part of another incident by that one's. */
function referenceOf(
  each: Planned,
  spoken: readonly Planned[],
): readonly (readonly [string, string])[] {
  const { fingerprint, absorbedBy } = each.sighting;
  const teller =
    absorbedBy === undefined
      ? each
      : spoken.find(({ sighting }) => sighting.fingerprint === absorbedBy);
  const alert = teller?.record.told?.alert;
  return alert === undefined ? [] : [[fingerprint, alert]];
}

/** In the order in which the alert numbered them: people answer by these numbers. */
function numbered(
  lines: readonly AlertLine[],
  numbers: readonly string[] | undefined,
): readonly AlertLine[] {
  if (numbers === undefined) return lines;
  const place = ({ fingerprint }: AlertLine) => {
    const at = numbers.indexOf(fingerprint);
    return at === -1 ? numbers.length : at;
  };
  return lines
    .toSorted((a, b) => place(a) - place(b))
    .map((line) => {
      const at = numbers.indexOf(line.fingerprint);
      return at === -1 ? line : { ...line, number: at + 1 };
    });
}

function hasEnded({ verdict }: Planned): boolean {
  return verdict.notify === 'resolved';
}

/** Told in a newer alert from now on. */
export function hasMoved({ verdict }: Planned): boolean {
  return verdict.notify === 'full';
}

/** Whether the alert that told of it says something that is not true any more. */
export function isOutdated(planned: Planned): boolean {
  const { before } = planned.sighting;
  const { record } = planned;
  return (
    hasMoved(planned) ||
    before?.phase !== record.phase ||
    before.severity !== record.severity ||
    before.known !== record.known ||
    before.flapping !== record.flapping ||
    before.ack?.until !== record.ack?.until ||
    before.silence?.until !== record.silence?.until ||
    before.absorbedTold !== record.absorbedTold ||
    before.told?.digest !== record.told?.digest
  );
}
