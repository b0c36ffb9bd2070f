import { count } from '../model/text.ts';
import { oneLine } from './plain-text.ts';

/** Far below what a runner cuts, enough for any message of ours. */
const lineLimit = 4000;
const stackLimit = 200;

/** One line for a workflow log: no command for the runner, no line break, no ANSI, nothing invisible. */
export function logLine(text: string): string {
  return inertLine(oneLine(text, lineLimit));
}

/**
 * The line with its blanks, as no command: the runner takes `::name::` at a line's start (after
 * trimming) and `##[name]` anywhere for one (actions/runner, ActionCommand.cs); neither is left.
 */
export function inertLine(line: string): string {
  return line.replace(/^(\s*)::/, '$1: :').replace(/##(?=\[)/g, '# #');
}

/** A stack for the log: each frame stays on its own line behind its blanks, and none can start a command. */
export function stackLines(trace: string): string {
  const lines = trace.split(/[\r\n\u2028\u2029\u0085]+/).filter((line) => line.trim() !== '');
  const shown = lines.slice(0, stackLimit).map((line) => `${indentOf(line)}${logLine(line)}`);
  const rest = lines.length - shown.length;
  return [...shown, ...(rest === 0 ? [] : [`… ${count(rest, 'more line')}`])].join('\n');
}

function indentOf(line: string): string {
  const blanks = line.length - line.trimStart().length;
  return ' '.repeat(Math.min(blanks, 8));
}
