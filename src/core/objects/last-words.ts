import { cut } from '../model/text.ts';
import { type KnownWords, knownWords } from './last-words-table.ts';
import { type Address, addressesIn } from './log-addresses.ts';
import { type LogRecord, recordsOf } from './log-record.ts';

/** What the end of a log says of why. */
export interface Words {
  /** The line that says most, without its time, at most 300 characters. */
  readonly line: string;
  /** Up to two lines before it, oldest first. */
  readonly before: readonly string[];
  /** The row of the table that knows it; undefined: nothing known is said. */
  readonly known: KnownWords | undefined;
  /** Whom it speaks of, the most telling first. */
  readonly addresses: readonly Address[];
}

/**
 * The line of a log's end that says most. Undefined: no line says anything.
 * `ended`: the container died, so that whatever it wrote last counts; of one that runs only errors do.
 */
export function wordsOf(lines: readonly string[], ended: boolean): Words | undefined {
  const records = withoutNoise(joined(recordsOf(lines)));
  const known = lastKnown(records);
  const at =
    known?.at ?? lastHeadline(records) ?? lastLoud(records) ?? (ended ? records.length - 1 : -1);
  const chosen = records[at];
  if (chosen === undefined) return undefined;
  return {
    line: say(chosen),
    before: records.slice(Math.max(0, at - 2), at).map(say),
    known: known?.words,
    addresses: known === undefined ? [] : addressesAt(records, known.at),
  };
}

function say({ text }: LogRecord): string {
  return cut(text.trim(), 300);
}

