import fc from 'fast-check';
import { type BusinessHours, defaultCatalog } from '../../../src/core/model/catalog.ts';
import type { Decided, Verdict } from '../../../src/core/model/cycle.ts';
import { type Severity, severities } from '../../../src/core/model/decision.ts';
import type { Heard, Response, ResponseAction } from '../../../src/core/model/response.ts';
import type { MonitorState } from '../../../src/core/model/state.ts';
import { type Look, monitor, podGap, type Seen, start } from './history.ts';

export const names = ['api', 'web', 'db'] as const;
type Name = (typeof names)[number];
export const hours: BusinessHours = {
  zone: 'UTC',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  times: [{ start: 9 * 60, end: 17 * 60 }],
  holidays: [],
};
export const catalog = { ...defaultCatalog, hours, ackUsers: ['U0LISTED1'] };

/** What somebody does to the newest alert. */
interface Deed {
  readonly action: ResponseAction;
  readonly kind: Response['kind'];
  readonly by: string;
}

/** One cycle: how long after the one before, what it sees, and what people did. `cadence` in minutes comes from the history. */
export interface Step {
  readonly stretch: number;
  readonly look: Look;
  readonly fails: boolean;
  readonly deeds: readonly Deed[];
  /** Everybody takes back their reactions. */
  readonly withdraws: boolean;
  /** Answers cannot be read. */
  readonly deaf: boolean;
}
interface History {
  readonly cadence: number;
  readonly first: boolean;
  readonly steps: readonly Step[];
}

/** What the catalog takes out is SEV-3 at most, as the policy has it. */
function seenOf(drawn: {
  readonly name: string;
  readonly severity: Severity;
  readonly digest: string;
  readonly known: boolean;
  readonly quietBy: 'silence' | 'maintenance' | null;
  readonly reason: string | null;
}): Seen {
  const { quietBy, reason, ...rest } = drawn;
  const gated = rest.known || quietBy !== null;
  return {
    ...rest,
    known: gated,
    ...(gated ? { severity: 'SEV-3' as const } : {}),
    ...(quietBy === null ? {} : { quietBy }),
    ...(reason === null ? {} : { reason }),
  };
}

/** Something about once in `times`, else null; `fc.option` has it the other way round. */
export const sometimes = <T>(something: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(null) }, something);

const maybeSeen = (name: string): fc.Arbitrary<Seen | null> =>
  fc
    .option(
      fc.record({
        name: fc.constant(name),
        severity: fc.constantFrom(...severities),
        digest: fc.constantFrom('d1', 'd2'),
        known: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
        quietBy: sometimes(fc.constantFrom('silence' as const, 'maintenance' as const), 8),
        reason: sometimes(fc.constant('OOMKilled'), 5),
      }),
      { freq: 2 },
    )
    .map((each) => (each === null ? null : seenOf(each)));

const deed: fc.Arbitrary<Deed> = fc.record({
  action: fc.constantFrom('ack', 'ack', 'silence', 'unack', 'unsilence'),
  kind: fc.constantFrom('reaction', 'message'),
  by: fc.constantFrom('U0LISTED1', 'U0STRANGER'),
});

/** Names that belong to a node's incident in this look, where there is one; else none. */
const node = sometimes(fc.subarray([...names], { minLength: 1 }), 4);

const step: fc.Arbitrary<Step> = fc
  .record({
    stretch: fc.constantFrom(1, 1, 1, 1.2, 0.8, 6),
    seen: fc.tuple(...names.map(maybeSeen)),
    hidden: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
    slack: fc.constantFrom('takes', 'takes', 'takes', 'refuses', 'dies'),
    fails: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
    holds: node,
    deeds: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(deed, { maxLength: 2 })),
    withdraws: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, fc.constant(true)),
    deaf: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  })
  .map(({ seen, holds, hidden, slack, ...rest }) => ({
    ...rest,
    look: {
      seen: [
        ...seen.filter((each) => each !== null && !(holds ?? []).includes(each.name as Name)),
        ...(holds === null ? [] : [{ name: 'node', severity: 'SEV-2' as const, holds }]),
      ].filter((each) => each !== null),
      gaps: hidden ? [podGap] : [],
      slack,
    },
  }));

