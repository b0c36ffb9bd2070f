import type { Log } from '../../ports.ts';

/** Writes to stderr, so that stdout stays the report. On a terminal the newest progress is one live line; elsewhere progress is not shown. `clean` makes one safe line, `cleanStack` safe lines. */
export function terminalLog(
  stream: NodeJS.WriteStream,
  clean: (text: string) => string,
  cleanStack: (text: string) => string,
): Log {
  let live = false;
  const line = (text: string): void => {
    if (live) stream.write('\r\u001b[K');
    live = false;
    stream.write(`${text}\n`);
  };
  return {
    info: (message) => line(clean(message)),
    warn: (message) => line(`warning: ${clean(message)}`),
    error: (message) => line(`error: ${clean(message)}`),
    trace: (text) => line(cleanStack(text)),
    progress: (message) => {
      if (stream.isTTY !== true) return;
      stream.write(
        `\r\u001b[K${clean(message).slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`,
      );
      live = true;
    },
  };
}
