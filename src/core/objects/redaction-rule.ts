/** One shape of a secret in a line of text. */
export interface RedactionRule {
  /** Lower-case words, one of which a text must contain for `pattern` to be worth trying: cheap, and most texts hold none. */
  readonly hints: readonly string[];
  /** Linear: starts at a literal or a token's beginning, and every repetition before a required part is bounded. */
  readonly pattern: RegExp;
  /** What the match becomes; `undefined` leaves it. `before` is at most 60 characters of the text in front of it. */
  readonly replace: (match: readonly string[], before: string) => string | undefined;
}

export const mark = (kind: string): string => `[redacted:${kind}]`;

/** A rule that replaces the whole match. */
export function whole(kind: string, hints: readonly string[], pattern: RegExp): RedactionRule {
  return { hints, pattern, replace: () => mark(kind) };
}

/** A rule that keeps its first group and replaces what follows, unless that is no secret by its look. */
export function after(kind: string, hints: readonly string[], pattern: RegExp): RedactionRule {
  const replace = ([match = '', head = '']: readonly string[]): string | undefined =>
    isHarmless(match.slice(head.length)) ? undefined : head + mark(kind);
  return { hints, pattern, replace };
}

/** Words and placeholders that stand where a secret would, and the directories of files that hold one. */
const harmless = new RegExp(
  `^(?:${[
    'yes|no|true|false|null|nil|none|undefined|empty|unset|required|missing|invalid|expired|not|must|is|was|cannot|and|or|for|from|to|string|value|flag|option',
    '\\*+|x{3,}|\\.{3,}|-+|[|>][-+]?|%[sdvq]|<[\\w -]*>?|\\$[({].*|\\{\\{.*',
    '\\.{0,2}/(?:etc|var|run|tmp|opt|home|usr|root|secrets?|mnt|app|data|config|certs?|srv|vault|dev|proc|workspace|kubernetes)\\b.*|[a-z]:\\\\.*|file:.*',
  ].join('|')})$`,
  'i',
);

/** Without the punctuation of the sentence it stands in. */
export function word(value: string): string {
  return value.slice(0, 300).replace(/[`.,:)\]]{1,8}$/, '');
}

export function isHarmless(value: string): boolean {
  return value.startsWith('[redacted') || harmless.test(word(value));
}

/** Whether a lone word looks made by a machine: prose such as `token: unexpected status` has none. */
export function looksRandom(value: string): boolean {
  return value.length >= 6 && /\d|[^\w.-]|[a-z][A-Z]/.test(value);
}

/** The same for what follows a bare `secret:` or `token:`, where the names of objects stand too. */
export function looksVeryRandom(value: string): boolean {
  return value.length >= 12 && /\d/.test(value) && /[A-Z].*[a-z]|[a-z].*[A-Z]|[^\w./-]/.test(value);
}
