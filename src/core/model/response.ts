/** ack: somebody has it, reminders stop for a while. silence: nothing of it is told for a while. */
export type ResponseAction = 'ack' | 'unack' | 'silence' | 'unsilence';

/** What a person answered to an alert: a reaction, a word in its thread, a comment on the issue. */
export interface Response {
  /** Key into `MonitorState.alerts`; null: everything that is open and told (a comment on the issue). */
  readonly alert: string | null;
  /** Number of the incident in the alert, from 1; null: all in it. */
  readonly number: number | null;
  readonly action: ResponseAction;
  /** For how long, where it says so, in seconds. */
  readonly seconds: number | null;
  /** Slack's id of the person, or the GitHub login. */
  readonly by: string;
  /** GitHub vouches for the person (owner, member, collaborator). Slack vouches for nobody: the catalog's `ackUsers` do. */
  readonly trusted: boolean;
  /** Tells it again: `eyes:U0123ABCD` of a reaction, which has no time and is used up once it counted; a message's ts; `issue:<comment id>`. */
  readonly key: string;
  /** A reaction holds while it stands there; a message was said once. */
  readonly kind: 'reaction' | 'message';
}

/** What somebody asked for and got, of one incident. */
export interface Granted {
  /** As in the response. */
  readonly alert: string | null;
  readonly fingerprint: string;
  readonly action: ResponseAction;
  readonly by: string;
  readonly key: string;
}

/** What somebody asked for and did not get. */
export interface Refused {
  readonly alert: string | null;
  readonly by: string;
  readonly key: string;
  /** Follows the person's name in a sentence; ours, with nothing of theirs in it. */
  readonly why: string;
}

/** What became of a command, for the place where it was written. */
export interface Answered {
  readonly key: string;
  readonly outcome: 'done' | 'partly' | 'refused';
}

/** What is said back in an alert's thread because no other message of the cycle says it. */
export type EchoLine =
  | { readonly by: string; readonly why: string }
  | {
      readonly by: string;
      readonly action: ResponseAction;
      /** Names as the cluster wrote them. */
      readonly names: readonly string[];
      /** RFC 3339; null where nothing holds any more. */
      readonly until: string | null;
    };

/** An alert whose answers are wanted. */
export interface Answerable {
  readonly alert: string;
  readonly channel: string;
  /** Slack's timestamp of the root message. */
  readonly ts: string;
}

/** What was heard in one cycle. */
export interface Heard {
  readonly responses: readonly Response[];
  /** Alerts whose reactions were read whole: one that was there and is not in `responses` was taken back. */
  readonly read: readonly string[];
  /** The Slack workspace's address, as Slack gives it; absent: it did not. */
  readonly slackUrl?: string | undefined;
  /** Why something could not be heard, one sentence each; then nothing that was heard before changes. */
  readonly troubles: readonly string[];
}

export const nothingHeard: Heard = { responses: [], read: [], troubles: [] };
