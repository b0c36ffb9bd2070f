import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type YAMLError } from 'yaml';
import { failureOf, oneLine, show } from './problems.ts';

export type KeyPath = readonly PropertyKey[];

/** What is wrong at a place of the file. */
export interface Problem {
  readonly path: KeyPath;
  readonly text: string;
}

/** A YAML text that remembers where each key stands. */
export interface CatalogText {
  readonly data: unknown;
  /** 1-based line of the key or list entry at `path`; of its nearest ancestor where it is not there. */
  line(path: KeyPath): number;
}

/** A megabyte is a hundred times the largest real catalog; aliases may repeat what they name a hundred times in all. */
const limits = { characters: 1_000_000, aliases: 100 };

/** Reads YAML 1.2. Throws Failure CONFIG_INVALID with the line of each problem; `where` is the file's name for people. */
export function readCatalogText(text: string, where: string): CatalogText {
  if (text.length > limits.characters)
    throw failureOf('CONFIG_INVALID', [
      `${where}: is ${text.length} characters long; keep it below ${limits.characters}`,
    ]);
  const lines = new LineCounter();
  const document = parse(text, where, lines);
  const wrong = [...document.errors, ...document.warnings].map(
    (error) => `${where}:${lines.linePos(error.pos[0]).line}: ${sayYamlError(error, text)}`,
  );
  const first = wrong.find((problem) => problem.endsWith(tooDeep));
  if (wrong.length > 0) throw failureOf('CONFIG_INVALID', first === undefined ? wrong : [first]);
  return {
    data: toData(document, where),
    line: (path) => lines.linePos(offsetOf(document.contents, path)).line,
  };
}

function parse(text: string, where: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: true });
  } catch {
    throw failureOf('CONFIG_INVALID', [`${where}: ${tooDeep}`]);
  }
}

function toData(document: ReturnType<typeof parseDocument>, where: string): unknown {
  try {
    return document.toJS({ maxAliasCount: limits.aliases });
  } catch (cause) {
    throw failureOf('CONFIG_INVALID', [`${where}: ${sayAliasError(String(cause))}`]);
  }
}

const tooDeep = 'is nested too deeply; write it flat';

function sayYamlError({ code, message, pos }: YAMLError, text: string): string {
  // Its place is where the second one begins.
  if (code === 'DUPLICATE_KEY')
    return `has a second key ${/[\w-]{1,80}/.exec(text.slice(pos[0]))?.[0] ?? ''}; merge what stands under the two under one of them`;
  if (code === 'MULTIPLE_DOCS') return 'holds more than one YAML document; keep one';
  if (message.includes('call stack')) return tooDeep;
  return `is not valid YAML: ${message.split(' at line ')[0]}`;
}

function sayAliasError(message: string): string {
  if (message.includes('Unresolved')) return 'has a YAML alias without an anchor before it';
  if (message.includes('call stack')) return tooDeep;
  return `repeats too much by YAML aliases; use at most ${limits.aliases}`;
}

/** `vigil.yml:3: services[0].priority: expected …`. */
export function sayProblem({ path, text }: Problem, source: CatalogText, where: string): string {
  return `${where}:${source.line(path)}: ${sayPath(path)}${text}`;
}

/** `services[0].priority: `; nothing for the whole file. */
function sayPath(path: KeyPath): string {
  const said = path.map((step, index) => {
    if (typeof step === 'number') return `[${step}]`;
    const key = String(step);
    if (!/^[\w-]{1,80}$/.test(key)) return `[${oneLine(show(key))}]`;
    return index === 0 ? key : `.${key}`;
  });
  return said.length === 0 ? '' : `${said.join('')}: `;
}

/** What stands at `path` of the data; undefined where nothing does. */
export function valueAt(data: unknown, path: KeyPath): unknown {
  let at = data;
  for (const step of path) at = isRecord(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  return at;
}

export function isRecord(value: unknown): value is { readonly [key: PropertyKey]: unknown } {
  return typeof value === 'object' && value !== null;
}

/** Character offset of the deepest part of `path` that is there. */
function offsetOf(contents: unknown, path: KeyPath): number {
  let at = contents;
  let offset = startOf(at);
  for (const step of path) {
    const next = child(at, step);
    if (next === undefined) break;
    offset = startOf(isPair(next) ? next.key : next);
    at = isPair(next) ? next.value : next;
  }
  return offset;
}

function child(node: unknown, step: PropertyKey): unknown {
  if (isMap(node))
    return node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === step);
  return typeof step === 'number' && hasItems(node) ? node.items[step] : undefined;
}

function hasItems(node: unknown): node is { readonly items: readonly unknown[] } {
  return typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items);
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
