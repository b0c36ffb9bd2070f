import type { AlertLine, AlertView } from '../model/alert.ts';
import { count } from '../model/text.ts';
import { parseTime } from '../model/time.ts';
import { sayTime } from './words.ts';

/** What is to be known of an incident's story beside its state: `2nd time in 7 days`, who has it, who made it quiet. `person` writes a Slack id or a login for the place it goes to, `link` a link of ours. */
export function storyOf(
  line: AlertLine,
  now: number,
  person: (by: string) => string,
  link: (url: string, label: string) => string = (_, label) => label,
): readonly string[] {
  const until = (at: string) => sayTime(parseTime(at) ?? now, now);
  const { times, lastAlert, opens, ack, silence, reason } = line;
  const often = times === undefined ? null : `${ordinal(times)} time in 7 days`;
  return [
    ...(often === null ? [] : [lastAlert === undefined ? often : link(lastAlert, often)]),
    ...(opens === undefined || !flaps.has(reason) ? [] : [`came back ${count(opens - 1, 'time')}`]),
    ...(ack === undefined ? [] : [`${person(ack.by)} has it, next word by ${until(ack.until)}`]),
    ...(silence === undefined
      ? []
      : [`quiet by ${person(silence.by)} until ${until(silence.until)}`]),
  ];
}

const flaps: ReadonlySet<string> = new Set(['FLAP_START', 'FLAP_END', 'FLAPPING']);

/** `3 SEV-3 came and went outside business hours: the reports have them`; empty where none did. */
export function sayUntold({ untold }: Pick<AlertView, 'untold'>): string {
  return untold === 0
    ? ''
    : `${untold} SEV-3 came and went outside business hours: the reports have ${untold === 1 ? 'it' : 'them'}`;
}

function ordinal(number: number): string {
  const last = number % 10;
  if (Math.floor(number / 10) % 10 === 1 || last === 0 || last > 3) return `${number}th`;
  return `${number}${['', 'st', 'nd', 'rd'][last]}`;
}
