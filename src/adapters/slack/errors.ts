import { cut } from '../../core/model/text.ts';
import { formatTime } from '../../core/model/time.ts';
import type { Fault } from './faults.ts';

/**
 * What is to be done about a fault: `mend`: a person must act, one try a cycle. `retry`: the next cycle tries again.
 * `cut`: send a smaller form once, now. `elsewhere`: send another form now (a reply into the channel). `bug`: Slack
 * does not take what we built; plain text once, now.
 */
export type FaultClass = 'mend' | 'retry' | 'cut' | 'elsewhere' | 'bug';

/** What the sentences name. */
export interface Circumstances {
  readonly channel: string;
  readonly apiUrl: string;
  /** ms */
  readonly now: number;
}

interface Row {
  readonly codes: readonly (string | RegExp)[];
  readonly class: FaultClass;
  readonly say: (code: string, fault: Fault, at: Circumstances) => string;
}

/** Slack's error codes, first row that matches wins. Source: the reference pages of chat.postMessage and chat.update. */
const rows: readonly Row[] = [
  {
    codes: ['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired'],
    class: 'mend',
    say: (code) =>
      `Slack refused the bot token (${code}): reinstall the app and store the new xoxb- token as SLACK_BOT_TOKEN`,
  },
  {
    codes: ['missing_scope', 'not_allowed_token_type', 'is_bot'],
    class: 'mend',
    say: (_code, fault) =>
      `The Slack app lacks the scope ${neededBy(fault)}: add it under OAuth & Permissions and reinstall the app (a bot token xoxb- is needed)`,
  },
  {
    codes: ['channel_not_found', 'team_not_found'],
    class: 'mend',
    say: (_code, _fault, at) =>
      `Slack knows no channel ${at.channel}, or it is private and the bot is not in it: use its ID (C…) and /invite the bot`,
  },
  {
    codes: ['not_in_channel', 'no_permission'],
    class: 'mend',
    say: (_code, _fault, at) =>
      `The bot is not in ${at.channel}: type /invite @kube-vigil there, or grant the scope chat:write.public`,
  },
  {
    codes: ['is_archived', 'is_inactive'],
    class: 'mend',
    say: (_code, _fault, at) =>
      `Channel ${at.channel} is archived: unarchive it or change the channel`,
  },
  {
    codes: [
      'restricted_action_non_threadable_channel',
      'restricted_action_thread_locked',
      'cannot_reply_to_message',
      'thread_not_found',
    ],
    class: 'elsewhere',
    say: (code) => `Slack takes no reply to the alert (${code}): follow-ups go to the channel`,
  },
  {
    codes: [
      'message_not_found',
      'cant_update_message',
      'edit_window_closed',
      'block_mismatch',
      'streaming_state_conflict',
    ],
    class: 'elsewhere',
    say: (code) => `The alert can no longer be edited (${code}): its thread tells how it goes on`,
  },
  {
    codes: [/^restricted_action/, 'posting_to_general_channel_denied', 'messages_tab_disabled'],
    class: 'mend',
    say: (code, _fault, at) =>
      `Workspace rules stop the bot from posting in ${at.channel} (${code}): let apps post there or choose another channel`,
  },
  {
    codes: ['accesslimited'],
    class: 'mend',
    say: () =>
      `Slack's administrators block this (accesslimited): the runner's address is not in the app's allowed IP ranges`,
  },
  {
    codes: [
      'access_denied',
      'ekm_access_denied',
      'app_access_restricted',
      'enterprise_is_restricted',
      'org_login_required',
      'two_factor_setup_required',
      /^slack_connect_/,
    ],
    class: 'mend',
    say: (code) => `Slack's administrators block this (${code}): ask them to allow the app`,
  },
  {
    codes: [
      'msg_too_long',
      'msg_blocks_too_long',
      'attachment_payload_limit_exceeded',
      'too_many_attachments',
      'metadata_too_large',
    ],
    class: 'cut',
    say: (code) => `Slack found the message too long (${code}), also in its short form`,
  },
  {
    codes: ['ratelimited', 'rate_limited', 'message_limit_exceeded'],
    class: 'retry',
    say: (_code, fault, at) => sayLimit(secondsOf(fault), at.now),
  },
  {
    codes: [
      'service_unavailable',
      'internal_error',
      'fatal_error',
      'request_timeout',
      'team_added_to_org',
      'external_channel_migrating',
      'update_failed',
    ],
    class: 'retry',
    say: (code) => `Slack has trouble (${code}); kept for the next cycle`,
  },
  {
    codes: [
      /^invalid_(blocks|attachments|metadata|arg|array_arg|form_data|charset)/,
      /_post_type$/,
      'no_text',
      'markdown_text_conflict',
      /^(as_user|duplicate|draft|send_on_behalf)_/,
      'too_many_contact_cards',
      'missing_file_data',
    ],
    class: 'bug',
    say: (code, fault) =>
      `Slack did not take our message (${code}${remarkOf(fault)}), nor its plain text; please report this with the cycle's backup file`,
  },
  {
    codes: ['unknown_method', 'method_deprecated', 'deprecated_endpoint', 'no_error_code'],
    class: 'mend',
    say: (_code, _fault, at) => sayForeign(at.apiUrl),
  },
];

