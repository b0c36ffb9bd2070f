import { cut } from '../model/text.ts';
import { redact } from './redact.ts';

/** What is read of one container: as `kubectl logs --tail=20 --limit-bytes=32768`. */
export const logTail = { lines: 20, bytes: 32_768 } as const;

/** The longest line that is kept, in UTF-16 units. */
const longest = 4096;

const esc = String.fromCharCode(27);
/** Colours, cursor movements, window titles. */
const sequences = new RegExp(
  `${esc}(?:\\[[0-9;:?]{0,40}[ -/]{0,4}[@-~]|\\][^${esc}\\u0007]{0,200}(?:\\u0007|${esc}\\\\)|[@-Z\\\\-_])?`,
  'g',
);
/** All but the line feed and the tab; directional marks, too. */
const controls = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** A line of a key or a file, without a word in it: the middle of what a rule would know by its ends. */
const bareBase64 = /^\s{0,40}[A-Za-z0-9+/_-]{40,4096}={0,2}\s{0,4}$/;

/** The last lines of a log as they may be kept: without control characters, redacted as a whole (a key runs over lines), none blank at the end. */
export function cleanLog(text: string): readonly string[] {
  const visible = text
    .replace(sequences, '')
    .split('\n')
    .map((line) => lastWritten(line).replace(controls, (each) => (each === '\t' ? each : ' ')))
    .join('\n');
  const lines = redact(visible.toWellFormed())
    .split('\n')
    .map((line) => cut(bareBase64.test(line) ? '[redacted:base64]' : line.trimEnd(), longest));
  while (lines.at(-1) === '') lines.pop();
  return lines.slice(-logTail.lines);
}

/** What a terminal would show of a line that a carriage return wrote over. */
function lastWritten(line: string): string {
  if (!line.includes('\r')) return line;
  const parts = line.split('\r').filter((part) => part.trim() !== '');
  return parts.at(-1) ?? '';
}
