import { nameLine, oneLine } from './plain-text.ts';

/**
 * A code span: the one place in GitHub's Markdown where nothing is a mention, a reference, a link,
 * HTML or markup. (Entities do not help: GitHub looks for `@name` after decoding them.) What would
 * end the span or a table's cell is replaced by its look-alike.
 */
export function markdownCode(text: string, limit: number): string {
  return `\`${nameLine(text, limit).replace(/`/g, "'").replace(/\|/g, '¦')}\``;
}

/** Lines as they are, to be copied, in a fence longer than any run of backticks in them. */
export function markdownFence(lines: readonly string[], limit: number): string {
  const safe = lines.map((line) => oneLine(line, limit));
  const runs = safe.join('\n').match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
  return `${fence}text\n${safe.join('\n')}\n${fence}`;
}

/** A link of our own; the label alone where the URL is not https. */
export function markdownLink(url: string | null, label: string): string {
  if (url === null || !/^https:\/\/[^\s"<>()`\\|[\]]{1,500}$/.test(url)) return '';
  return `[${label}](${url})`;
}