/** The class of a fault; what no row names is tried again in the next cycle. */
export function classOf(fault: Fault): FaultClass {
  if (fault.kind === 'refused') return rowOf(fault.code)?.class ?? 'retry';
  if (fault.kind === 'foreign') return 'mend';
  return fault.kind === 'status' && fault.status < 500 ? 'mend' : 'retry';
}

/** One sentence that says what happened and what to do, without a full stop. Nothing of the token is ever in it. */
export function sayFault(fault: Fault, at: Circumstances): string {
  switch (fault.kind) {
    case 'refused':
      return (
        rowOf(fault.code)?.say(sayCode(fault.code), fault, at) ??
        `Slack answered ${sayCode(fault.code)}; kept for the next cycle`
      );
    case 'limited':
      return sayLimit(fault.retryAfterSeconds, at.now);
    case 'status':
      return fault.status < 500
        ? sayForeign(at.apiUrl)
        : `Slack has trouble (HTTP ${fault.status}); kept for the next cycle`;
    case 'foreign':
      return sayForeign(at.apiUrl);
    case 'silent':
      return `Slack gave no answer at ${bare(at.apiUrl)} (${fault.reason}); kept for the next cycle`;
    case 'late':
      return 'The time for Slack was used up before this was sent; kept for the next cycle';
  }
}

/** Whether Slack may show the message although it did not say so. */
export function maybeDelivered(fault: Fault): boolean {
  if (fault.kind === 'silent') return fault.sent;
  if (fault.kind === 'status') return fault.status >= 500;
  return fault.kind === 'refused' && ['fatal_error', 'internal_error'].includes(fault.code);
}

/** Whether it is this very message that Slack does not take, in no form: what we built, or a code that nobody knows. */
export function isUnfit(fault: Fault): boolean {
  if (fault.kind !== 'refused') return false;
  const row = rowOf(fault.code);
  return row === undefined || row.class === 'bug' || row.class === 'cut';
}

/** Seconds until Slack wants to be asked again; null where it did not say. */
export function secondsOf(fault: Fault): number | null {
  if (fault.kind === 'limited' || fault.kind === 'refused') return fault.retryAfterSeconds;
  return null;
}

function rowOf(code: string): Row | undefined {
  return rows.find((row) =>
    row.codes.some((known) => (typeof known === 'string' ? known === code : known.test(code))),
  );
}

/** A code as it is where it looks like one; anything else an answer may hold stays out. */
export function sayCode(code: string): string {
  return /^[a-z0-9_]{1,80}$/.test(code) ? code : 'an unknown error';
}

function neededBy(fault: Fault): string {
  return fault.kind === 'refused' && /^[a-z:._,]{1,80}$/.test(fault.needed ?? '')
    ? (fault.needed ?? '')
    : 'chat:write';
}

function remarkOf(fault: Fault): string {
  const remark = fault.kind === 'refused' ? fault.remarks[0] : undefined;
  return remark === undefined ? '' : `: ${cut(remark, 120)}`;
}

function sayLimit(seconds: number | null, now: number): string {
  const next = seconds === null ? 'in the next cycle' : `at ${formatTime(now + seconds * 1000)}`;
  return `Slack limits the workspace's messages; kept, next try ${next}`;
}

/** An address without the name and password that it may hold. */
function bare(apiUrl: string): string {
  return apiUrl.replace(/\/\/[^/@]*@/, '//');
}

function sayForeign(apiUrl: string): string {
  return `${bare(apiUrl)} does not answer as Slack: check SLACK_API_URL and the proxy`;
}
