import fc from 'fast-check';
import { monitorState } from '../../../src/adapters/store/document-kind.ts';
import {
  type Opened,
  openEnvelope,
  type Previous,
  sealEnvelope,
} from '../../../src/adapters/store/envelope.ts';
import { severities } from '../../../src/core/model/decision.ts';
import type { OutboxEntry } from '../../../src/core/model/notification.ts';
import {
  cycleStatuses,
  freshState,
  type IncidentRecord,
  type MonitorState,
} from '../../../src/core/model/state.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value);
const severity = fc.constantFrom(...severities);
const key = fc.stringMatching(/^[0-9a-f]{16}$/);

const incident: fc.Arbitrary<IncidentRecord> = fc.record(
  {
    root: fc.record({ kind: text, namespace: orNull(text), name: text, reason: text }),
    phase: fc.constantFrom('open', 'clearing', 'unknown', 'resolved'),
    severity,
    worst: severity,
    services: fc.array(text, { maxLength: 3 }),
    summary: text,
    since: orNull(text),
    sinceExact: fc.constant(false),
    openedAt: text,
    checks: fc.array(text, { maxLength: 2 }),
    namespaces: fc.array(text, { maxLength: 2 }),
    lastSeenAt: text,
    absentReads: fc.nat(),
    absentSince: text,
    unknownSince: text,
    told: fc.record({
      ...{ alert: key, severity, digest: text, wordAt: text, key },
      elsewhere: fc.array(key, { maxLength: 2 }),
    }),
    known: fc.constant(true),
    dueAt: text,
    resolvedAt: text,
  },
  {
    requiredKeys: [
      'root',
      'phase',
      'severity',
      'services',
      'summary',
      'since',
      'openedAt',
      'checks',
    ],
  },
);

const outboxEntry: fc.Arbitrary<OutboxEntry> = fc.record({
  id: text,
  kind: fc.constantFrom('full', 'brief', 'resolved', 'edit', 'health', 'test'),
  reason: text,
  severity,
  channel: text,
  target: fc.constantFrom('webhook' as const, undefined),
  facts: fc.constantFrom([], undefined),
  alert: key,
  fingerprints: fc.array(key, { maxLength: 2 }),
  broadcast: fc.constantFrom(true as const, undefined),
  refersTo: fc.constantFrom('20261124_100000-1', undefined),
  message: fc.record({
    text,
    blocks: fc.array(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), text), { maxLength: 2 }),
  }),
  cycleId: text,
  decidedAt: text,
  status: fc.constantFrom('pending', 'undelivered'),
  run: orNull(text),
  claimedAt: orNull(text),
  attempts: fc.nat(),
  notBefore: orNull(text),
  error: orNull(text),
  maybe: fc.constantFrom(true as const, undefined),
  triedAt: fc.constantFrom('2026-01-01T12:00:00Z', undefined),
  late: fc.constantFrom(true as const, undefined),
  unfit: fc.constantFrom(2, undefined),
});

/** Any state that the program can be in, with hostile texts. */
export const states: fc.Arbitrary<MonitorState> = fc.record({
  cycleCount: fc.nat(),
  failedCycles: fc.nat(),
  health: fc.constantFrom('healthy', 'degraded'),
  lastSuccessfulCycle: orNull(text),
  lastCycleStatus: orNull(fc.constantFrom(...cycleStatuses)),
  lastCycleId: orNull(text),
  clusterUid: orNull(text),
  snapshotAt: orNull(text),
  lookedAt: orNull(text),
  heardAt: fc.option(text, { nil: undefined }),
  slackUrl: fc.option(text, { nil: undefined }),
  lastAlerts: fc.option(fc.dictionary(key, text, { maxKeys: 2 }), { nil: undefined }),
  heardKeys: fc.option(fc.array(text, { maxLength: 2 }), { nil: undefined }),
  refusedAt: fc.option(fc.dictionary(key, text, { maxKeys: 2 }), { nil: undefined }),
  incidents: fc.dictionary(key, incident, { maxKeys: 3 }),
  alerts: fc.dictionary(
    key,
    fc.record({
      channel: text,
      route: fc.constantFrom('#ops', undefined),
      ts: orNull(text),
      sentAt: text,
      fixed: fc.constantFrom(true as const, undefined),
      stale: fc.constantFrom(true as const, undefined),
    }),
    { maxKeys: 2 },
  ),
  outbox: fc.array(outboxEntry, { maxLength: 2 }),
  setAside: fc.option(
    fc.array(
      fc.record({
        ...{ id: text, kind: fc.constant('full' as const), reason: text, severity },
        ...{ text, error: text, at: text },
      }),
      { maxLength: 2 },
    ),
    { nil: undefined },
  ),
  healthIssue: orNull(fc.record({ number: fc.nat(), url: text })),
  issueClaim: fc.option(fc.record({ run: text, at: text }), { nil: undefined }),
  closedIssue: fc.option(fc.record({ number: fc.nat(), at: text }), { nil: undefined }),
  cycleTimes: fc.option(fc.array(text, { maxLength: 2 }), { nil: undefined }),
  scheduled: fc.option(fc.record({ at: text, pauseSeconds: fc.nat() }), { nil: undefined }),
  undelivered: fc.option(fc.record({ cycles: fc.nat(), cycleId: text }), { nil: undefined }),
});

/** The fresh state with this many cycles counted. */
export function counted(cycleCount: number): MonitorState {
  return { ...freshState, cycleCount };
}

/** A step that counts one more cycle. */
export function countOne(state: MonitorState): { readonly state: MonitorState } {
  return { state: { ...state, cycleCount: state.cycleCount + 1 } };
}

/** A state as it is stored. */
export function seal(
  state: MonitorState,
  by: { readonly run: string; readonly nonce: string },
  previous: Previous | null,
): string {
  return sealEnvelope(monitorState, state, by, previous);
}

export function open(text: string): Opened<MonitorState> {
  return openEnvelope(text, monitorState);
}