const histories: fc.Arbitrary<History> = fc.record({
  cadence: fc.constantFrom(5, 15, 60, 300),
  first: fc.boolean(),
  steps: fc.array(step, { minLength: 5, maxLength: 40 }),
});

/** What happened in one cycle. */
export interface Lived {
  readonly now: number;
  readonly step: Step;
  readonly before: MonitorState;
  readonly decided: Decided;
}

/** Lives through a history; then everything is away and Slack well until all has ended. */
function live({ cadence, first, steps }: History): readonly Lived[] {
  const monitored = monitor({ first, catalog });
  const quiet = { fails: false, deeds: [], withdraws: false, deaf: false };
  const calm: Step = { stretch: 70 / cadence, look: {}, ...quiet };
  const reactions = new Map<string, Response[]>();
  let minutes = 0;
  // A flapping one has ended after four looks that do not see it.
  return [...steps, calm, calm, calm, calm].map((each) => {
    minutes += Math.max(1, Math.round(cadence * each.stretch));
    const before = monitored.state();
    const heard = answersTo(before, each, reactions, minutes);
    const decided = each.fails
      ? monitored.fail(minutes, each.look)
      : monitored.look(minutes, { ...each.look, heard });
    return { now: start + minutes * 60_000, step: each, before, decided };
  });
}

/** What a listener would hear: every reaction that stands there, what is said once. */
function answersTo(
  { alerts }: MonitorState,
  { deeds, withdraws, deaf }: Step,
  reactions: Map<string, Response[]>,
  minutes: number,
): Heard {
  const there = Object.entries(alerts).filter(([, { ts }]) => ts !== null);
  const alert = there.at(-1)?.[0];
  if (withdraws) reactions.clear();
  const done = (alert === undefined ? [] : deeds).map(
    ({ action, kind, by }, at): Response => ({
      ...{ alert: alert ?? null, number: null, action, seconds: null, by, trusted: false, kind },
      key: kind === 'reaction' ? `${action}:${by}` : `${minutes}.${at}`,
    }),
  );
  for (const each of done.filter(({ kind }) => kind === 'reaction'))
    reactions.set(each.alert ?? '', [...(reactions.get(each.alert ?? '') ?? []), each]);
  if (deaf) return { responses: [], read: [], troubles: ['Slack cannot be heard'] };
  const standing = there.flatMap(([id]) => reactions.get(id) ?? []);
  const said = done.filter(({ kind }) => kind === 'message');
  return { responses: [...standing, ...said], read: there.map(([id]) => id), troubles: [] };
}

/** Histories for each property; `FC_RUNS` gives another number. */
export const runs = Number(process.env['FC_RUNS'] ?? 40);

/** Holds for every cycle of every history. */
export function always(holds: (lived: readonly Lived[]) => void, numRuns = runs): void {
  fc.assert(
    fc.property(histories, (history) => holds(live(history))),
    { numRuns },
  );
}

export const seenIn = ({ step: { look, fails } }: Lived): readonly Seen[] =>
  fails ? [] : (look.seen ?? []);

/** What is said of one incident in one cycle. */
export interface Word extends Verdict {
  readonly at: Lived;
  /** Of the same object, seen in this cycle under another fingerprint: what was told is its story now. */
  readonly heir: string | undefined;
}

/** Everything that was said of each incident, by fingerprint, in order. */
export function wordsOf(lived: readonly Lived[]): ReadonlyMap<string, readonly Word[]> {
  const words = new Map<string, Word[]>();
  for (const at of lived)
    for (const verdict of at.decided.verdicts) {
      const { fingerprint, reason } = verdict;
      const heir = reason === 'SUCCEEDED' ? heirOf(at, fingerprint) : undefined;
      words.set(fingerprint, [...(words.get(fingerprint) ?? []), { ...verdict, at, heir }]);
    }
  return words;
}

/** The incident that carries on the story of one that SUCCEEDED. */
export function heirOf({ before, decided }: Lived, fingerprint: string): string | undefined {
  const name = before.incidents[fingerprint]?.root.name;
  return Object.entries(decided.state.incidents).find(
    ([other, { root, phase }]) => other !== fingerprint && root.name === name && phase === 'open',
  )?.[0];
}
