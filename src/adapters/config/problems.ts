import { Failure, type FailureCode } from '../../core/model/failure.ts';
import { cut } from '../../core/model/text.ts';

/** More than this many at once help nobody; the rest is counted. */
const listed = 20;

/** One Failure for everything that is wrong: each problem says what, where and how to mend it. */
export function failureOf(code: FailureCode, problems: readonly string[]): Failure {
  const shown = problems.slice(0, listed).map(oneLine);
  const more = problems.length - shown.length;
  return new Failure(code, [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; '));
}

/** What was given, for an error: short, on one line, with what is unprintable escaped. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return escapeUnprintable(cut(JSON.stringify(value) ?? typeof value, 60));
}

/** `a, b or c`. */
export function either(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

export function oneLine(text: string): string {
  return escapeUnprintable(cut(text.replace(/\s*[\r\n]+\s*/g, ' '), 500));
}

function escapeUnprintable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
