import { refusedFor, sizeOf } from '../../__tests__/core/lifecycle/refused-days.ts';
import type { Target } from '../../src/core/model/notification.ts';

const services = 150;
const everyWay: readonly Target[] = ['slack', 'slack-webhook', 'webhook', 'pagerduty'];

/** What days of refusal leave behind. */
interface Refusal {
  readonly days: number;
  /** Alerts and ends that were decided. */
  readonly decided: number;
  /** Bytes of the stored document. */
  readonly largestState: number;
  /** Incidents that the one message for the rest counts, at the end. */
  readonly counted: number;
}

function liveRefused(days: number, targets?: readonly Target[]): Refusal {
  let [decided, largestState] = [0, 0];
  const monitored = refusedFor(days, services, targets, ({ state, decided: { verdicts } }) => {
    decided += verdicts.filter(({ notify }) => notify === 'full' || notify === 'resolved').length;
    largestState = Math.max(largestState, sizeOf(state));
  });
  const slack = monitored.state().outbox.filter(({ target }) => target === undefined);
  const counted = slack.reduce((sum, { missed }) => sum + (missed?.number ?? 0), 0);
  return { days, decided, largestState, counted };
}

/** Fourteen days for the Slack app, three for all four ways out. */
export function liveRefusals(): readonly [Refusal, Refusal] {
  return [liveRefused(14), liveRefused(3, everyWay)];
}

/** What docs/reliability.md says of it. */
export function refusalSection([app, all]: readonly [Refusal, Refusal]): string {
  return `## When nothing can be delivered for days

\`npm run simulate refusal\` lives through days in which every way out refuses everything (a revoked token, a wrong channel): ${services} services, about half of them down at any time, a cycle every quarter of an hour.

- ${app.days} days with the Slack app, ${app.decided.toLocaleString('en')} alerts and ends: the stored state was never larger than ${kilo(app.largestState)} KB. What is open has its alert, the last twenty that are over theirs; one message counts the other ${app.counted.toLocaleString('en')}, names the worst, and says where all of them are.
- ${all.days} days with all four ways out: never larger than ${kilo(all.largestState)} KB.

The bound: 256 KiB with the Slack app, 640 KiB with all four, for 150 open incidents.`;
}

function kilo(bytes: number): string {
  return (bytes / 1000).toFixed(0);
}
