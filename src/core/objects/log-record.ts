/** One line of a log as people read it, and how loud it is by its own word. */
export interface LogRecord {
  readonly text: string;
  /** quiet: information or less. loud: an error or worse. plain: a warning, or it says nothing. */
  readonly level: 'quiet' | 'plain' | 'loud';
}

/** The lines of a log, each without its time; a JSON object becomes its message and its error, whose stack is lines of its own. */
export function recordsOf(lines: readonly string[]): readonly LogRecord[] {
  return lines.flatMap((line) => structured(line) ?? [plain(line)]);
}

const timestamps = [
  /^\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?\]?:?\s{0,8}(?:std(?:out|err) [FP] )?/,
  /^(?:time|ts|t)="?[\w:.,+ -]{10,40}"?\s{1,4}/,
  /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6}\s{1,8}\d{1,8} /,
];

/** The level stands near the beginning. */
const headLength = 160;
const levels: readonly RegExp[] = [
  /\b(?:level|lvl|severity)["']?\s?[=:]\s?["']?([A-Za-z]{3,11})/,
  /(?:^|[\s[(|])(TRACE|DEBUG|INFO|NOTICE|LOG|WARN(?:ING)?|ERR(?:OR)?|FATAL|CRIT(?:ICAL)?|SEVERE|EMERG|ALERT|PANIC)(?=$|[\s\])|:])/,
  /\[(trace|debug|info|notice|warn|warning|error|fatal|crit|alert|emerg)\]/,
  /^([IWEF])\d{4} \d\d:\d\d:\d\d\./,
];

function plain(line: string): LogRecord {
  const head = line.slice(0, headLength);
  const word = levels.map((level) => level.exec(head)?.[1]).find((found) => found !== undefined);
  return { text: withoutTime(line), level: loudnessOf(word ?? '') };
}

function withoutTime(line: string): string {
  for (const timestamp of timestamps) {
    const rest = line.replace(timestamp, '');
    if (rest !== line && rest.trim() !== '') return rest;
  }
  return line;
}

function loudnessOf(word: string): LogRecord['level'] {
  if (/^(?:trace|debug|info|information|notice|log|i|[1-3]0)$/i.test(word)) return 'quiet';
  if (/^(?:err|error|fatal|crit|critical|severe|emerg|alert|panic|e|f|[56]0)$/i.test(word))
    return 'loud';
  return 'plain';
}

const fieldsOf = {
  level: ['level', 'severity', 'lvl', 'log.level', '@l'],
  message: ['message', 'msg', '@m', '@mt', 'event', 'body'],
  error: ['error', 'err', 'exception', '@x', 'stack_trace', 'stacktrace', 'stack', 'cause'],
} as const;

interface Fields {
  readonly [field: string]: unknown;
}

/** A line of JSON with a message or an error in it; undefined for any other. */
function structured(line: string): readonly LogRecord[] | undefined {
  const fields = parse(line);
  if (fields === undefined) return undefined;
  const message = first(fields, fieldsOf.message);
  const error = first(fields, fieldsOf.error);
  if (message === '' && error === '') return undefined;
  const level = loudnessOf(first(fields, fieldsOf.level));
  const [head = '', ...stack] = error.split(/\r?\n/);
  const known = message.includes(head);
  const text = known ? message : message === '' ? head : `${message}: ${head}`;
  return [...text.split(/\r?\n/), ...stack].map((each) => ({ text: each, level }));
}

function parse(line: string): Fields | undefined {
  if (!/^\s{0,8}\{/.test(line)) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function first(fields: Fields, names: readonly string[]): string {
  for (const name of names) {
    const text = textOf(fields[name]);
    if (text !== '') return text;
  }
  return '';
}

/** An error may be an object: its stack begins with its message. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return '';
  const { message, stack } = value as Fields;
  return typeof stack === 'string' ? stack : typeof message === 'string' ? message : '';
}
