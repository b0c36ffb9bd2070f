/** At most `limit` UTF-16 units, never half a character, an ellipsis where something was cut. Lone surrogates become U+FFFD. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit && text.isWellFormed()) return text;
  const whole = text.slice(0, limit + 1).toWellFormed();
  if (text.length <= limit) return whole;
  let kept = '';
  for (const character of text.slice(0, limit).toWellFormed()) {
    if (kept.length + character.length > limit - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** `3 pods`, `1 pod`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** By UTF-16 units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
