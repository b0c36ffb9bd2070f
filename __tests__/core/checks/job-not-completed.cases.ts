import type { Case } from './suite.ts';
import { terminatingShop } from './workload-objects.ts';
import { fires, job, jobSuccess, nightly, quiet } from './workload-scenes.ts';

const running = (status: object = {}, spec: object = {}, metadata: object = {}) =>
  job('import', { active: 2, startTime: '2025-12-31T23:00:00Z', ...status }, { spec, metadata });
/** A run that took so many hours. */
const past = (name: string, hours: number) =>
  job(
    name,
    {
      ...jobSuccess(
        `2025-12-2${hours >= 24 ? 6 : 5}T${String(hours % 24).padStart(2, '0')}:00:00Z`,
      ),
      startTime: '2025-12-25T00:00:00Z',
    },
    { metadata: nightly },
  );

export const cases: readonly Case[] = [
  fires(
    'for thirteen hours',
    { Job: [running({ failed: 4 })] },
    {
      reason: 'JobNotCompleted',
      impact: 'at-risk',
      since: '2025-12-31T23:00:00Z',
      object: { kind: 'Job', namespace: 'shop', name: 'import' },
      proof: { sinceExact: true },
      says: ['shop/import', '13 h', '2 pods active and 4 failed'],
    },
  ),
  fires(
    'since its creation, where no start is told',
    {
      Job: [running({ startTime: undefined }, {}, { creationTimestamp: '2025-12-31T20:00:00Z' })],
    },
    { since: '2025-12-31T20:00:00Z', proof: { sinceExact: false } },
  ),
  fires(
    'more than three times as long as usual',
    {
      Job: [
        running({}, {}, nightly),
        past('nightly-1', 1),
        past('nightly-2', 3),
        past('nightly-3', 30),
      ],
    },
    { says: ['it usually takes 3 h'] },
  ),
  quiet('as long as usual', {
    Job: [
      running({}, {}, nightly),
      past('nightly-1', 5),
      past('nightly-2', 5),
      past('nightly-3', 6),
    ],
  }),
  quiet('for eleven hours', { Job: [running({ startTime: '2026-01-01T01:00:00Z' })] }),
  quiet('within its own deadline', { Job: [running({}, { activeDeadlineSeconds: 86_400 })] }),
  quiet('nothing runs', { Job: [running({ active: 0 })] }),
  quiet('suspended', { Job: [running({}, { suspend: true })] }),
  quiet('complete, its last pod on its way out', { Job: [running(jobSuccess())] }),
  quiet('failed, its last pod on its way out', {
    Job: [running({ conditions: [{ type: 'Failed', status: 'True' }] })],
  }),
  quiet('a hook', {
    Job: [running({}, {}, { annotations: { 'argocd.argoproj.io/hook': 'PostSync' } })],
  }),
  quiet('without any time', {
    Job: [running({ startTime: undefined }, {}, { creationTimestamp: undefined })],
  }),
  quiet('its namespace is being deleted', { Job: [running()], Namespace: [terminatingShop] }),
];
