import type { CheckMeta, Command } from '../model/check-meta.ts';
import { sayDuration } from '../model/time.ts';

/** A check, as far as people are told of it. */
export interface Explained {
  readonly meta: CheckMeta;
  readonly needs: readonly string[];
  readonly helps: readonly string[];
}

/** One check for people, as Markdown that is readable in a terminal too: what it finds, when it waits, how to silence it. `until`: the end of the silence that is advised; a page has no day, and leaves it to be filled in. */
export function explainCheck(
  { meta, needs, helps }: Explained,
  until = 'YYYY-MM-DDT00:00:00Z',
): string {
  const reasons = [...new Set(Object.values(meta.finds).flat())].sort();
  const silence = `{check: ${meta.id}, name: "its-name", reason: "why", until: ${until}}`;
  return [
    `**${meta.title}.** ${meta.why}`,
    '',
    ...point('Finds', reasons.map((each) => `\`${each}\``).join(', ')),
    ...point('Waits', waits(meta.defaults)),
    ...point('Likely causes', meta.likelyCauses.join('; ')),
    ...point('Reads', reads(needs, helps)),
    `- Silence one finding: \`silences: [${silence}]\` in the catalog, for at most 30 days; all that are there now: \`kube-vigil baseline\`.`,
    ...(Object.keys(meta.defaults).length === 0 ? [] : [patience(meta)]),
    `- More: <${meta.docs}>`,
    '',
    '```sh',
    ...meta.commands.map(sayCommand),
    '```',
  ].join('\n');
}

function point(label: string, text: string): readonly string[] {
  return text === '' ? [] : [`- ${label}: ${text}.`];
}

function sayCommand(command: Command): string {
  return typeof command === 'string' ? command : `${command.run} # ${command.for.join(', ')}`;
}

function waits(defaults: CheckMeta['defaults']): string {
  const said = Object.entries(defaults).map(([name, value]) => {
    const seconds = name.endsWith('Seconds') ? ` (${sayDuration(value)})` : '';
    return `\`${name}\` ${value}${seconds}`;
  });
  return said.length === 0 ? 'for nothing' : said.join(', ');
}

function reads(needs: readonly string[], helps: readonly string[]): string {
  const refined = helps.length === 0 ? '' : `refines the cause with ${helps.join(', ')}`;
  return [needs.join(', '), refined].filter((part) => part !== '').join('; ');
}

/** Twice the first grace time; a check without one has only limits to move. */
function patience({ id, defaults }: CheckMeta): string {
  const all = Object.entries(defaults);
  const grace = all.find(([name]) => name.endsWith('Seconds'));
  const [name = '', value = 0] = grace ?? all[0] ?? [];
  const label = grace === undefined ? 'Its limits' : 'More patience';
  const given = grace === undefined ? value : value * 2;
  return `- ${label}: \`checks: {${id}: {${name}: ${given}}}\` in the catalog, for all or, of what lies in a namespace, under one service.`;
}
