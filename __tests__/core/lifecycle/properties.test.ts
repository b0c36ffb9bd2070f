import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../../../src/core/decide.ts';
import { usualGap, windowsFor } from '../../../src/core/lifecycle/pace.ts';
import { type BusinessHours, defaultCatalog } from '../../../src/core/model/catalog.ts';
import type { CycleStamp, Decided, Verdict } from '../../../src/core/model/cycle.ts';
import { compareSeverity, severities } from '../../../src/core/model/decision.ts';
import { isOpen } from '../../../src/core/model/hours.ts';
import type { Observation } from '../../../src/core/model/incident.ts';
import { freshState, type MonitorState } from '../../../src/core/model/state.ts';
import { formatTime } from '../../../src/core/model/time.ts';
import {
  assessmentsOf,
  fingerprintOf,
  type Look,
  monitor,
  observationOf,
  podGap,
  type Seen,
  start,
  stored,
} from './history.ts';

const names = ['api', 'web', 'db'] as const;
const hours: BusinessHours = {
  zone: 'UTC',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  times: [{ start: 9 * 60, end: 17 * 60 }],
  holidays: [],
};
const catalog = { ...defaultCatalog, hours };

/** One cycle: how long after the one before, and what it sees. `cadence` in minutes comes from the history. */
interface Step {
  readonly stretch: number;
  readonly look: Look;
  readonly fails: boolean;
}
interface History {
  readonly cadence: number;
  readonly first: boolean;
  readonly steps: readonly Step[];
}

const maybeSeen = (name: string): fc.Arbitrary<Seen | null> =>
  fc.option(
    fc.record({
      name: fc.constant(name),
      severity: fc.constantFrom(...severities),
      digest: fc.constantFrom('d1', 'd2'),
      known: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
    }),
    { freq: 2 },
  );

