import {
  decodeBase64,
  redactEncoded,
  redactPrivateKeys,
  redactSecretObjects,
} from './redaction-blocks.ts';
import { lineRules } from './redaction-rules.ts';

/** How often what was decoded is decoded again: a registry login inside a kubeconfig inside a Secret. */
const deepest = 3;

/** `text` with every secret that a rule knows replaced by `[redacted:kind]`. Pure and idempotent; linear in the text's length, and next to free for names, times and images. */
export function redact(text: string): string {
  if (isPlain(text)) return text;
  let clean = text;
  for (let pass = 0; pass < mostPasses; pass++) {
    const next = redactAt(clean, 0);
    if (next === clean) break;
    clean = next;
  }
  return clean;
}

/** What one rule put in can make another see more, such as a login that ends in what was base64; the second pass nearly always changes nothing. */
const mostPasses = 5;

/** Words, times, numbers, lower-case names and image references in which nothing hints at a secret. */
function isPlain(text: string): boolean {
  if (text.length < 8) return true;
  if (
    !/^(?:[A-Za-z]{8,40}|[\d:.TZ+-]{8,40}|[a-z0-9][a-z0-9./:-]{7,260}(?:@sha256:[a-f0-9]{64})?)$/.test(
      text,
    )
  )
    return false;
  return !/:\/\/|xox|xapp|sk-|pul-|pass|pwd|secret|token|key|auth|cred|dapi|\.[a-z0-9]{16}$|gl[a-z]{2,5}-/.test(
    text,
  );
}

function redactAt(text: string, depth: number): string {
  let clean = redactSecretObjects(redactPrivateKeys(withoutInvisible(text)));
  clean = redactLines(clean);
  if (depth >= deepest) return clean;
  clean = clean.replace(basicLogin, (match, head: string, login: string) =>
    decodeBase64(login)?.includes(':') === true ? `${head}[redacted:authorization]` : match,
  );
  return redactEncoded(clean, (decoded) => redactAt(decoded, depth + 1) !== decoded);
}

const basicLogin = /(\bbasic\s{1,4})([\w+/-]{8,512}={0,2})/gi;

function redactLines(text: string): string {
  let clean = text;
  let lower = text.toLowerCase();
  for (const { hints, pattern, replace } of lineRules) {
    if (!hints.some((hint) => lower.includes(hint))) continue;
    const next = clean.replace(pattern, (...found: readonly unknown[]) => {
      const groups = found.filter((each) => typeof each === 'string');
      const at = Number(found.find((each) => typeof each === 'number'));
      return replace(groups, clean.slice(Math.max(0, at - 60), at)) ?? groups[0] ?? '';
    });
    if (next === clean) continue;
    clean = next;
    lower = clean.toLowerCase();
  }
  return clean;
}

/** Colours and zero-width characters split a token where the eye sees none. */
const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const escapeCharacter = String.fromCharCode(27);
const colours = new RegExp(`${escapeCharacter}(?:\\[[0-9;]{0,20}[A-Za-z])?`, 'g');

function withoutInvisible(text: string): string {
  const visible = text.replace(invisible, '');
  return visible.includes(escapeCharacter) ? visible.replace(colours, '') : visible;
}
