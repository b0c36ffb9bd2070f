import { expect, test } from '@jest/globals';
import {
  classOf,
  type FaultClass,
  isUnfit,
  maybeDelivered,
  sayFault,
  secondsOf,
} from '../../../src/adapters/slack/errors.ts';
import { type Fault, readFault } from '../../../src/adapters/slack/faults.ts';

const at = {
  channel: 'C0123',
  apiUrl: 'https://slack.com/api/',
  now: Date.parse('2026-01-01T12:00:00Z'),
};

function refusal(code: string, more: Partial<Extract<Fault, { kind: 'refused' }>> = {}): Fault {
  return { kind: 'refused', code, needed: null, remarks: [], retryAfterSeconds: null, ...more };
}

test.each<[FaultClass, string, string]>([
  ['mend', 'invalid_auth not_authed account_inactive token_revoked token_expired', 'reinstall'],
  ['mend', 'missing_scope not_allowed_token_type is_bot', 'OAuth & Permissions'],
  ['mend', 'channel_not_found team_not_found', 'Slack knows no channel C0123'],
  ['mend', 'not_in_channel no_permission', '/invite @kube-vigil'],
  ['mend', 'is_archived is_inactive', 'Channel C0123 is archived'],
  [
    'mend',
    'restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel posting_to_general_channel_denied messages_tab_disabled',
    'let apps post there',
  ],
  [
    'mend',
    'access_denied ekm_access_denied app_access_restricted enterprise_is_restricted org_login_required two_factor_setup_required slack_connect_file_upload_sharing_blocked',
    'administrators',
  ],
  ['mend', 'accesslimited', 'allowed IP ranges'],
  [
    'elsewhere',
    'restricted_action_non_threadable_channel restricted_action_thread_locked cannot_reply_to_message thread_not_found',
    'go to the channel',
  ],
  [
    'elsewhere',
    'message_not_found cant_update_message edit_window_closed block_mismatch streaming_state_conflict',
    'can no longer be edited',
  ],
  [
    'cut',
    'msg_too_long msg_blocks_too_long attachment_payload_limit_exceeded too_many_attachments metadata_too_large',
    'too long',
  ],
  ['retry', 'ratelimited rate_limited message_limit_exceeded', 'Slack limits'],
  [
    'retry',
    'service_unavailable internal_error fatal_error request_timeout team_added_to_org external_channel_migrating update_failed',
    'kept for the next cycle',
  ],
  [
    'bug',
    'invalid_blocks invalid_blocks_format invalid_attachments invalid_metadata_format invalid_metadata_schema invalid_arguments invalid_arg_name invalid_array_arg invalid_form_data invalid_charset invalid_post_type missing_post_type no_text markdown_text_conflict as_user_not_supported duplicate_channel_not_found draft_not_found too_many_contact_cards missing_file_data send_on_behalf_not_permitted',
    'please report',
  ],
  [
    'mend',
    'unknown_method method_deprecated deprecated_endpoint no_error_code',
    'does not answer as Slack',
  ],
  ['retry', 'something_new', 'Slack answered something_new'],
])('%s: %s', (expected, codes, words) => {
  for (const code of codes.split(' ')) {
    expect([code, classOf(refusal(code))]).toEqual([code, expected]);
    expect(sayFault(refusal(code), at)).toContain(words);
  }
});

test.each<[string, Fault, FaultClass, boolean, string]>([
  ['5xx', { kind: 'status', status: 503 }, 'retry', true, 'HTTP 503'],
  ['404', { kind: 'status', status: 404 }, 'mend', false, 'does not answer as Slack'],
  ['HTML', { kind: 'foreign' }, 'mend', false, 'check SLACK_API_URL'],
  ['timeout', { kind: 'silent', reason: 'timeout', sent: true }, 'retry', true, '(timeout)'],
  ['refused', { kind: 'silent', reason: 'ECONNREFUSED', sent: false }, 'retry', false, 'ECONNREF'],
  ['429', { kind: 'limited', retryAfterSeconds: 90 }, 'retry', false, 'at 2026-01-01T12:01:30Z'],
  ['late', { kind: 'late' }, 'retry', false, 'used up'],
])('%s', (_name, fault, expected, maybe, words) => {
  expect(classOf(fault)).toBe(expected);
  expect(maybeDelivered(fault)).toBe(maybe);
  expect(sayFault(fault, at)).toContain(words);
});

