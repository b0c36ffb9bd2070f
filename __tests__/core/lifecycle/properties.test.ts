import { expect, test } from '@jest/globals';
import { decide } from '../../../src/core/decide.ts';
import { usualGap, windowsFor } from '../../../src/core/lifecycle/pace.ts';
import type { CycleStamp, Decided } from '../../../src/core/model/cycle.ts';
import { compareSeverity } from '../../../src/core/model/decision.ts';
import { isOpen } from '../../../src/core/model/hours.ts';
import type { Observation } from '../../../src/core/model/incident.ts';
import type { Notification } from '../../../src/core/model/notification.ts';
import { freshState } from '../../../src/core/model/state.ts';
import { formatTime } from '../../../src/core/model/time.ts';
import { assessmentsOf, idOf, monitor, observationOf, podGap, stored } from './history.ts';
import { always, catalog, heirOf, hours, type Lived, runs, seenIn, wordsOf } from './lifetimes.ts';

test('every incident that is seen or open gets exactly one verdict', () => {
  always((lived) => {
    for (const each of lived.filter(({ step: { fails } }) => !fails)) {
      const open = Object.entries(each.before.incidents).filter(
        ([, { phase }]) => phase !== 'resolved',
      );
      const expected = new Set([
        ...open.map(([fingerprint]) => fingerprint),
        ...seenIn(each).map(idOf),
      ]);
      const given = each.decided.verdicts.map(({ fingerprint }) => fingerprint);
      expect([...given].sort()).toEqual([...expected].sort());
    }
  });
});

test('no second full alert within the repeat interval without a reason that allows it', () => {
  const allowed = new Set(['WORSE', 'SILENCE_ENDED', 'UNINHIBITED', 'ACK_EXPIRED']);
  always((lived) => {
    for (const words of wordsOf(lived).values()) {
      let last = Number.NEGATIVE_INFINITY;
      let ended = Number.POSITIVE_INFINITY;
      for (const { state, notify, reason, at } of words) {
        if (state === 'resolved') ended = at.now;
        // What was told is another's story from then on.
        if (reason === 'SUCCEEDED') last = Number.NEGATIVE_INFINITY;
        if (notify !== 'full') continue;
        const { reopen, repeatSlack } = windowsFor(usualGap(at.before));
        const interval = catalog.repeatSeconds - Math.min(repeatSlack, catalog.repeatSeconds / 2);
        const soon = at.now - last < interval * 1000;
        const isOver = at.now - ended > reopen * 1000;
        if (soon && !isOver) expect(allowed).toContain(reason);
        last = at.now;
        ended = Number.POSITIVE_INFINITY;
      }
    }
  });
});

test('nobody is reminded of what somebody has taken, or of what is part of another', () => {
  const reminders = new Set(['REPEAT', 'REPEAT_UNKNOWN', 'STILL_SEV1']);
  always((lived) => {
    for (const words of wordsOf(lived).values())
      for (const { fingerprint, reason, at } of words.filter((word) =>
        reminders.has(word.reason),
      )) {
        const record = at.decided.state.incidents[fingerprint];
        expect([reason, record?.absorbedTold]).toEqual([reason, undefined]);
        expect(Date.parse(record?.ack?.until ?? '1970-01-01T00:00:00Z')).toBeLessThanOrEqual(
          at.now,
        );
      }
  });
});

test('who may not silence does not, and nobody silences a SEV-1', () => {
  always((lived) => {
    for (const { decided } of lived)
      for (const { silence } of Object.values(decided.state.incidents)) {
        if (silence === undefined) continue;
        expect([silence.by, silence.severity === 'SEV-1']).toEqual(['U0LISTED1', false]);
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
        ({ state, reason }) =>
          state === 'resolved' && !['EXPIRED_UNKNOWN', 'SUCCEEDED'].includes(reason),
      );
      expect([look.gaps?.length, ended]).toEqual([1, []]);
    }
  });
});

test('what was told gets its end exactly once, and nothing is said after it', () => {
  always((lived) => {
    const telling = new Set<string>();
    for (const { decided } of lived) {
      const before = new Set(telling);
      for (const verdict of decided.verdicts.filter(({ reason }) => reason === 'SUCCEEDED')) {
        const at = lived.find((each) => each.decided === decided);
        const heir = at === undefined ? undefined : heirOf(at, verdict.fingerprint);
        if (before.has(verdict.fingerprint)) telling.add(heir ?? '');
        telling.delete(verdict.fingerprint);
      }
      for (const { fingerprint, notify, state, reason } of decided.verdicts) {
        if (reason === 'SUCCEEDED') continue;
        if (notify === 'full') telling.add(fingerprint);
        // A reply belongs to an alert; the return of what ended begins it anew.
        if (state === 'resolved')
          expect([fingerprint, notify === 'resolved']).toEqual([
            fingerprint,
            telling.has(fingerprint),
          ]);
        else expect(notify).not.toBe('resolved');
        if (state === 'resolved') telling.delete(fingerprint);
        else if (notify === 'brief') telling.add(fingerprint);
        else if (reason === 'FLAPPING' && isBack(lived, decided, fingerprint))
          telling.add(fingerprint);
      }
    }
    expect([...telling]).toEqual([]);
  });
});

