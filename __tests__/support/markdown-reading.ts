/**
 * What GitHub would make of a Markdown text outside code, where names ping, refer and link: fences and
 * code spans are taken out by CommonMark's own rules (a span ends at the next run of backticks of the same length).
 */
export function outsideCode(markdown: string): string {
  return withoutSpans(withoutFences(markdown));
}

function withoutFences(markdown: string): string {
  const kept: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const [, ticks = '', rest = ''] = /^ {0,3}(`{3,})?(.*)$/.exec(line) ?? [];
    if (fence === null && ticks !== '' && !rest.includes('`')) fence = ticks;
    else if (fence === null) kept.push(line);
    else if (ticks.length >= fence.length && rest.trim() === '') fence = null;
  }
  if (fence !== null) throw new Error('a fence is never closed');
  return kept.join('\n');
}

function withoutSpans(text: string): string {
  let kept = '';
  let at = 0;
  while (at < text.length) {
    const run = /^`+/.exec(text.slice(at))?.[0] ?? '';
    const end = run === '' ? -1 : endOfSpan(text, at + run.length, run.length);
    if (end >= 0) at = end;
    else {
      kept += text.slice(at, at + Math.max(1, run.length));
      at += Math.max(1, run.length);
    }
  }
  return kept;
}

/** Behind the closing run; -1 where none closes it before the paragraph ends. */
function endOfSpan(text: string, from: number, length: number): number {
  const paragraph = text.slice(from).split(/\n\n/)[0] ?? '';
  for (const match of paragraph.matchAll(/`+/g))
    if (match[0].length === length) return from + match.index + length;
  return -1;
}

/** Cells of each row of each table, as GFM splits them: at every `|` that no backslash escapes, code or not. */
export function tableWidths(markdown: string): number[][] {
  const tables: number[][] = [];
  let open = false;
  for (const line of markdown.split('\n')) {
    const isRow = line.startsWith('|');
    if (isRow && !open) tables.push([]);
    if (isRow) tables.at(-1)?.push(line.replace(/\\./g, '').split('|').length - 2);
    open = isRow;
  }
  return tables;
}