/** What programs write around an error: frames, source lines, dumps, advice. */
const noise: readonly RegExp[] = [
  /^\s{0,40}(?:at|in) [\w$.<>[\]/@~'`-]{1,300}(?: ?\[as [^\]]{1,80}\])? ?(?:\(|:|$)/,
  /^\s{0,40}(?:at (?:async|new|Object|file:|node:|\/)|from \/|File "|\.\.\. \d{1,6} (?:more|common frames)|-+ inner exception|--- End of)/i,
  /^\s{0,40}[\^~]{1,200}\s{0,40}$/,
  /^[\s{}()[\],;=*_#+-]{0,200}$/,
  /^(?:goroutine \d|created by |exit status \d|\[signal |\s{1,8}\/\S{1,300}:\d{1,6}(?: \+0x|$)|[\w./*()-]{1,200}\((?:0x|\.\.\.|\{0x))/,
  /^(?:r[a-z0-9]{1,3}|[cfg]s)\s{1,8}0x/,
  /^(?:Node\.js v\d|note: run with|note: Some details|stack backtrace:|\s{1,6}\d{1,3}: [\w<:$]{1,200}|Traceback \(most recent)/,
  /^npm (?:ERR!|error)(?: (?:code|errno|syscall|path|command|A complete log|\s{0,8}\/|Lifecycle script|Failed at|This is probably|Exit status|Log files|\S{1,100} \S{1,40}: `).{0,300})?$/,
  /^(?:error Command failed with exit code|info Visit https|make: \*\*\*|\s{0,8}ELIFECYCLE)/,
  /^(?:During handling of the above|The above exception was the direct)/,
];

/** Whether a line says that what stands before it is why. */
const chain = /^(?:During handling of the above|The above exception was the direct)/;

function withoutNoise(records: readonly LogRecord[]): readonly LogRecord[] {
  return records.filter(({ text }, index) => {
    // Under Python's frames stands the source, which may quote any error.
    const source = /^\s{1,8}File "/.test(records[index - 1]?.text ?? '') && /^\s{4}/.test(text);
    return chain.test(text) || !(source || noise.some((pattern) => pattern.test(text)));
  });
}

/** Rust says where it panicked in one line and why in the next. */
function joined(records: readonly LogRecord[]): readonly LogRecord[] {
  return records.flatMap((record, index) => {
    if (isPanicPlace(records[index - 1])) return [];
    const next = records[index + 1];
    if (!isPanicPlace(record) || next === undefined) return [record];
    return [{ ...record, text: `${record.text} ${next.text}` }];
  });
}

function isPanicPlace(record: LogRecord | undefined): boolean {
  return / panicked at [^ ]{1,300}:\d{1,7}:\d{1,7}:$/.test(record?.text ?? '');
}

interface Hit {
  readonly at: number;
  readonly words: KnownWords;
}

/** The last line that the table knows, unless another error came after it. Of lines that say the same the one that names whom. */
function lastKnown(records: readonly LogRecord[]): Hit | undefined {
  const hits = records.flatMap((record, at): Hit[] => {
    const words = record.level === 'quiet' ? undefined : knownIn(record.text);
    return words === undefined ? [] : [{ at, words }];
  });
  const last = hits.at(-1);
  if (last === undefined || isOvertaken(last.at, records)) return undefined;
  const same = hits.filter(({ words }) => words.reason === last.words.reason).reverse();
  return same.find(({ at }) => addressesAt(records, at).length > 0) ?? last;
}

function knownIn(text: string): KnownWords | undefined {
  return knownWords.find(
    ({ pattern, needsAddress }) =>
      pattern.test(text) && (needsAddress !== true || addressesIn(text).length > 0),
  );
}

/** What a program gives up with right after the error that made it. */
const sumsUp = /^(?:panic|fatal(?: error)?): (?:cannot|can't|could not|failed|unable|giving up)\b/i;

/** An exception of another kind came later, and does not say that it follows from this. */
function isOvertaken(at: number, records: readonly LogRecord[]): boolean {
  const later = records.slice(at + 1);
  const exception = later.findIndex(
    ({ text }, index) => isException(text) && !(index === 0 && sumsUp.test(text)),
  );
  return exception >= 0 && !later.slice(0, exception).some(({ text }) => chain.test(text));
}

/** Whom a line speaks of; libpq names them in the lines below. */
function addressesAt(records: readonly LogRecord[], at: number): readonly Address[] {
  const below = records.slice(at + 1, at + 3).filter(({ text }) => /^\s/.test(text));
  const all = [records[at]?.text ?? '', ...below.map(({ text }) => text.trim())];
  return addressesIn(all.join(' '));
}

/** How languages head an exception that ends a program. */
const exceptions: readonly RegExp[] = [
  /^(?:Caused by:|\s{0,8}---> |\s{0,8}\[cause\]:)/,
  /^(?:Exception in thread |Unhandled exception|Uncaught |PHP Fatal error|panic: |fatal error: |runtime error: )/i,
  / panicked at /,
  /^(?:[A-Za-z_$][\w$]{0,80}(?:\.|::)){0,12}[A-Z][\w$]{0,80}(?:Error|Exception|Failure|Fault|Exit|Errors)(?: \[\w{1,60}\])?(?::|$)/,
  /\([A-Z][\w:]{1,80}(?:Error|Errno::\w{1,40})\)$/,
];

/** How servers and tools head what they give up with; it may sum up what stands above. */
const summaries: readonly RegExp[] = [/^(?:Error|Fatal|FATAL|ERROR): /, /\[(?:emerg|fatal)\]/];

function isException(text: string): boolean {
  const trimmed = text.trimStart();
  return exceptions.some((pattern) => pattern.test(trimmed));
}

function isHeadline(text: string): boolean {
  return isException(text) || summaries.some((pattern) => pattern.test(text.trimStart()));
}

function lastHeadline(records: readonly LogRecord[]): number | undefined {
  return indexOfLast(records, ({ text, level }) => level !== 'quiet' && isHeadline(text));
}

function lastLoud(records: readonly LogRecord[]): number | undefined {
  return indexOfLast(records, ({ level }) => level === 'loud');
}

function indexOfLast(
  records: readonly LogRecord[],
  matches: (record: LogRecord) => boolean,
): number | undefined {
  const at = records.findLastIndex(matches);
  return at < 0 ? undefined : at;
}