/** It had ended, and is back within the reopen window. */
function isBack(lived: readonly Lived[], decided: Decided, fingerprint: string): boolean {
  const at = lived.find((each) => each.decided === decided);
  return at?.before.incidents[fingerprint]?.phase === 'resolved';
}

test('no reply without an alert', () => {
  always((lived) => {
    const alerted = new Set<string>();
    for (const each of lived) {
      for (const { fingerprint, reason } of each.decided.verdicts)
        if (reason === 'SUCCEEDED' && alerted.has(fingerprint))
          alerted.add(heirOf(each, fingerprint) ?? '');
      for (const { fingerprint, notify } of each.decided.verdicts) {
        if (notify === 'full') alerted.add(fingerprint);
        else if (notify !== 'nothing') expect(alerted).toContain(fingerprint);
      }
    }
  });
});

test('no visible SEV-1 or SEV-2 is untold, or told as less than it is', () => {
  always((lived) => {
    for (const { now, step: each, decided } of lived)
      for (const seen of each.fails ? [] : (each.look.seen ?? [])) {
        const { severity = 'SEV-2', known } = seen;
        if (known === true || compareSeverity(severity, 'SEV-2') > 0) continue;
        const record = decided.state.incidents[idOf(seen)];
        // Somebody who may has made it quiet.
        if (Date.parse(record?.silence?.until ?? '') > now) continue;
        const { told } = record ?? {};
        expect(told && compareSeverity(told.severity, severity)).toBeLessThanOrEqual(0);
      }
  });
});

test('a SEV-3 that counts is told while business hours are open', () => {
  always((lived) => {
    for (const { now, step: each, decided } of lived.filter((one) => isOpen(hours, one.now)))
      for (const seen of each.fails ? [] : (each.look.seen ?? [])) {
        if (seen.severity !== 'SEV-3' || seen.known === true) continue;
        const record = decided.state.incidents[idOf(seen)];
        if (Date.parse(record?.silence?.until ?? '') > now) continue;
        expect([idOf(seen), record?.told === undefined]).toEqual([idOf(seen), false]);
      }
  });
});

/** What a person would count who watches one incident: looks in a row that did not see it, since when, and when it was seen last. */
interface Watch {
  readonly seenAt: number;
  readonly reads: number;
  readonly since: number;
}

test('what is gone has ended as soon as two looks ten minutes apart, or an hour, say so, and not before', () => {
  const isElsewhere = ({ decided }: Lived, fingerprint: string) =>
    decided.state.incidents[fingerprint]?.absorbedBy !== undefined;
  always((lived) => {
    const watches = new Map<string, Watch>();
    for (const lively of lived.filter((one) => !one.step.fails)) {
      const { now, before, step: each, decided } = lively;
      const seen = new Set((each.look.seen ?? []).map(idOf));
      for (const { fingerprint, state, reason } of decided.verdicts) {
        const watch = watches.get(fingerprint);
        const isThere =
          seen.has(fingerprint) || (state === 'open' && isElsewhere(lively, fingerprint));
        if (isThere || watch === undefined)
          watches.set(fingerprint, { seenAt: now, reads: 0, since: now });
        if (isThere || watch === undefined || reason === 'SUCCEEDED' || state === 'unknown')
          continue;
        const reads = watch.reads + 1;
        const since = watch.reads === 0 ? now : watch.since;
        watches.set(fingerprint, { ...watch, reads, since });
        if (before.incidents[fingerprint]?.flapping === true) continue;
        const isOver = (reads >= 2 && now - since >= 600_000) || now - watch.seenAt >= 3_600_000;
        expect([fingerprint, state]).toEqual([fingerprint, isOver ? 'resolved' : 'clearing']);
      }
    }
  });
});

test('what is known, silenced or in maintenance is never told in full', () => {
  always((lived) => {
    for (const each of lived)
      for (const seen of seenIn(each).filter(({ known }) => known)) {
        const verdict = each.decided.verdicts.find(({ fingerprint }) => fingerprint === idOf(seen));
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
        ({ kind, status, id }) => kind !== 'edit' && status === 'pending' && !sent.has(id),
      );
      // Only what belongs to an alert of which another run may be sending something waits.
      expect(held.every(({ alert }) => blocked.some((each) => each.alert === alert))).toBe(true);
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
        const later = lived.slice(at);
        const arrives = fingerprints.every((each) => isTold(each, { id, kind }, later));
        expect([id, arrives]).toEqual([id, true]);
      }
    }
  });
});

/** In this message or a newer one; a story may get a new name meanwhile, and is told under that. */
function isTold(
  fingerprint: string,
  { id, kind }: Pick<Notification, 'id' | 'kind'>,
  lived: readonly Lived[],
): boolean {
  const names = new Set([fingerprint]);
  return lived.some((each) => {
    for (const name of names) names.add(heirOf(each, name) ?? name);
    if ((each.step.look.slack ?? 'takes') !== 'takes') return false;
    const sent = each.decided.due.filter((due) => due.kind === kind);
    return sent.some((due) => due.id === id || due.fingerprints.some((other) => names.has(other)));
  });
}

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
