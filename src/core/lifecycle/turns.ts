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

/** In which order a cycle sends: Slack's alerts, the worst first; every other way out as decided, since it knows no threads; Slack's other messages as decided; edits. */
export function compareTurns(a: OutboxEntry, b: OutboxEntry): number {
  const byTurn = turnOf(a) - turnOf(b);
  return byTurn === 0 && turnOf(a) === 0 ? compareSeverity(a.severity, b.severity) : byTurn;
}

function turnOf(entry: OutboxEntry): number {
  if (entry.target !== undefined) return 1;
  if (rankOf(entry) === ranks.full) return 0;
  return entry.kind === 'edit' ? 3 : 2;
}
