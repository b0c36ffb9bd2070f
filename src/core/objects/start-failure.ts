import { cut } from '../model/text.ts';
import { endField, endOf, isStartFailure } from './container-ends.ts';
import type { ContainerStatus } from './pod.ts';

/** Why a container did not start, in our word and in one clause. */
export interface StartFailure {
  readonly reason: string;
  readonly says: string;
  readonly decidedBy: 'field' | 'message';
  /** What it stands on: the field's path in the status, and its text. */
  readonly field: string;
  readonly text: string;
}

/** What the runtime wrote of the last try: `exec: "wge": executable file not found in $PATH`. */
export function startFailureOf(status: ContainerStatus): StartFailure {
  const evidence = textOf(status);
  const told = toldByRuntime(evidence.text);
  if (told !== undefined) return { ...evidence, ...told, decidedBy: 'message' };
  return { ...evidence, ...byCode(status, evidence.text), decidedBy: 'field' };
}

/** Why the command cannot be run, by the runtime's own words; undefined where they say no such thing. */
export function toldByRuntime(text: string): Pick<StartFailure, 'reason' | 'says'> | undefined {
  const known = causes.find(({ pattern }) => pattern.test(text));
  if (known === undefined) return undefined;
  const command = /exec: \\?"([^"\\]{1,200})|exec (\S{1,200}): exec format/.exec(text);
  const named = command?.[1] ?? command?.[2];
  const says = known.says(named === undefined ? 'its command' : `command "${named}"`);
  return { reason: known.reason, says };
}

const causes: readonly {
  readonly reason: string;
  readonly pattern: RegExp;
  readonly says: (command: string) => string;
}[] = [
  {
    reason: 'CommandNotFound',
    pattern:
      /executable file not found|exec: .{0,300}no such file or directory|exec user process caused.{0,20}no such file/,
    says: (command) => `${command} is not in the image (executable file not found)`,
  },
  {
    reason: 'CommandNotExecutable',
    pattern: /exec: .{0,300}permission denied/,
    says: (command) => `${command} is not executable (permission denied)`,
  },
  {
    reason: 'WrongArchitecture',
    pattern: /exec format error/,
    says: (command) => `${command} is for another processor (exec format error)`,
  },
];

/** The text of the try that it waits on now, else of its last end. */
function textOf(status: ContainerStatus): { readonly field: string; readonly text: string } {
  const waiting = status.state?.waiting;
  const message = waiting?.reason === 'CrashLoopBackOff' ? undefined : waiting?.message;
  if (message !== undefined) return { field: 'state.waiting.message', text: message };
  const end = endOf(status);
  return {
    field: endField(status),
    text: end?.message ?? `${end?.reason ?? 'unknown'} exit ${end?.exitCode ?? 'unknown'}`,
  };
}

/** The shell's own codes where no text says more, else Kubernetes' word for it. */
function byCode(status: ContainerStatus, text: string): { reason: string; says: string } {
  const waiting = status.state?.waiting?.reason;
  const end = endOf(status);
  if (isStartFailure(end) && end?.reason === 'Error' && end.exitCode === 127)
    return { reason: 'CommandNotFound', says: 'the shell did not find a command that it runs' };
  if (isStartFailure(end) && end?.reason === 'Error' && end.exitCode === 126)
    return {
      reason: 'CommandNotExecutable',
      says: 'the shell may not execute a command that it runs',
    };
  const stable =
    waiting === undefined || ['CrashLoopBackOff', 'RunContainerError'].includes(waiting);
  return { reason: stable ? 'StartError' : waiting, says: cut(text, 200) };
}
