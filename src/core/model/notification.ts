import type { Severity } from './decision.ts';

/** full: a root message. brief, resolved: replies in its thread. edit: the root message brought up to date (notifies nobody). health: the monitor about itself. */
export type NotificationKind = 'full' | 'brief' | 'resolved' | 'edit' | 'health' | 'test';

/** Ways out: the Slack app (bot token), an incoming Slack webhook, a signed JSON webhook, PagerDuty's Events API v2. */
export type Target = 'slack' | FurtherTarget;
export type FurtherTarget = 'slack-webhook' | 'webhook' | 'pagerduty';

/** The ways out of a cycle; the Slack app alone unless it says otherwise. */
export function targetsOf({
  targets,
}: {
  readonly targets?: readonly Target[] | undefined;
}): readonly Target[] {
  return targets ?? ['slack'];
}

/** One incident for a program. Plain text, cut to length. */
export interface Fact {
  /** The same from the first alert to the end, whatever else fails of it in between. */
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly state: string;
  /** One line that says all. */
  readonly text: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly reason: string;
  readonly summary: string;
  readonly services: readonly string[];
  /** RFC 3339, or null. */
  readonly since: string | null;
}

/** A message as Slack takes it (chat.postMessage or chat.update), without channel and thread. Blocks are Block Kit, checked by render's tests. */
export interface SlackMessage {
  /** One plain line for lock screens and screen readers, at most 150 UTF-16 units, `&<>` escaped. */
  readonly text: string;
  readonly blocks: readonly { readonly [key: string]: unknown }[];
  readonly attachments?: readonly { readonly [key: string]: unknown }[] | undefined;
}

/** One message to one channel, decided and always with a reason (alert life-cycle codes such as NEW, WORSE, REPEAT, RESOLVED). */
export interface Notification {
  /** `<cycle_id>-<n>`: stable when `decide` runs again on the same state. */
  readonly id: string;
  readonly kind: NotificationKind;
  readonly reason: string;
  readonly severity: Severity;
  /** Slack's, or the name of the further way out. */
  readonly channel: string;
  /** The further way out; absent: the Slack app. */
  readonly target?: FurtherTarget | undefined;
  /** What a program is told, for `webhook` and `pagerduty`. */
  readonly facts?: readonly Fact[] | undefined;
  /** The alert (root message) this is, replies to or edits. */
  readonly alert: string;
  readonly fingerprints: readonly string[];
  /** A reply that the whole channel sees too; absent: only the thread. */
  readonly broadcast?: true | undefined;
  /** Another alert in which more is told; its link is put in once it stands in Slack. */
  readonly refersTo?: string | undefined;
  readonly message: SlackMessage;
  /** The cycle that decided it, and that cycle's `now` (RFC 3339). */
  readonly cycleId: string;
  readonly decidedAt: string;
  /** Slack may have taken it although nothing says so: it is looked up before it is sent again; absent: surely not. */
  readonly maybe?: true | undefined;
  /** An alert that says that it has ended: Slack did not take it while it lasted. */
  readonly late?: true | undefined;
  /** Wall clock, RFC 3339: when the first try began of which that is not known; absent: after it was decided. */
  readonly triedAt?: string | undefined;
}

/** A notification that Slack has not accepted yet. */
export interface OutboxEntry extends Notification {
  /** pending: sent with unknown outcome if its run died. undelivered: Slack did not take it, no run owns it. */
  readonly status: 'pending' | 'undelivered';
  /** The run that is sending it, and since when (RFC 3339); null while undelivered. */
  readonly run: string | null;
  readonly claimedAt: string | null;
  /** How often Slack was tried. */
  readonly attempts: number;
  /** RFC 3339: not before then (Slack's Retry-After); null: at once. */
  readonly notBefore: string | null;
  /** The last refusal in one plain sentence; null before the first. */
  readonly error: string | null;
  /** How often this very message was refused; absent: never. */
  readonly unfit?: number | undefined;
  /** PagerDuty has surely never heard of its incident. */
  readonly first?: true | undefined;
  /** It stands for so many incidents that came and went; absent: it is about its own. */
  readonly missed?: Missed | undefined;
}

/** Incidents that began and ended while a way out took nothing, and for which there was no more room one by one. */
export interface Missed {
  readonly number: number;
  /** RFC 3339: when the first and the last of them were decided. */
  readonly from: string;
  readonly to: string;
  /** The line of the worst, as its message had it. */
  readonly worst: string;
}

/** What became of one notification in this cycle. */
export interface Receipt {
  readonly id: string;
  readonly accepted: boolean;
  /** Slack's own ids of the message, where it was accepted. */
  readonly channel: string | null;
  readonly ts: string | null;
  /** One sentence that says what to do, redacted; null where accepted. */
  readonly error: string | null;
  /** Slack may have taken it, now or before, although no answer came. */
  readonly maybeDelivered: boolean;
  /** The time was used up: Slack was not asked. */
  readonly unsent?: true | undefined;
  /** It was there already; nothing was sent now. */
  readonly found?: true | undefined;
  /** This very message is refused; no other would be for that. */
  readonly unfit?: true | undefined;
  /** The alert was gone from Slack: this message stands in the channel, and for the alert from now on. */
  readonly adopted?: true | undefined;
  /** Slack lets nobody edit this alert any more; what the edit says is in its thread. */
  readonly fixed?: true | undefined;
  /** Seconds until Slack wants to be asked again. */
  readonly retryAfterSeconds: number | null;
}