const step: fc.Arbitrary<Step> = fc
  .record({
    stretch: fc.constantFrom(1, 1, 1, 1.2, 0.8, 6),
    seen: fc.tuple(...names.map(maybeSeen)),
    hidden: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
    slack: fc.constantFrom('takes', 'takes', 'takes', 'refuses', 'dies'),
    fails: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  })
  .map(({ stretch, seen, hidden, slack, fails }) => ({
    stretch,
    fails,
    look: {
      // A known incident is SEV-3 at most, as the policy has it.
      seen: seen
        .filter((each) => each !== null)
        .map((each) => (each.known === true ? { ...each, severity: 'SEV-3' as const } : each)),
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
interface Lived {
  readonly now: number;
  readonly step: Step;
  readonly before: MonitorState;
  readonly decided: Decided;
}

/** Lives through a history; then everything is away and Slack well until all has ended. */
function live({ cadence, first, steps }: History): readonly Lived[] {
  const monitored = monitor({ first, catalog: { hours } });
  const calm: Step = { stretch: 70 / cadence, look: {}, fails: false };
  let minutes = 0;
  // A flapping one has ended after four looks that do not see it.
  return [...steps, calm, calm, calm, calm].map((each) => {
    minutes += Math.max(1, Math.round(cadence * each.stretch));
    const before = monitored.state();
    const decided = each.fails
      ? monitored.fail(minutes, each.look)
      : monitored.look(minutes, each.look);
    return { now: start + minutes * 60_000, step: each, before, decided };
  });
}

/** Histories for each property; `FC_RUNS` gives another number. */
const runs = Number(process.env['FC_RUNS'] ?? 10);

/** Holds for every cycle of every history. */
function always(holds: (lived: readonly Lived[]) => void, numRuns = runs): void {
  fc.assert(
    fc.property(histories, (history) => holds(live(history))),
    { numRuns },
  );
}

const seenIn = ({ step: { look, fails } }: Lived): readonly Seen[] =>
  fails ? [] : (look.seen ?? []);

/** Per incident: every cycle's verdict about it, in order. */
function verdictsOf(
  lived: readonly Lived[],
  name: string,
): readonly (Verdict & { lived: Lived })[] {
  return lived.flatMap((each) =>
    each.decided.verdicts
      .filter(({ fingerprint }) => fingerprint === fingerprintOf(name))
      .map((verdict) => ({ ...verdict, lived: each })),
  );
}

test('every incident that is seen or open gets exactly one verdict', () => {
  always((lived) => {
    for (const each of lived.filter(({ step: { fails } }) => !fails)) {
      const open = Object.entries(each.before.incidents).filter(
        ([, { phase }]) => phase !== 'resolved',
      );
      const expected = new Set([
        ...open.map(([fingerprint]) => fingerprint),
        ...seenIn(each).map(({ name = '' }) => fingerprintOf(name)),
      ]);
      const given = each.decided.verdicts.map(({ fingerprint }) => fingerprint);
      expect([...given].sort()).toEqual([...expected].sort());
    }
  });
});

test('no second full alert within the repeat interval without a reason that allows it', () => {
  const allowed = new Set(['WORSE', 'SILENCE_ENDED']);
  always((lived) => {
    for (const name of names) {
      let last = Number.NEGATIVE_INFINITY;
      let ended = Number.POSITIVE_INFINITY;
      for (const { notify, reason, lived: at } of verdictsOf(lived, name)) {
        if (notify === 'resolved') ended = at.now;
        if (notify !== 'full') continue;
        const { reopen, repeatSlack } = windowsFor(usualGap(at.before));
        const interval = catalog.repeatSeconds - Math.min(repeatSlack, catalog.repeatSeconds / 2);
        const soon = at.now - last < interval * 1000;
        const gone = at.now - ended > reopen * 1000;
        if (soon && !gone) expect(allowed).toContain(reason);
        last = at.now;
        ended = Number.POSITIVE_INFINITY;
      }
    }
  });
});

test('nothing is resolved while it cannot be looked for', () => {
  always((lived) => {
    for (const {
      step: { look },
      decided,
    } of lived.filter(({ step: each }) => (each.look.gaps ?? []).length > 0)) {
      const ended = decided.verdicts.filter(
        ({ state, reason }) => state === 'resolved' && reason !== 'EXPIRED_UNKNOWN',
      );
      expect([look.gaps?.length, ended]).toEqual([1, []]);
    }
  });
});

test('what was told gets its end exactly once, and nothing is said after it', () => {
  always((lived) => {
    for (const name of names) {
      let telling = false;
      for (const { notify, state } of verdictsOf(lived, name)) {
        if (notify === 'full') telling = true;
        // A reply belongs to an alert; the return of what ended begins it anew.
        if (notify === 'resolved') expect(telling).toBe(true);
        if (state === 'resolved') expect(notify === 'resolved').toBe(telling);
        if (state === 'resolved') telling = false;
        else if (notify === 'brief') telling = true;
      }
      expect(telling).toBe(false);
    }
  });
});

test('no reply without an alert', () => {
  always((lived) => {
    for (const name of names) {
      let alerted = false;
      for (const { notify } of verdictsOf(lived, name)) {
        if (notify === 'full') alerted = true;
        else if (notify !== 'nothing') expect(alerted).toBe(true);
      }
    }
  });
});

test('no visible SEV-1 or SEV-2 is untold, or told as less than it is', () => {
  always((lived) => {
    for (const each of lived)
      for (const { name = '', severity = 'SEV-2', known } of seenIn(each)) {
        if (known === true || compareSeverity(severity, 'SEV-2') > 0) continue;
        const told = each.decided.state.incidents[fingerprintOf(name)]?.told;
        expect(told && compareSeverity(told.severity, severity)).toBeLessThanOrEqual(0);
      }
  });
});

test('what is known is never told in full', () => {
  always((lived) => {
    for (const each of lived)
      for (const { name = '' } of seenIn(each).filter(({ known }) => known)) {
        const verdict = each.decided.verdicts.find(
          ({ fingerprint }) => fingerprint === fingerprintOf(name),
        );
        expect(verdict?.notify).not.toBe('full');
      }
  });
});

test('a SEV-3 waits for business hours and no longer', () => {
  always((lived) => {
    for (const { now, decided } of lived) {
      const waits = decided.verdicts.filter(({ reason }) => reason === 'DEFERRED');
      if (waits.length > 0) expect(isOpen(hours, now)).toBe(false);
      for (const { fingerprint } of waits)
        expect(Date.parse(decided.state.incidents[fingerprint]?.dueAt ?? '')).toBeGreaterThan(now);
    }
  });
});

test('everything that was decided reaches Slack, replies behind their alert', () => {
  always((lived) => {
    for (const { before, decided, step: each } of lived) {
      const rooted = new Set(
        Object.entries(before.alerts).flatMap(([id, { ts }]) => (ts === null ? [] : [id])),
      );
      for (const { kind, alert } of decided.due) {
        if (kind === 'full') rooted.add(alert);
        else if (kind !== 'health') expect(rooted).toContain(alert);
      }
      if (each.look.slack !== 'takes') continue;
      const held = decided.state.outbox.filter(({ status }) => status === 'undelivered');
      const sent = new Set(decided.due.map(({ id }) => id));
      const blocked = decided.state.outbox.filter(
        ({ kind, id }) => kind === 'full' && !sent.has(id),
      );
      // Only what belongs to an alert that another run may be sending waits.
      expect(held.every(({ alert }) => blocked.some((full) => full.alert === alert))).toBe(true);
    }
    const last = lived.at(-1);
    expect(last?.decided.state.outbox.filter((entry) => !last.decided.due.includes(entry))).toEqual(
      [],
    );
  });
});

test('every full alert arrives, or a newer one about the same does', () => {
  always((lived) => {
    for (const [at, { decided }] of lived.entries()) {
      for (const { id, kind, fingerprints } of decided.state.outbox.filter(
        (entry) => entry.kind === 'full',
      )) {
        const taken = lived
          .slice(at)
          .filter(({ step: each }) => (each.look.slack ?? 'takes') === 'takes')
          .flatMap(({ decided: later }) => later.due)
          .filter((sent) => sent.kind === kind);
        const arrives = taken.some(
          (sent) =>
            sent.id === id || fingerprints.every((each) => sent.fingerprints.includes(each)),
        );
        expect([id, arrives]).toEqual([id, true]);
      }
    }
  });
});

/** The same look, read in another order. */
function reversed(observation: Observation): Observation {
  const { findings, incidents } = observation;
  const last = findings.length - 1;
  return {
    ...observation,
    findings: [...findings].reverse(),
    incidents: [...incidents].reverse().map((incident) => ({
      ...incident,
      findings: incident.findings.map((index) => last - index),
    })),
    gaps: [...observation.gaps].reverse(),
  };
}

test('the same in any order gives the same, to the letter', () => {
  always(
    (lived) => {
      for (const { before, now, step: each } of lived) {
        const look = {
          ...each.look,
          gaps: [...(each.look.gaps ?? []), { ...podGap, kind: 'Ingress' }],
        };
        const observation = observationOf(look, now);
        const id = formatTime(now).replace(/[-:Z]/g, '').replace('T', '_');
        const stamp: CycleStamp = {
          id,
          cluster: 'prod',
          startedAt: formatTime(now),
          now,
          run: 'r',
          channel: 'C1',
          runUrl: null,
        };
        const [one, again, other] = [observation, observation, reversed(observation)].map((given) =>
          JSON.stringify(decide(before, false, given, assessmentsOf(look), stamp, catalog, {})),
        );
        expect(again).toBe(one);
        expect(other).toBe(one);
      }
    },
    Math.ceil(runs / 3),
  );
});

test('the state survives its own JSON, and decide does not touch what it is given', () => {
  always((lived) => {
    for (const { decided } of lived) expect(stored(decided.state)).toEqual(decided.state);
  });
  const frozen = JSON.stringify(freshState);
  monitor({ first: true }).look(0, { seen: [{}] });
  expect(JSON.stringify(freshState)).toBe(frozen);
});
