import type { MissingRef } from '../model/finding.ts';
import { cut } from '../model/text.ts';

/** Why the API server refuses a controller's new pods. */
export interface CreationFailure {
  readonly reason: string;
  /** The cause in one clause, with the thing it is about. */
  readonly says: string;
  readonly missing?: MissingRef;
  readonly decidedBy: 'field' | 'message';
}

interface Refusal {
  readonly reason: string;
  readonly pattern: RegExp;
  readonly says: (found: readonly (string | undefined)[]) => string;
}

/** The API server's own sentences; they change with its version, so that what none matches stays `FailedCreate`. */
const refusals: readonly Refusal[] = [
  {
    reason: 'QuotaExceeded',
    pattern: /exceeded quota: ([^\s,]{1,253}), (requested: .{1,300})/s,
    says: ([, quota, numbers]) => `quota ${quota} is used up (${numbers})`,
  },
  {
    reason: 'QuotaMissingRequests',
    pattern: /failed quota: ([^\s:]{1,253}): must specify (.{1,200})/s,
    says: ([, quota, what]) => `quota ${quota} demands that its containers specify ${what}`,
  },
  {
    reason: 'LimitRangeViolation',
    pattern:
      /((?:maximum|minimum) .{1,60} (?:usage|limit|request)\S* per (?:Container|Pod).{0,200})/s,
    says: ([, limit]) => `the namespace's LimitRange forbids it: ${limit}`,
  },
  {
    reason: 'PodSecurityViolation',
    pattern: /violates PodSecurity "([^"]{1,100})"(.{0,200})/s,
    says: ([, level, detail]) => `its pods violate pod security ${level}${detail}`,
  },
  {
    reason: 'PodSecurityViolation',
    pattern: /unable to validate against any security context constraint(.{0,200})/s,
    says: ([, detail]) => `no security context constraint allows its pods${detail}`,
  },
  {
    reason: 'AdmissionWebhookDenied',
    pattern: /admission webhook "([^"]{1,253})" denied the request(.{0,200})/s,
    says: ([, webhook, detail]) => `admission webhook ${webhook} denies its pods${detail}`,
  },
  {
    reason: 'AdmissionWebhookUnavailable',
    pattern: /failed calling webhook "([^"]{1,253})"(.{0,200})/s,
    says: ([, webhook, detail]) => `admission webhook ${webhook} cannot be reached${detail}`,
  },
];

const noAccount = /service ?account "?(?:[^\s"/:]{1,63}\/)?([^\s"/:]{1,253})"? (?:was )?not found/i;

/** What the message of a `ReplicaFailure` condition or a `FailedCreate` event says. */
export function creationFailureOf(message: string, namespace: string | null): CreationFailure {
  const account = noAccount.exec(message)?.[1];
  if (account !== undefined)
    return {
      reason: 'ServiceAccountMissing',
      says: `service account ${account} does not exist`,
      missing: { kind: 'ServiceAccount', namespace, name: account },
      decidedBy: 'message',
    };
  for (const { reason, pattern, says } of refusals) {
    const found = pattern.exec(message);
    if (found !== null) return { reason, says: cut(says(found), 220), decidedBy: 'message' };
  }
  const text = message === '' ? 'the API server does not say why' : message;
  return { reason: 'FailedCreate', says: cut(text, 220), decidedBy: 'field' };
}
