import { expect, test } from '@jest/globals';
import { alertAfter } from '../../../src/core/lifecycle/place.ts';
import type { NotificationKind, Receipt } from '../../../src/core/model/notification.ts';
import type { AlertRecord } from '../../../src/core/model/state.ts';
import { monitor, sayDue } from './history.ts';

const at = { channel: 'C1', ts: '1.1', sentAt: '2026-11-24T10:00:00Z' };
const took: Receipt = {
  ...{ id: 'a', accepted: true, channel: 'C2', ts: '2.2', error: null },
  ...{ maybeDelivered: false, retryAfterSeconds: null },
};
const moved = { ...at, route: 'C1', channel: 'C2', ts: '2.2' };

test.each<[string, AlertRecord, NotificationKind, Partial<Receipt>, AlertRecord]>([
  ['an alert stands where Slack took it', { ...at, ts: null }, 'full', {}, moved],
  ['where Slack does not say the channel', at, 'full', { channel: null }, { ...at, ts: '2.2' }],
  ['and is where it was meant to be again', moved, 'full', { channel: 'C1' }, { ...at, ts: '2.2' }],
  [
    'a reply moves nothing',
    { ...at, fixed: true, stale: true },
    'brief',
    {},
    { ...at, fixed: true, stale: true },
  ],
  ['what is not taken moves nothing', at, 'full', { accepted: false }, at],
  [
    'a reply that stands for it says too little',
    { ...at, fixed: true },
    'resolved',
    { adopted: true },
    { ...moved, stale: true },
  ],
  ['an edit that stands for it says all', { ...at, stale: true }, 'edit', { adopted: true }, moved],
  ['an edit brings it up to date', { ...at, stale: true }, 'edit', {}, at],
  [
    'an edit that Slack does not take is the last',
    { ...at, stale: true },
    'edit',
    { fixed: true },
    { ...at, fixed: true },
  ],
])('%s', (_name, before, kind, receipt, after) => {
  expect(alertAfter(before, { kind }, { ...took, ...receipt })).toEqual(after);
});

const adopts = (kind: NotificationKind) =>
  kind === 'edit' ? {} : ({ adopted: true, ts: '9.9' } as const);

test('an alert that a person deleted: its reply stands for it, and is edited to say all', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [{ severity: 'SEV-1' }] });
  const sev1 = { seen: [{ severity: 'SEV-1' as const }] };
  const still = monitored.look(15, { ...sev1, receipt: adopts });
  expect(sayDue(still)).toEqual(['brief STILL_SEV1']);
  expect(Object.values(monitored.state().alerts)).toMatchObject([{ ts: '9.9', stale: true }]);
  expect(sayDue(monitored.look(20, sev1))).toEqual(['edit SAME']);
  expect(sayDue(monitored.look(25, sev1))).toEqual([]);
});

test('an alert that takes no edit gets no more of them', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [{}] });
  const fixed = monitored.look(15, {
    seen: [{ digest: 'd2' }],
    receipt: (kind) => (kind === 'edit' ? { fixed: true } : {}),
  });
  expect(sayDue(fixed)).toEqual(['brief CHANGED', 'edit CHANGED']);
  expect(sayDue(monitored.look(30, { seen: [{ digest: 'd3' }] }))).toEqual(['brief CHANGED']);
  const back = monitored.look(45, { seen: [{ digest: 'd4' }], receipt: adopts });
  expect(sayDue(back)).toEqual(['brief CHANGED']);
  expect(sayDue(monitored.look(50, { seen: [{ digest: 'd4' }] }))).toEqual(['edit SAME']);
});
