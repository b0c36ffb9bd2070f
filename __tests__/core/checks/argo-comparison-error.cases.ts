import { application } from './argo-objects.ts';
import { quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const with1 = (...conditions: object[]) => application({ conditions });
const says = (type: string, more: object = {}) => ({
  type,
  message: 'rpc error: authentication required',
  lastTransitionTime: ago(60),
  ...more,
});

export const cases: readonly Case[] = [
  ...['ComparisonError', 'InvalidSpecError', 'UnknownError', 'DeletionError'].map((type) =>
    seen(type, [with1(says('SharedResourceWarning'), says(type))], {
      object: { kind: 'Application', namespace: 'argocd' },
      reason: type,
      since: ago(60),
      says: ['authentication required'],
      proof: { resource: 'application.argoproj.io' },
    }),
  ),
  quiet('a warning', with1(says('OrphanedResourceWarning'))),
  quiet('a failed sync, told by its operation', with1(says('SyncError'))),
  quiet('within the grace time', with1(says('ComparisonError', { lastTransitionTime: ago(10) }))),
];
