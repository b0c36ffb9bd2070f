import { cut } from '../model/text.ts';
import type { End } from './container-ends.ts';

/** The last line of the message that a container left when it ended, at most 160 characters; empty where it left none. */
export function terminationLine(end: End | undefined): string {
  return cut(end?.message?.trim().split('\n').at(-1) ?? '', 160);
}
