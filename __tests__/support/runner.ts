import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const dist = path.resolve(import.meta.dirname, '../../dist');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a program is sent, and when. */
export interface Signal {
  readonly with: NodeJS.Signals;
  readonly when: Promise<unknown>;
}

/** Runs a program to its end, or kills it after `killAfterMs` (then `code` is null). */
export function runNode(
  args: readonly string[],
  options: {
    readonly env?: { readonly [name: string]: string };
    readonly cwd?: string;
    readonly killWhen?: Promise<unknown>;
    readonly signals?: readonly Signal[];
  } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...args], {
    cwd: options.cwd ?? tmpdir(),
    env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), ...options.env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  void options.killWhen?.then(() => child.kill('SIGKILL'));
  for (const signal of options.signals ?? []) void signal.when.then(() => child.kill(signal.with));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** One step of a job as GitHub's runner starts it: environment, files, main and post. */
export interface Step {
  readonly temp: string;
  main(options?: { readonly killWhen?: Promise<unknown> }): Promise<Ended>;
  post(): Promise<Ended>;
  /** What was written to GITHUB_OUTPUT, by name. */
  outputs(): { readonly [name: string]: string };
  summary(): string;
  /** The newest cycle report in RUNNER_TEMP. */
  report(): { readonly [field: string]: unknown };
}

export function step(
  inputs: { readonly [name: string]: string },
  env: { readonly [name: string]: string },
  run: { readonly id: string; readonly attempt?: string },
): Step {
  const temp = mkdtempSync(path.join(tmpdir(), 'kube-vigil-runner-'));
  const file = (name: string): string => {
    const at = path.join(temp, name);
    if (!existsSync(at)) writeFileSync(at, '');
    return at;
  };
  const base = {
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
    GITHUB_ACTIONS: 'true',
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_REPOSITORY: 'acme/ops',
    GITHUB_RUN_ID: run.id,
    GITHUB_RUN_ATTEMPT: run.attempt ?? '1',
    GITHUB_SHA: '0123456789012345678901234567890123456789',
    GITHUB_WORKSPACE: temp,
    GITHUB_EVENT_NAME: 'schedule',
    RUNNER_TEMP: temp,
    ...env,
  };
  return {
    temp,
    main: (options = {}) => runNode([path.join(dist, 'main.js')], { env: base, ...options }),
    post: () => {
      const saved = Object.entries(heredocs(readFileSync(file('state'), 'utf8')));
      const state = Object.fromEntries(saved.map(([name, value]) => [`STATE_${name}`, value]));
      return runNode([path.join(dist, 'post.js')], { env: { ...base, ...state } });
    },
    outputs: () => heredocs(readFileSync(file('output'), 'utf8')),
    summary: () => readFileSync(file('summary'), 'utf8'),
    report: () => {
      const id = heredocs(readFileSync(file('output'), 'utf8'))['report-path'] ?? '';
      return JSON.parse(readFileSync(id, 'utf8'));
    },
  };
}

/** The runner's own way of reading its files: `name<<delimiter`, value, delimiter. */
function heredocs(text: string): { readonly [name: string]: string } {
  const values: { [name: string]: string } = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const [, name, delimiter] = /^(.+?)<<(.+)$/.exec(lines[at] ?? '') ?? [];
    if (name === undefined || delimiter === undefined) continue;
    const end = lines.indexOf(delimiter, at + 1);
    values[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return values;
}
