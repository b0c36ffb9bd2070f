import { ailmentOf, isAiling } from './lifecycle/health.ts';
import { refusedEntries } from './lifecycle/undelivered.ts';
import type { CycleStamp } from './model/cycle.ts';
import type { HealthIssue } from './model/health-issue.ts';
import type { MonitorState } from './model/state.ts';
import { isOlder } from './model/time.ts';
import {
  type HealthFacts,
  healthAgain,
  healthBody,
  healthClosing,
  healthTitle,
  healthWorse,
} from './render/markdown-health.ts';

/** Seconds after its end in which a health issue is opened again rather than followed by another. */
const reopenWindow = 24 * 60 * 60;

/** What the issue about the monitor should say; null: it is nobody's business in this cycle. While another run is opening it, this one leaves it alone. */
export function healthIssueOf(
  before: MonitorState,
  after: MonitorState,
  stamp: CycleStamp,
  lastError: string | null,
): HealthIssue | null {
  const ails = isAiling(after);
  const { healthIssue: known, issueClaim, closedIssue } = after;
  if (ails && known === null && issueClaim?.run !== stamp.run) return null;
  if (!ails && known === null && !isAiling(before)) return null;
  const ailment = ailmentOf(after);
  const facts = factsOf(after, stamp, lastError);
  const title = (blind: boolean, mute: boolean) => healthTitle(stamp.cluster, { blind, mute });
  const { blind, mute } = ailment;
  const isRecent = closedIssue !== undefined && !isOlder(closedIssue.at, reopenWindow, stamp.now);
  return {
    cluster: stamp.cluster,
    title: title(blind, mute),
    body: ails ? healthBody(facts, blind) : null,
    closing: healthClosing(
      { ...facts, lastSuccessfulCycle: before.lastSuccessfulCycle },
      ailmentOf(before),
      stamp.now,
    ),
    worse: {
      than: [
        ...(blind ? [title(false, true)] : []),
        ...(blind && mute ? [title(true, false)] : []),
      ],
      comment: healthWorse(facts, ailment),
    },
    again: isRecent ? { number: closedIssue.number, comment: healthAgain } : null,
  };
}

function factsOf(
  state: MonitorState,
  { cluster, runUrl }: CycleStamp,
  lastError: string | null,
): HealthFacts {
  const refused = refusedEntries(state.outbox);
  const [first] = refused;
  const isMute = ailmentOf(state).mute && first !== undefined;
  return {
    cluster,
    runUrl,
    lastError,
    failedCycles: state.failedCycles,
    lastSuccessfulCycle: state.lastSuccessfulCycle,
    lastStatus: state.lastCycleStatus,
    undelivered: isMute
      ? {
          messages: refused.length,
          cycles: state.undelivered?.cycles ?? 0,
          since: first.decidedAt,
          channel: first.channel,
          answer: first.error,
        }
      : null,
  };
}
