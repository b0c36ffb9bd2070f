import type { Response } from './response.ts';

/** What a line that people wrote asks for. */
export type Words = Pick<Response, 'action' | 'number' | 'seconds'>;

/** `ack`, `ack 2`, `silence 4h`, `silence 4h #2`. A number that cannot be one makes it no command at all: it must never mean all. */
const command =
  /^(?:(ack|unack|unsilence)|silence +(\d{1,3})([mhd]))\b(?: +#?(\d{1,3})\b|(?! +#?\d))/i;

const secondsPer: { readonly [unit: string]: number } = { m: 60, h: 3600, d: 86_400 };

/** Reads a command at the start of a text; null: there is none. */
export function readWords(text: string): Words | null {
  const match = command.exec(text);
  if (match === null) return null;
  const [, word, amount = '', unit = '', numberText] = match;
  const number = numberText === undefined ? null : Number(numberText);
  if (number === 0) return null;
  if (word !== undefined)
    return { action: word.toLowerCase() as Words['action'], number, seconds: null };
  const seconds = Number(amount) * (secondsPer[unit.toLowerCase()] ?? 0);
  return seconds === 0 ? null : { action: 'silence', number, seconds };
}
