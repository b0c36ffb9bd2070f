import { cut } from '../model/text.ts';

/** Colours and cursor moves of a terminal: CSI sequences, as logs hold them. */
const ansi = new RegExp(`${String.fromCharCode(27)}\\[[0-?]*[ -/]*[@-~]`, 'g');

/**
 * One line that every sink can go on from: no ANSI, no controls, no line breaks, nothing invisible
 * (zero-width, bidi, tags), no half character, at most `limit` UTF-16 units. May be empty.
 */
export function oneLine(text: string, limit: number): string {
  const visible = text
    .replace(ansi, '')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return cut(visible, limit);
}

/** As `oneLine`, never empty: a name that is nothing but invisible characters becomes `?`. */
export function nameLine(name: string, limit: number): string {
  return oneLine(name, limit) || '?';
}

/**
 * The longest cut of `text` whose escaped form has at most `limit` UTF-16 units: cut first, escape
 * after, measure again, so that no entity is ever cut in two.
 */
export function fit(text: string, limit: number, encode: (text: string) => string): string {
  let room = limit;
  let encoded = encode(cut(text, room));
  while (encoded.length > limit && room > 1) {
    room = Math.max(1, room - Math.ceil((encoded.length - limit) / 6));
    encoded = encode(cut(text, room));
  }
  return encoded.length > limit ? '' : encoded;
}
