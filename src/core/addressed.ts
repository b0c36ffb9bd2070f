import type { Draft } from './lifecycle/queue.ts';
import { written } from './messages.ts';
import type { CycleStamp } from './model/cycle.ts';
import { type FurtherTarget, type Notification, targetsOf } from './model/notification.ts';
import { factOf, leftOutOf } from './render/fact.ts';

/** Replies that say that something goes on which a way out without threads was told has ended, or would be. */
const ringing: ReadonlySet<string> = new Set(['REOPENED', 'FLAP_START']);

/** Incidents of one message that a program is told one by one; the rest is counted. */
const mostFacts = 10;

/**
 * What a cycle has to say to each way out, in order: `drafts`, then `words` about the monitor itself. A further way out
 * has no threads and hears of alerts, ends and returns only. PagerDuty hears of each incident by itself, and nothing
 * about the monitor.
 */
export function addressed(
  drafts: readonly Draft[],
  words: readonly Notification[],
  cycleId: string,
  stamp: CycleStamp,
): readonly Notification[] {
  return [
    ...drafts.flatMap((draft) => draftFor(draft, cycleId, stamp)),
    ...words.flatMap((word) => wordFor(word, stamp)),
  ];
}

function draftFor(draft: Draft, cycleId: string, stamp: CycleStamp): readonly Notification[] {
  const whole = written(draft, cycleId, stamp.now);
  return targetsOf(stamp).flatMap((target): readonly Notification[] => {
    if (target === 'slack') return [whole];
    if (draft.again === true) return [];
    const isTold = draft.kind === 'full' || draft.kind === 'resolved' || ringing.has(draft.reason);
    if (!isTold || draft.kind === 'edit') return [];
    if (target === 'pagerduty') return oneByOne(draft, whole, stamp.cluster);
    if (target === 'slack-webhook') return [forWay(whole, target)];
    return [{ ...forWay(whole, target), ...told(draft) }];
  });
}

/** A word about the monitor for each way out; nobody is paged for one. */
export function wordFor(
  notification: Notification,
  ways: Pick<CycleStamp, 'targets'>,
): readonly Notification[] {
  return targetsOf(ways).flatMap((target) => {
    if (target === 'slack') return [notification];
    return target === 'pagerduty' ? [] : [forWay(notification, target)];
  });
}

/** The same for a way out; its own alert there, so that neither waits for the other. */
function forWay(notification: Notification, target: FurtherTarget): Notification {
  const { id, alert, kind } = notification;
  return {
    ...notification,
    ...{ id: `${id}-${target}`, target, channel: target, alert: `${target}:${alert}` },
    ...(kind === 'brief' ? { broadcast: true } : {}),
  };
}

function told(draft: Draft): Pick<Notification, 'message' | 'facts'> {
  const lines = linesOf(draft);
  const facts = lines.slice(0, mostFacts).map((line) => factOf(line, draft.view));
  const [first] = facts;
  const text = `${first?.text ?? ''}${leftOutOf(lines.length - 1)}`;
  return { facts, message: { text, blocks: [] } };
}

function oneByOne(draft: Draft, whole: Notification, cluster: string): readonly Notification[] {
  // Each is a page of its own: one that is left out would never be triggered, or never end.
  return linesOf(draft).map((line, at): Notification => {
    const fact = factOf(line, draft.view);
    const way = forWay(whole, 'pagerduty');
    return {
      ...{ ...way, id: `${way.id}-${at + 1}`, alert: `pagerduty:${cluster}/${fact.fingerprint}` },
      ...{ severity: fact.severity, fingerprints: [line.fingerprint], facts: [fact] },
      message: { text: fact.text, blocks: [] },
    };
  });
}

function linesOf({ view, line, fingerprints }: Draft) {
  return fingerprints.length === 1
    ? [line]
    : view.lines.filter(({ fingerprint }) => fingerprints.includes(fingerprint));
}
