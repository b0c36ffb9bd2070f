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
  readonly lines: ReadonlyMap<string, AlertLine>;
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
  const here = new Set(planned.map(({ sighting }) => sighting.fingerprint));
  const gone = new Set(
    spoken.flatMap(({ sighting }) =>
      sighting.succeededBy === undefined ? [] : [sighting.fingerprint],
    ),
  );
  const past = Object.entries(state.incidents).filter(
    ([fingerprint, { told }]) =>
      told?.alert === alert && !here.has(fingerprint) && !gone.has(fingerprint),
  );
  const lines = [
    ...planned.map((each) =>
      hasMoved(each)
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
    lines: new Map(lines.map((line) => [line.fingerprint, line])),
    view: viewOf(numbered(lines, record.numbers), observation, setting),
  };
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
