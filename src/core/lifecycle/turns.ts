import { compareSeverity } from '../model/decision.ts';
import type { OutboxEntry } from '../model/notification.ts';

/** What gets a place among the messages of a cycle first: what is down now, the monitor about itself, what has ended, what changed; an edit notifies nobody. */
const ranks = { full: 0, health: 1, test: 1, resolved: 2, brief: 3, edit: 4 } as const;

/** An alert that is over comes with the ends. */
export function compareRanks(a: OutboxEntry, b: OutboxEntry): number {
  const byRank = rankOf(a) - rankOf(b);
  return byRank === 0 && rankOf(a) === 0 ? compareSeverity(a.severity, b.severity) : byRank;
}

function rankOf({ kind, late }: OutboxEntry): number {
  return late === true ? ranks.resolved : ranks[kind];
}

/**
 * In the order in which a cycle sends: Slack's alerts, the worst first, each behind what was said before about the same
 * incidents, or people would read an old end after a new beginning; every other way out as decided, since it knows no
 * threads; Slack's other messages as decided; edits. `due` as decided.
 */
export function inTurn(due: readonly OutboxEntry[]): readonly OutboxEntry[] {
  const alerts = due.filter(isAlert).toSorted((a, b) => compareSeverity(a.severity, b.severity));
  const first = new Set(alerts.flatMap((alert) => [...wordsBefore(alert, due), alert]));
  const rest = due.filter((entry) => !first.has(entry));
  return [...first, ...rest.toSorted((a, b) => turnOf(a) - turnOf(b))];
}

function isAlert(entry: OutboxEntry): boolean {
  return entry.target === undefined && rankOf(entry) === ranks.full;
}

/** Earlier replies about what the alert tells, behind the alerts that they reply to. */
function wordsBefore(alert: OutboxEntry, due: readonly OutboxEntry[]): readonly OutboxEntry[] {
  const earlier = due.slice(0, due.indexOf(alert)).filter(({ target }) => target === undefined);
  const words = earlier
    .filter(({ kind }) => kind === 'resolved' || kind === 'brief')
    .filter(({ fingerprints }) => fingerprints.some((each) => alert.fingerprints.includes(each)));
  const threads = new Set(words.map((word) => word.alert));
  const roots = earlier.filter(({ kind, alert: root }) => kind === 'full' && threads.has(root));
  return [...roots, ...words];
}

function turnOf({ target, kind }: OutboxEntry): number {
  if (target !== undefined) return 0;
  return kind === 'edit' ? 2 : 1;
}
