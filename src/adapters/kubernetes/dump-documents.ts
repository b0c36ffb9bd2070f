import { LineCounter, parseAllDocuments, parse as parseYaml } from 'yaml';
import { Failure, sayFailure } from '../../core/model/failure.ts';
import { cut } from '../../core/model/text.ts';
import { redact } from '../../core/objects/redact.ts';

/** Above this YAML is parsed item by item: the parser needs fifty times the text's size. */
const largeYaml = 1_000_000;
/** Above this a broken file's place is not looked for: that would take minutes. */
const searchable = 20_000_000;

/** The documents of a text: JSON, several JSON objects one after another, or YAML with `---`. Throws Failure CONFIG_INVALID, which names `file` and where in it. */
export function parseDocuments(text: string, file: string): readonly unknown[] {
  if (text.trim() === '') return [];
  const json = /^\s*[[{]/.test(text) ? parseJson(text) : null;
  if (json !== null) return json;
  if (text.length > largeYaml) {
    const items = parseLargeYaml(text);
    if (items !== null) return items;
  }
  if (text.length > searchable && /^\s*[[{]/.test(text))
    throw unreadable(file, 'the JSON breaks off or is damaged');
  return parseWholeYaml(text, file);
}

function parseJson(text: string): readonly unknown[] | null {
  try {
    return [JSON.parse(text)];
  } catch {
    // `kubectl get pods -o json >> dump.json`, twice; or one object a line.
    const parts = text.split(/(?<=\})\s*\n(?=\{)/);
    return parts.length > 1 ? parseParts(parts) : null;
  }
}

function parseParts(parts: readonly string[]): readonly unknown[] | null {
  try {
    return parts.map((part): unknown => JSON.parse(part));
  } catch {
    return null;
  }
}

function parseWholeYaml(text: string, file: string): readonly unknown[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return documents.map((document): unknown => {
    const [error] = document.errors;
    if (error === undefined) return toPlain(document, file);
    const { line, col } = lines.linePos(error.pos[0]);
    const [said = ''] = error.message.split(/ at line|\n/);
    throw unreadable(file, `line ${line}, column ${col}: ${said}`);
  });
}

function toPlain(document: { toJS(): unknown }, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw unreadable(file, sayFailure(error));
  }
}

/** The items of kubectl's YAML lists, each parsed by itself; null where the text is not of that form. */
function parseLargeYaml(text: string): readonly unknown[] | null {
  const documents: unknown[] = [];
  for (const part of text.split(/^---\s*?(?:#[^\n]*)?\n/m)) {
    const [head = '', ...blocks] = part.split(/^(?=items:\s*$)/m);
    const [body = '', ...more] = blocks;
    if (more.length > 0) return null;
    const lines = body.split(/\n(?=[^\s-])/);
    const [items = '', ...tail] = lines;
    try {
      const rest = parseYaml(`${head}${tail.join('\n')}`) as object | null;
      const list = items
        .replace(/^items:\s*?\n/, '')
        .split(/^(?=- )/m)
        .filter((item) => item.trim() !== '')
        .flatMap((item) => parseYaml(item) as unknown[]);
      if (rest !== null || list.length > 0)
        documents.push(list.length > 0 ? { ...rest, items: list } : rest);
    } catch {
      return null;
    }
  }
  return documents;
}

function unreadable(file: string, where: string): Failure {
  return new Failure(
    'CONFIG_INVALID',
    `The dump's file ${cut(file, 200)} is neither JSON nor YAML: ${cut(redact(where), 200)}`,
    { hint: 'Dump it again with `kubectl get … -o json`, or leave the file out' },
  );
}
