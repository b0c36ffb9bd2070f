import { expect, test } from '@jest/globals';
import { answerables } from '../../../src/core/lifecycle/answerable.ts';
import {
  freshState,
  type IncidentRecord,
  type MonitorState,
} from '../../../src/core/model/state.ts';

const incident = (alert: string | null, more: Partial<IncidentRecord> = {}): IncidentRecord => ({
  root: { kind: 'Deployment', namespace: 'shop', name: 'api', reason: 'CrashLoopBackOff' },
  phase: 'open',
  severity: 'SEV-2',
  services: [],
  summary: '',
  since: null,
  openedAt: '2026-01-01T12:00:00Z',
  checks: [],
  ...(alert === null ? {} : { told: { alert, severity: 'SEV-2', digest: '' } }),
  ...more,
});

const root = (ts: string | null) => ({ channel: 'C1', ts, sentAt: '2026-01-01T12:00:00Z' });

const heardOf = (incidents: readonly IncidentRecord[], alerts: MonitorState['alerts']) =>
  answerables({
    ...freshState,
    incidents: Object.fromEntries(incidents.map((each, at) => [`f${at}`, each])),
    alerts,
  }).map(({ alert, channel, ts }) => `${alert} ${channel} ${ts}`);

test.each<[string, readonly IncidentRecord[], readonly string[]]>([
  ['nothing is open', [], []],
  ['an open one that was told', [incident('a')], ['a C1 1.1']],
  ['one that nobody was told of', [incident(null)], []],
  ['a resolved one', [incident('a', { phase: 'resolved' })], []],
  [
    'one that clears, or cannot be seen',
    [incident('a', { phase: 'clearing' }), incident('b', { phase: 'unknown' })],
    ['a C1 1.1', 'b C1 2.2'],
  ],
  [
    'the loudest first',
    [incident('a', { severity: 'SEV-3' }), incident('b', { severity: 'SEV-1' })],
    ['b C1 2.2', 'a C1 1.1'],
  ],
  ['two in one alert', [incident('a'), incident('a')], ['a C1 1.1']],
  ['an alert that Slack did not take yet', [incident('waits')], []],
  ['an alert that was forgotten', [incident('gone')], []],
])('%s', (_, incidents, expected) => {
  expect(heardOf(incidents, { a: root('1.1'), b: root('2.2'), waits: root(null) })).toEqual(
    expected,
  );
});
