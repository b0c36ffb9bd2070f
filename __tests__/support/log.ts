import type { Log } from '../../src/ports.ts';

const nothing = (): void => undefined;
export const silentLog: Log = {
  info: nothing,
  warn: nothing,
  error: nothing,
  trace: nothing,
  progress: nothing,
};

/** A log that keeps its lines, each with its level in front. */
export function keptLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return {
    lines,
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    trace: at('trace'),
    progress: at('progress'),
  };
}
