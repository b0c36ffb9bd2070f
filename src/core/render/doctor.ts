import { isLacking, type Probe, type ProbeState } from '../model/probe.ts';
import { count } from '../model/text.ts';
import { inertLine } from './log.ts';
import { oneLine } from './plain-text.ts';

const words: { readonly [state in ProbeState]: string } = {
  ok: 'ok     ',
  limited: 'limited',
  missing: 'MISSING',
  unknown: 'unknown',
  unused: 'unused ',
};

/** One line for each access, and one that says what all that means. Inert in a terminal and in a workflow's log. */
export function doctorText(probes: readonly Probe[]): string {
  return [...probes.map(lineOf), '', sumOf(probes)].join('\n');
}

function lineOf({ what, state, said, mend }: Probe): string {
  const start = `${words[state]}  ${oneLine(what, 120)}: ${oneLine(said, 400)}`;
  return inertLine(mend === '' ? start : `${start} ▶ ${oneLine(mend, 400)}`);
}

function sumOf(probes: readonly Probe[]): string {
  const missing = probes.filter(({ state }) => state === 'missing').length;
  const limited = probes.filter(({ state }) => state === 'limited').length;
  const less = limited === 0 ? '' : `; ${count(limited, 'thing')} would make it know more`;
  return isLacking(probes)
    ? `A cycle lacks ${count(missing, 'thing')} that it needs${less}.`
    : `A cycle has everything that it needs${less}.`;
}
