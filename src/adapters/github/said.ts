import { cut } from '../../core/model/text.ts';

/** What a server said, as one short line. */
export function sayLine(message: unknown): string {
  const line = typeof message === 'string' ? message.replace(/\s+/g, ' ').trim() : '';
  return cut(line.startsWith('<') ? 'an HTML page' : line, 200);
}
