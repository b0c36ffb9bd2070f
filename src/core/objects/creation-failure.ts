import type { MissingRef, Proof } from '../model/finding.ts';
import { cut } from '../model/text.ts';

/** Why the API server refuses a controller's new pods. */
export interface CreationFailure {
  readonly reason: string;
  /** The cause in one clause, with the thing it is about. */
  readonly says: string;
  readonly missing?: MissingRef | undefined;
  /** The quota, webhook or policy that says no. */
  readonly blockedBy?: Proof['blockedBy'];
  readonly decidedBy: 'field' | 'message';
}

interface Refusal {
  readonly reason: string;
  readonly pattern: RegExp;
  readonly says: (name: string, detail: string) => string;
  /** The kind of what says no and is named first by the pattern; `own`: in the namespace of what is refused. */
  readonly blocker?: { readonly kind: string; readonly own: boolean };
  /** The kind of what does not exist and is named first by the pattern. */
  readonly lacks?: { readonly kind: string; readonly own: boolean };
}

const quota = { kind: 'ResourceQuota', own: true };
const webhook = { kind: 'Webhook', own: false };

/** The API server's own sentences; they change with its version, so that what none matches stays `FailedCreate`. */
const refusals: readonly Refusal[] = [
  {
    reason: 'ServiceAccountMissing',
    pattern: /service ?account "?(?:[^\s"/:]{1,63}\/)?([^\s"/:]{1,253})"? (?:was )?not found/i,
    says: (name) => `service account ${name} does not exist`,
    lacks: { kind: 'ServiceAccount', own: true },
  },
  {
    reason: 'QuotaExceeded',
    pattern: /exceeded quota: ([^\s,]{1,253}), (requested: .{1,300})/s,
    says: (name, numbers) => `quota ${name} is used up (${numbers})`,
    blocker: quota,
  },
  {
    reason: 'QuotaMissingRequests',
    pattern: /failed quota: ([^\s:]{1,253}): must specify (.{1,200})/s,
    says: (name, what) => `quota ${name} demands that its containers specify ${what}`,
    blocker: quota,
  },
  {
    reason: 'LimitRangeViolation',
    pattern:
      /((?:maximum|minimum) .{1,60} (?:usage|limit|request)\S* per (?:Container|Pod).{0,200})/s,
    says: (limit) => `the namespace's LimitRange forbids it: ${limit}`,
  },
  {
    reason: 'PodSecurityViolation',
    pattern: /violates PodSecurity "([^"]{1,100})"(.{0,200})/s,
    says: (level, detail) => `its pods violate pod security ${level}${detail}`,
  },
  {
    reason: 'PodSecurityViolation',
    pattern: /unable to validate against any security context constraint(.{0,200})/s,
    says: (detail) => `no security context constraint allows its pods${detail}`,
  },
  {
    reason: 'AdmissionWebhookDenied',
    pattern: /admission webhook "([^"]{1,253})" denied the request(.{0,200})/s,
    says: (name, detail) => `admission webhook ${name} denies its pods${detail}`,
    blocker: webhook,
  },
  {
    reason: 'AdmissionWebhookUnavailable',
    pattern: /failed calling (?:admission )?webhook "([^"]{1,253})"(.{0,200})/s,
    says: (name, detail) => `admission webhook ${name} cannot be reached${detail}`,
    blocker: webhook,
  },
  {
    reason: 'AdmissionPolicyDenied',
    pattern:
      /ValidatingAdmissionPolicy '([^']{1,253})' with binding '[^']{1,253}' (denied request.{0,200})/s,
    says: (name, detail) => `admission policy ${name} ${detail}`,
    blocker: { kind: 'ValidatingAdmissionPolicy', own: false },
  },
  {
    reason: 'PriorityClassMissing',
    pattern: /no PriorityClass with name (\S{1,253}) was found/,
    says: (name) => `priority class ${name} does not exist`,
    lacks: { kind: 'PriorityClass', own: false },
  },
];

/** What the message of a `ReplicaFailure` condition or a `FailedCreate` event says. */
export function creationFailureOf(message: string, namespace: string | null): CreationFailure {
  for (const { reason, pattern, says, blocker, lacks } of refusals) {
    const found = pattern.exec(message);
    if (found === null) continue;
    const [, name = '', detail = ''] = found;
    const named = ({ kind, own }: { readonly kind: string; readonly own: boolean }) => ({
      kind,
      namespace: own ? namespace : null,
      name,
    });
    return {
      reason,
      says: cut(says(name, detail), 220),
      missing: lacks === undefined ? undefined : named(lacks),
      blockedBy: blocker === undefined ? undefined : { ...named(blocker), reason },
      decidedBy: 'message',
    };
  }
  const text = message === '' ? 'the API server does not say why' : message;
  return { reason: 'FailedCreate', says: cut(text, 220), decidedBy: 'field' };
}
