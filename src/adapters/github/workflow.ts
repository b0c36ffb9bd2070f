import * as core from '@actions/core';
import type { Log } from '../../ports.ts';

/** What a step says to the runner: log, masks, outputs, summary, annotations, state for the post step. */
export interface Workflow {
  readonly log: Log;
  /** Before anything is logged. Short strings would wreck the log and are not masked. */
  mask(secrets: readonly string[]): void;
  outputs(values: { readonly [name: string]: string }): void;
  /** Markdown, already escaped and cut. */
  summary(markdown: string): Promise<void>;
  annotate(level: 'error' | 'warning', message: string): void;
  /** Ends the step as failed, once everything else is done. */
  fail(message: string): void;
  saveForPost(name: string, value: string): void;
  savedByMain(name: string): string;
}

/** Shorter secrets are not masked: the runner would blot out every word that holds them. */
const shortestMask = 6;

/** `clean` makes one safe log line, `cleanStack` safe lines: neither can start a workflow command. */
export function workflow(
  clean: (text: string) => string,
  cleanStack: (text: string) => string,
): Workflow {
  const print = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  return {
    log: {
      info: (message) => print(clean(message)),
      warn: (message) => print(clean(`warning: ${message}`)),
      error: (message) => print(clean(`error: ${message}`)),
      trace: (text) => process.stderr.write(`${cleanStack(text)}\n`),
      progress: (message) => {
        if (core.isDebug()) print(clean(message));
      },
    },
    mask: (secrets) => {
      for (const secret of new Set(secrets.map((each) => each.trim())))
        if (secret.length >= shortestMask) core.setSecret(secret);
    },
    outputs: (values) => {
      for (const [name, value] of Object.entries(values)) core.setOutput(name, value);
    },
    summary: async (markdown) => {
      await core.summary.addRaw(markdown, true).write();
    },
    annotate: (level, message) => {
      const annotate = level === 'error' ? core.error : core.warning;
      annotate(clean(message), { title: 'Kube Vigil' });
    },
    fail: (message) => core.setFailed(clean(message)),
    saveForPost: (name, value) => core.saveState(name, value),
    savedByMain: (name) => core.getState(name),
  };
}
