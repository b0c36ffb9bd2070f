import type { Impact, Proof, Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import { type CustomResource, groupOf } from './custom.ts';
import { customRef, resourceName } from './custom-names.ts';
import { ruleFor } from './custom-rules.ts';
import type { Trouble } from './custom-trouble.ts';

/** Whether a trouble lasts long enough. What is final is told at once; a condition without a time counts from the object's creation. */
export function isRipe(
  { metadata }: CustomResource,
  { by, since }: Trouble,
  graceSeconds: number,
  now: number,
): boolean {
  return by !== 'condition' || isOlder(since ?? metadata?.creationTimestamp, graceSeconds, now);
}

/** A finding on a custom resource from what its own status says. */
export function customSymptom(
  resource: CustomResource,
  trouble: Trouble,
  says: {
    readonly reason: string;
    readonly impact?: Impact;
    readonly proof?: Partial<Proof>;
  },
): Symptom {
  const text = [trouble.reason, trouble.message].filter((each) => each !== '').join(': ');
  return {
    object: customRef(resource),
    reason: says.reason,
    impact: says.impact ?? impactOf(resource, trouble),
    since: trouble.since,
    message: messageOf(resource, trouble),
    evidence: [{ source: 'field', at: trouble.at, text }],
    proof: {
      decidedBy: trouble.byMessage === true ? 'message' : 'field',
      sinceExact: trouble.since !== null,
      resource: resourceName(resource),
      // No time says how long it has been so, and it may pass by itself.
      ...(trouble.since === null ? { unconfirmed: true } : {}),
      ...says.proof,
    },
  };
}

function messageOf({ kind, metadata }: CustomResource, trouble: Trouble): string {
  const { by, type, reason, message, at } = trouble;
  const name = metadata?.name ?? '';
  const why = message === '' ? '' : `: ${message.trim().replaceAll(/\s+/g, ' ')}`;
  if (by === 'word') return `${kind} ${name} says ${at.replace('status.', '')} ${type}${why}`;
  const cause = reason === type ? type : `${type}, ${reason}`;
  return `${kind} ${name} is not well (${cause})${why}`;
}

/** What it costs: by how many of its instances serve, where it counts them; else what is there still serves. */
function impactOf(resource: CustomResource, { type }: Trouble): Impact {
  const known = ruleFor(groupOf(resource), resource.kind).impact?.[type];
  if (known !== undefined) return known;
  const { kind, apiVersion, status } = resource;
  if (kind === 'Service' && apiVersion.startsWith('serving.knative.dev/'))
    return status?.latestReadyRevisionName === undefined ? 'outage' : 'at-risk';
  const { ready, desired } = countsOf(resource);
  if (ready === undefined || desired === undefined || ready >= desired) return 'at-risk';
  return ready === 0 ? 'outage' : 'degraded';
}

/** How many instances it wants, and how many serve, where it counts them. CloudNativePG leaves a count of 0 out. */
function countsOf({ apiVersion, spec, status }: CustomResource) {
  const { instances, readyInstances, availableReplicas, readyReplicas } = status ?? {};
  const none =
    apiVersion.startsWith('postgresql.cnpg.io/') && instances !== undefined ? 0 : undefined;
  const ready = readyInstances ?? availableReplicas ?? readyReplicas ?? none;
  return { desired: spec?.instances ?? spec?.replicas, ready };
}
