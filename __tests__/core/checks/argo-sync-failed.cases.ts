import { application } from './argo-objects.ts';
import { quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const message = 'one or more objects failed to apply, reason: namespaces "web" not found';
const operation = (phase: string, more: object = {}) => ({
  operationState: { phase, message, finishedAt: ago(60), ...more },
});

export const cases: readonly Case[] = [
  ...['Failed', 'Error'].map((phase) =>
    seen(phase, [application(operation(phase))], {
      object: { kind: 'Application', namespace: 'argocd' },
      reason: 'ArgoSyncFailed',
      impact: 'at-risk',
      since: ago(60),
      says: [`operationState.phase ${phase}`, message],
      proof: { resource: 'application.argoproj.io' },
    }),
  ),
  quiet('T30: it is being tried again', application(operation('Running', { retryCount: 3 }))),
  quiet('succeeded', application(operation('Succeeded'))),
  quiet('within the grace time', application(operation('Failed', { finishedAt: ago(10) }))),
  quiet('never synced', application({})),
];
