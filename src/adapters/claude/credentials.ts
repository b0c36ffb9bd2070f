import { Failure } from '../../core/model/failure.ts';
import { isLoopback } from '../../core/model/loopback.ts';

/**
 * Every variable that the SDK reads by itself (1.13.0: client, credentials, tracing), mostly before it looks at its options:
 * read what is ours first, then delete these from `process.env` before this adapter is used.
 */
export const sdkEnvironment = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_AUTH_TOKEN',
  'ANTHROPIC_BASE_URL',
  'ANTHROPIC_CUSTOM_HEADERS',
  'ANTHROPIC_WEBHOOK_SIGNING_KEY',
  'ANTHROPIC_LOG',
  'ANTHROPIC_PROFILE',
  'ANTHROPIC_CONFIG_DIR',
  'ANTHROPIC_FEDERATION_RULE_ID',
  'ANTHROPIC_ORGANIZATION_ID',
  'ANTHROPIC_SERVICE_ACCOUNT_ID',
  'ANTHROPIC_WORKSPACE_ID',
  'ANTHROPIC_IDENTITY_TOKEN',
  'ANTHROPIC_IDENTITY_TOKEN_FILE',
  'ANTHROPIC_SCOPE',
  'ANTHROPIC_OPEN_TELEMETRY',
  'ANTHROPIC_OPEN_TELEMETRY_PROPAGATION',
  'ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE',
  'ANTHROPIC_OPEN_TELEMETRY_TRACES_MAX_CONTENT_BYTES',
] as const;

/** The key without blanks around it; null where none is given. Throws Failure CONFIG_INVALID, without the key in it. */
export function claudeKey(raw: string | null | undefined): string | null {
  const key = raw?.trim() ?? '';
  if (key === '') return null;
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new Failure(
    'CONFIG_INVALID',
    'The key for Claude holds a blank, a line break or a character that no key has',
    {
      hint: 'Paste the key again into anthropic-api-key (ANTHROPIC_API_KEY on the command line)',
    },
  );
}

/** Where Claude is asked instead of its own address, without a slash at the end; null: its own. Throws Failure CONFIG_INVALID. */
export function claudeBaseUrl(raw: string | null | undefined): string | null {
  const text = raw?.trim() ?? '';
  if (text === '') return null;
  const wrong = URL.canParse(text) ? whatIsWrong(new URL(text)) : 'is no URL';
  if (wrong === null) return text.replace(/\/+$/, '');
  throw new Failure('CONFIG_INVALID', `ANTHROPIC_BASE_URL: ${wrong}`, {
    hint: 'Write it like https://gateway.example.com/anthropic, or unset it',
  });
}

/** The SDK spoils a path before a query and cannot call with credentials; key and evidence go out only encrypted. */
function whatIsWrong(url: URL): string | null {
  if (url.username !== '' || url.password !== '') return 'must hold no user name or password';
  if (url.search !== '' || url.href.includes('?')) return 'must hold no query';
  if (url.hash !== '' || url.href.includes('#')) return 'must hold no fragment';
  if (url.protocol === 'https:') return null;
  return url.protocol === 'http:' && isLoopback(url.hostname)
    ? null
    : 'must begin with https:// (http:// only on loopback)';
}
