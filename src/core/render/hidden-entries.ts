import type { HiddenEntry } from '../model/hidden-entry.ts';
import { count } from '../model/text.ts';
import { inertLine } from './log.ts';
import { nameLine } from './plain-text.ts';

/** What of the catalog hides findings: a line each with whether it is in force, until when and what it hid at the last look, and below it three of these. */
export function hiddenText(entries: readonly HiddenEntry[], lookedAt: string | null): string {
  const head =
    entries.length === 0
      ? 'The catalog holds no silence, maintenance window or known issue'
      : `Of the catalog, with what each hid at the last look (${nameLine(lookedAt ?? 'none yet', 40)})`;
  const lines = entries.flatMap((entry) => [
    `  ${entry.line}: ${said(entry)}; ${standing(entry)}; ${hides(entry)}`,
    ...entry.examples.map((each) => `     ${nameLine(each, 200)}`),
  ]);
  return `\n${[head, ...lines].map(inertLine).join('\n')}\n`;
}

function said({ kind, service, note }: HiddenEntry): string {
  const what = kind === 'known issue' ? `known issue of ${nameLine(service ?? '', 80)}: ` : '';
  return `${what}${nameLine(note, 320)}`;
}

function standing({ standing: now, until }: HiddenEntry): string {
  if (now === 'expired') return `expired at ${until}: remove it`;
  const end = until === null ? 'without end' : `until ${until}`;
  return { 'in force': `in force ${end}`, 'not yet': `not yet, ${end}`, closed: 'not now' }[now];
}

function hides({ hides: number, idleSince }: HiddenEntry): string {
  if (number > 0) return `hides ${count(number, 'finding')}`;
  return `hides nothing${idleSince === null ? '' : ` since ${nameLine(idleSince, 40)}`}`;
}
