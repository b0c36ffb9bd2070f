const privateKey = '[redacted:private-key]';
const begin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const end = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const armour = /-----(BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/** Real line ends and those of JSON strings, also of JSON inside JSON. */
const lineEnd = /(\r?\n|(?:\\{1,4}r)?\\{1,4}n)/;

/** Private keys in PEM: whole ones, with a log's prefix on each line, `\n`-escaped, and both halves of a cut one. Certificates and public keys stay. */
export function redactPrivateKeys(text: string): string {
  if (!text.includes('PRIVATE KEY')) return text;
  // Lines at even places, what parts them at odd ones.
  const parts = text.split(lineEnd);
  const kept: string[] = [];
  let inside = false;
  for (let at = 0; at < parts.length; at += 2) {
    const line = parts[at] ?? '';
    if (inside) {
      if (!end.test(line)) inside = isKeyLine(line) || end.test(parts[at + 2] ?? '');
      else if (!begin.test(line)) {
        inside = false;
        kept[kept.length - 1] = '';
        kept.push(afterEnd(line), parts[at + 1] ?? '');
        continue;
      }
      if (inside) continue;
    }
    if (!begin.test(line) && end.test(line)) dropKeyLines(kept);
    const redacted = redactKeysInLine(line);
    inside = redacted.open;
    kept.push(redacted.line, parts[at + 1] ?? '');
  }
  return kept.join('');
}

function afterEnd(line: string): string {
  const found = end.exec(line);
  return found === null ? line : line.slice(found.index + found[0].length);
}

/** Ends in base64, whatever stands before it, or is a header inside the armour. */
function isKeyLine(line: string): boolean {
  const tail = line.slice(-120).trimEnd();
  return tail === '' || /[A-Za-z0-9+/=]{16}$/.test(tail) || /^[\w-]{1,30}: /.test(tail);
}

/** The tail of a key whose beginning was cut away: the lines just before its END. */
function dropKeyLines(kept: string[]): void {
  while (kept.length >= 2 && /[A-Za-z0-9+/=]{40}\s*$/.test((kept.at(-2) ?? '').slice(-120)))
    kept.length -= 2;
}

/** All keys that begin and end in one line, and the beginning of one that goes on. */
function redactKeysInLine(line: string): { readonly line: string; readonly open: boolean } {
  let clean = '';
  let open = false;
  let from = 0;
  for (const found of line.matchAll(armour)) {
    const between = line.slice(from, found.index);
    // Before an END without a BEGIN stands the tail of a key.
    if (found[1] === 'BEGIN') clean += (open ? afterKey(between) : between) + privateKey;
    else if (!open) clean += privateKey;
    open = found[1] === 'BEGIN';
    from = found.index + found[0].length;
  }
  const rest = open ? afterKey(line.slice(from)) : line.slice(from);
  return { line: clean + rest, open: open && rest === '' };
}

/** What is left of the text behind a BEGIN once everything like a key is gone. */
function afterKey(text: string): string {
  return text.slice(/^(?:[ \t]{0,8}[A-Za-z0-9+/=]{16,})*[ \t]*/.exec(text)?.[0].length ?? 0);
}

/** `data` and `stringData` of a Secret that somebody printed, as JSON (also escaped) or YAML. */
export function redactSecretObjects(text: string): string {
  if (!/\bkind\\{0,3}["']?\s{0,4}:\s{0,4}\\{0,3}["']?Secret\b/.test(text)) return text;
  return redactYamlData(
    text.replace(
      /(\\{0,3}"(?:data|stringData)\\{0,3}"\s{0,8}:\s{0,8})\{[^{}]*\}?/g,
      '$1"[redacted:secret-data]"',
    ),
  );
}

function redactYamlData(text: string): string {
  let depth = -1;
  const lines = text.split('\n').map((line) => {
    const indent = line.length - line.trimStart().length;
    if (depth >= 0 && (indent > depth || line.trim() === '')) {
      const key = /^\s*(?:- )?["']?[\w.-]{1,253}["']?:(?=\s)/.exec(line)?.[0];
      return key === undefined ? redactedLine(line) : `${key} [redacted:secret-data]`;
    }
    depth = /^\s*(?:data|stringData):\s*$/.test(line.slice(0, 200)) ? indent : -1;
    return line;
  });
  return lines.join('\n');
}

function redactedLine(line: string): string {
  return line.trim() === '' ? line : '[redacted:secret-data]';
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const digits = new Map(
  `${alphabet}-_`.split('').map((character, at) => [character, at > 63 ? at - 2 : at]),
);
/** A run of base64 long enough to hide something, not in the middle of another. */
const encoded = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,}={0,2}/g;

/** Base64 whose decoding `isSecret` becomes `[redacted:base64]`: kubeconfigs, keys and registry logins travel so. */
export function redactEncoded(text: string, isSecret: (decoded: string) => boolean): string {
  return text.replace(encoded, (run) => {
    // A pod's or a node's name is of the same letters, but has no capitals; what decodes to no text is a hash.
    if (!/[A-Z]/.test(run) || decodeBase64(run.slice(0, 24)) === undefined) return run;
    const decoded = decodeBase64(run);
    return decoded !== undefined && isSecret(decoded) ? '[redacted:base64]' : run;
  });
}

/** The text that base64 (either alphabet) stands for, `?` for what is not ASCII; undefined where that is more than an eighth: then it is no text. */
export function decodeBase64(run: string): string | undefined {
  let text = '';
  let bits = 0;
  let held = 0;
  let strange = 0;
  for (const character of run) {
    const digit = digits.get(character);
    if (digit === undefined) break;
    held = ((held << 6) | digit) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const byte = (held >> bits) & 0xff;
    if (byte < 9 || (byte > 13 && byte < 32)) return undefined;
    if (byte > 126) strange += 1;
    text += byte > 126 ? '?' : String.fromCharCode(byte);
  }
  return strange * 8 > text.length ? undefined : text;
}