test.each([
  ['fatal_error', true],
  ['internal_error', true],
  ['service_unavailable', false],
  ['invalid_auth', false],
])('Slack says %s: may be delivered is %s', (code, expected) => {
  expect(maybeDelivered(refusal(code))).toBe(expected);
});

test('the scope that is needed is named, and nothing that is not one', () => {
  expect(sayFault(refusal('missing_scope', { needed: 'chat:write.public' }), at)).toContain(
    'lacks the scope chat:write.public:',
  );
  expect(sayFault(refusal('missing_scope', { needed: '::error::x y' }), at)).toContain(
    'lacks the scope chat:write:',
  );
});

test('a whole page in place of a code stays out of the sentence', () => {
  expect(sayFault(refusal('<html>::set-output</html>'), at)).toBe(
    'Slack answered an unknown error; kept for the next cycle',
  );
});

test("Slack's pointer into a bad block is told", () => {
  const fault = refusal('invalid_blocks', {
    remarks: ['[ERROR] no more than 50 [json-pointer:/b]'],
  });
  expect(sayFault(fault, at)).toContain('(invalid_blocks: [ERROR] no more than 50');
});

test('Retry-After is read from both places where Slack puts it', () => {
  expect(secondsOf(refusal('ratelimited', { retryAfterSeconds: 7 }))).toBe(7);
  expect(secondsOf({ kind: 'limited', retryAfterSeconds: 8 })).toBe(8);
  expect(secondsOf({ kind: 'foreign' })).toBeNull();
});

test.each([
  ['ECONNREFUSED', false],
  ['ENOTFOUND', false],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', false],
  ['SELF_SIGNED_CERT_IN_CHAIN', false],
  ['UND_ERR_CONNECT_TIMEOUT', false],
  ['ECONNRESET', true],
  ['UND_ERR_SOCKET', true],
])('%s deep inside: was it sent? %s', (code, sent) => {
  const original = Object.assign(new TypeError('fetch failed'), { cause: { code } });
  expect(readFault({ code: 'slack_webapi_request_error', original })).toEqual({
    kind: 'silent',
    reason: code,
    sent,
  });
});

test.each([null, undefined, 'text', new Error('plain')])('%p is no answer', (thrown) => {
  expect(readFault(thrown)).toEqual({ kind: 'silent', reason: 'no answer', sent: true });
});

test.each<[string, Fault, boolean]>([
  ['too long in every form', refusal('msg_too_long'), true],
  ['not what Slack takes', refusal('invalid_blocks'), true],
  ['a code that nobody knows', refusal('something_new'), true],
  ['a thing that a person must mend', refusal('not_in_channel'), false],
  ['a thing that passes', refusal('ratelimited'), false],
  ['a place that takes none', refusal('thread_not_found'), false],
  ['no answer', { kind: 'silent', reason: 'timeout', sent: true }, false],
])('the message itself is at fault where it is %s: %p', (_name, fault, expected) => {
  expect(isUnfit(fault)).toBe(expected);
});

test('a name and a password in the address are not said', () => {
  const there = { channel: 'C1', apiUrl: 'http://user:hunter2@127.0.0.1:9/api/', now: 0 };
  for (const fault of [
    refusal('unknown_method'),
    { kind: 'status', status: 404 },
    { kind: 'silent', reason: 'timeout', sent: true },
  ] as const) {
    expect(sayFault(fault, there)).toContain('http://127.0.0.1:9/api/');
    expect(sayFault(fault, there)).not.toContain('hunter2');
  }
});
