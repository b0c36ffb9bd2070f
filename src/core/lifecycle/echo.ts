import { groupBy } from '../model/group.ts';
import type { Answered, EchoLine, Granted, Refused } from '../model/response.ts';
import { nameOf } from '../model/snapshot.ts';
import type { IncidentRecord, MonitorState } from '../model/state.ts';
import { ageSeconds, formatTime } from '../model/time.ts';
import { isAhead } from './fence.ts';
import type { Planned } from './planned.ts';

/** Seconds between two words to one person about what is not done: who tries ten times reads one reply. */
const betweenRefusals = 60 * 60;
/** People that are remembered at most. */
const mostPeople = 100;

/** What is said back in one alert's thread. */
export interface Echo {
  readonly alert: string;
  readonly channel: string;
  readonly lines: readonly EchoLine[];
}

/** Of what was refused what the threads say, in one of them to each person who has not heard so within the hour, and who has heard so then. On the issue a comment says it. */
export function spokenTo(
  { refusedAt = {} }: MonitorState,
  refused: readonly Refused[],
  now: number,
): { readonly said: readonly Refused[]; readonly refusedAt: MonitorState['refusedAt'] } {
  const lately = Object.entries(refusedAt).filter(
    ([, at]) => !isAhead(at, now) && (ageSeconds(at, now) ?? betweenRefusals) < betweenRefusals,
  );
  const deaf = new Map(lately);
  const places = new Map<string, string>();
  const said = refused.filter(({ by, alert }) => {
    if (alert === null || deaf.has(by)) return false;
    places.set(by, places.get(by) ?? alert);
    return places.get(by) === alert;
  });
  const told = [...places.keys()].map((by) => [by, formatTime(now)] as const);
  const kept = [...lately, ...told].slice(-mostPeople);
  return { said, refusedAt: kept.length === 0 ? undefined : Object.fromEntries(kept) };
}

/** What the threads say back: what was refused, and what was granted where no message of the cycle says who has it, and until when. `before`: the state that was answered to. */
export function echoesOf(
  before: MonitorState,
  granted: readonly Granted[],
  refused: readonly Refused[],
  planned: readonly Planned[],
  now: number,
): readonly Echo[] {
  const said = spokenTo(before, refused, now).said;
  return Object.entries(before.alerts).flatMap(([alert, { channel }]) => {
    const lines = [
      ...linesOf(
        granted.filter((each) => each.alert === alert),
        planned,
      ),
      ...unique(said.filter((each) => each.alert === alert).map(({ by, why }) => ({ by, why }))),
    ];
    return lines.length === 0 ? [] : [{ alert, channel, lines }];
  });
}

/** A line for each person, action and end, with all that it is about. The last word on something counts. */
function linesOf(granted: readonly Granted[], planned: readonly Planned[]): readonly EchoLine[] {
  const last = new Map(
    granted.map((each) => [`${each.fingerprint} ${subject[each.action]}`, each]),
  );
  const open = [...last.values()].flatMap(({ fingerprint, action, by }) => {
    const at = planned.find(({ sighting }) => sighting.fingerprint === fingerprint);
    const until = at === undefined ? undefined : untilOf(at, action);
    return at === undefined || until === undefined
      ? []
      : [{ by, action, until, name: nameIn(at.record) }];
  });
  const alike = groupBy(open, ({ by, action, until }) => `${by} ${action} ${until}`);
  return [...alike.values()].flatMap((each) => {
    const [first] = each;
    if (first === undefined) return [];
    const { by, action, until } = first;
    return [{ by, action, until, names: each.map(({ name }) => name) }];
  });
}

const subject = { ack: 'ack', unack: 'ack', silence: 'silence', unsilence: 'silence' } as const;

/** Until when it holds, null where it ended; undefined where another message says so, or something worse made it void. */
function untilOf(
  { record, verdict: { notify } }: Planned,
  action: Granted['action'],
): string | null | undefined {
  if (notify === 'full' || notify === 'resolved') return undefined;
  if (action === 'unack' || action === 'unsilence') return null;
  return notify === 'brief' ? undefined : record[action]?.until;
}

function nameIn({ services, root }: IncidentRecord): string {
  return services[0] ?? `${root.kind} ${nameOf(root)}`;
}

function unique(lines: readonly Extract<EchoLine, { why: string }>[]): readonly EchoLine[] {
  return [...new Map(lines.map((line) => [`${line.by} ${line.why}`, line])).values()];
}

/** What became of each command, once for each. */
export function answeredOf(
  granted: readonly Granted[],
  refused: readonly Refused[],
): readonly Answered[] {
  const done = new Set(granted.map(({ key }) => key));
  const denied = new Set(refused.map(({ key }) => key));
  return [...new Set([...done, ...denied])].map((key) => ({
    key,
    outcome: done.has(key) ? (denied.has(key) ? 'partly' : 'done') : 'refused',
  }));
}
