import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cells } from './cells.ts';
import type { Killed } from './kill.ts';
import { faultKinds } from './kinds.ts';
import type { Case } from './matrix.ts';

const page = path.resolve(import.meta.dirname, '../../docs/reliability.md');

/** Writes a section of docs/reliability.md, between its markers; the rest of the page stays. */
export function writeSection(name: string, text: string): void {
  const before = existsSync(page) ? readFileSync(page, 'utf8') : '# Reliability\n';
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const section = `${open}\n${text}\n${close}`;
  const at = before.indexOf(open);
  const end = before.indexOf(close);
  const after =
    at < 0 || end < 0
      ? `${before.trimEnd()}\n\n${section}\n`
      : before.slice(0, at) + section + before.slice(end + close.length);
  writeFileSync(page, after);
}

/** The matrix as a table: a line for each call, a column for each fault. */
export function matrixSection(cases: readonly Case[]): string {
  const sums = [
    `${cases.length} cases`,
    `${cases.filter(({ report }) => report).length} with a report`,
    `${cases.filter((each) => each.state_loads).length} with a state that loads`,
    `${sum(cases.map(({ lost }) => lost))} notifications lost`,
    `${cases.filter(({ repeats }) => repeats > 0).length} with one repeat`,
    `slowest cycle ${Math.max(...cases.map(({ seconds }) => seconds))} s (limits divided by three where only they end it)`,
  ];
  return `## Every call × every fault

\`npm run faults\` runs the built action against servers on loopback. A call goes wrong each time that it is made in one cycle; twenty minutes later a cycle follows in which nothing does. ${sums.join(', ')}.

What a case must keep: a report exists, the state loads after both cycles, whatever was decided is told by the end of the second one, nothing is told more than twice, the cycle counts once, and the exit code is the documented one (\`fail-on: failed-cycle\`: 1 where the cycle failed or the memory could not be saved; a write that took effect and lost its answer is looked up, and counts as done).

${tableOf(cases)}

0 and 1: the exit code. r: one thing was told again, because the memory could not be saved, the place cannot be asked whether it is there already, or the cause could not be seen at first. –: makes no sense (only a write can take effect and lose its answer; a webhook's JSON and a heartbeat's body are not read).`;
}

function tableOf(cases: readonly Case[]): string {
  const at = new Map(cases.map((each) => [`${each.call} ${each.fault}`, each]));
  const kinds = faultKinds.map(({ name }) => name);
  const line = (columns: readonly string[]): string => `| ${columns.join(' | ')} |`;
  const rows = [...new Set(cells.map(({ call }) => call.name))].map((call) =>
    line([call, ...kinds.map((fault) => mark(at.get(`${call} ${fault}`)))]),
  );
  return [line(['call', ...kinds]), line(['---', ...kinds.map(() => '---')]), ...rows].join('\n');
}

function mark(found: Case | undefined): string {
  if (found === undefined) return '–';
  return `${found.exit}${found.repeats > 0 ? ' r' : ''}`;
}

export function killSection(kills: readonly Killed[]): string {
  const dead = kills.filter(({ exit }) => exit < 0);
  return `## Killed at a random moment

\`npm run faults -- kill\` sends SIGKILL to the built action, at a random moment of its time or at a random one of its calls, in a first cycle, with open alerts, while the monitor is blind, when it sees again, and on the cache; a third of the runs get no post step either. Twenty minutes later the next cycle comes.

${kills.length} seeds, ${dead.length} killed before they ended by themselves: ${sum(kills.map(({ lost }) => lost))} notifications lost, ${kills.filter(({ repeats }) => repeats > 0).length} runs after which one message was repeated, ${kills.filter((each) => !each.state_loads).length} states that do not load. No cycle was counted twice, and none but the killed one was not counted.`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
