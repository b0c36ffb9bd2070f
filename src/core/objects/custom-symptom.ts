import { type Impact, impactOfStanding, type Proof, type Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import { type CustomResource, groupOf } from './custom.ts';
import { standingOf } from './custom-counts.ts';
import { customRef, resourceName } from './custom-names.ts';
import { ruleFor } from './custom-rules.ts';
import { anError, type Trouble } from './custom-trouble.ts';
import { wordsOf } from './status-words.ts';

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
      ...(saysWhy(trouble) ? {} : { saysNoWhy: true }),
      ...says.proof,
    },
  };
}

/** A message does, and a condition's reason does. A phase is but a word. */
function saysWhy({ type, reason, message }: Trouble): boolean {
  return reason !== type || message !== '';
}

function messageOf({ kind, metadata }: CustomResource, trouble: Trouble): string {
  const { by, type, reason, message, at } = trouble;
  const name = [metadata?.namespace, metadata?.name].filter((part) => part !== undefined).join('/');
  const why = message === '' || message.trim() === type ? '' : `: ${message}`;
  const word = type === anError ? '' : ` ${type}`;
  if (by === 'word') return `${kind} ${name} says ${at.replace('status.', '')}${word}${why}`;
  const cause = reason === type ? type : `${type}, ${reason}`;
  return `${kind} ${name} is not well (${cause})${why}`;
}

/** What it costs: by how many of its instances serve, where it counts them; else what is there still serves. */
function impactOf(resource: CustomResource, { type }: Trouble): Impact {
  const known = ruleFor(groupOf(resource), resource.kind).impact;
  if (known?.[type] !== undefined) return known[type];
  // A condition may say why, and a word beside it how bad it is.
  const beside = wordsOf(resource).map(({ text }) => known?.[text]);
  const worse = beside.find((each) => each !== undefined && each !== 'info');
  if (worse !== undefined) return worse;
  const { kind, apiVersion, status } = resource;
  if (kind === 'Service' && apiVersion.startsWith('serving.knative.dev/'))
    return status?.latestReadyRevisionName === undefined ? 'outage' : 'at-risk';
  const { ready, desired } = standingOf(resource);
  if (ready === undefined || desired === undefined) return 'at-risk';
  return impactOfStanding({ desired, ready: ready.count });
}
