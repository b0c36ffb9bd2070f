/** One step of cleaning: what goes is replaced by something that keeps its two neighbours apart. */
type Step = readonly [RegExp, string];

const steps: readonly Step[] = [
  // Control, format (bidi, zero width, tags), private and unassigned characters; variation selectors; invisible letters.
  [/[\p{C}\u3164\u115f\u1160]|\p{Variation_Selector}/gu, ' '],
  [/[<>`|\\]|\$\(|&&/g, ' '],
  [/!?\[([^\]]*)\]\([^)]*\)/g, ' $1 '],
  [
    /(?:\b(?:[a-z][a-z0-9+.-]*:\/\/|(?:mailto|javascript|data|vbscript):|www\.)|:\/\/)\S*/gi,
    '[link removed]',
  ],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b(?::\d+)?/g, '[address]'],
  [/@\s*[\p{L}\p{N}_-]*/gu, '[mention]'],
  [/!(?:here|channel|everyone|subteam)\b/gi, '[mention]'],
  [/##\[[^\]]*\]?/g, ' '],
  [/#\s*[\p{L}\p{N}_-]*/gu, '[channel]'],
  [/::+/g, ' '],
  [
    /\b(?:kubectl|helm|curl|wget|bash|ssh|docker|sudo|eval|powershell)\b[^.;,]*/gi,
    '[command removed]',
  ],
];

/** Any of it left: the text is withheld, not cleaned again. */
const dirty = [
  /[<>`|\\@#]|\$\(|&&|::|:\/\//,
  /\p{C}/u,
  /\]\(/,
  /\b(?:mailto|javascript|data|vbscript):/i,
  /\bwww\./i,
  /\b(?:kubectl|helm|curl|wget|bash|ssh|docker|sudo|eval|powershell)\b/i,
];
/** Long and without words: a key, a token, or base64 of one. Names of the pack are masked before. */
const opaque = /[A-Za-z0-9+/=_-]{32,}/;

const rounds = 3;

/** A model's sentence as people may read it, at most `limit` UTF-16 units, cut at a word; null where it cannot be made harmless or says nothing. */
export function cleanProse(
  text: unknown,
  limit: number,
  names: ReadonlySet<string>,
): string | null {
  if (typeof text !== 'string') return null;
  // Nobody needs more than a few sentences: what a hostile answer adds behind is not even looked at.
  let clean = text.slice(0, 4 * limit).toWellFormed();
  for (let round = 0; round < rounds; round++) {
    const next = cutAtWord(once(clean, names), limit);
    if (next === clean) return isHarmless(clean, names) ? clean : null;
    clean = next;
  }
  return once(clean, names) === clean && isHarmless(clean, names) ? clean : null;
}

function once(text: string, names: ReadonlySet<string>): string {
  let clean = text.normalize('NFKC');
  for (const [pattern, replacement] of steps) clean = clean.replace(pattern, replacement);
  clean = clean.replace(/[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+/gu, (token) =>
    names.has(token) || /^[\d.]+$/.test(token) ? token : token.replaceAll('.', '[.]'),
  );
  return clean.replace(/\s+/gu, ' ').trim();
}

function cutAtWord(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit - 4).toWellFormed();
  const space = head.lastIndexOf(' ');
  // Three dots, not an ellipsis: NFKC would turn that into three, and the text would never be stable.
  return `${space > 0 ? head.slice(0, space) : head} ...`;
}

function isHarmless(text: string, names: ReadonlySet<string>): boolean {
  if (!/\p{L}/u.test(text)) return false;
  if (dirty.some((pattern) => pattern.test(text))) return false;
  return text.split(' ').every((word) => names.has(word) || !opaque.test(word));
}

const soothing =
  /\b(?:ignore|false alarm|no action|not? needed|healthy|drill|planned|maintenance|harmless|all good|safe to|expected behaviou?r)\b/i;

/** Words that would put people back to sleep: not to be believed of something loud. English only, a help and no guarantee. */
export function soothes(text: string): boolean {
  return soothing.test(text);
}
