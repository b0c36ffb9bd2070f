import type { Check } from './define.ts';
import { nodeNotReady } from './node-not-ready.ts';

/** Every check, in the order of the report. */
export const registry: readonly Check[] = [nodeNotReady];
