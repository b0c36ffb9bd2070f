import { isDnsName } from '../../core/model/dns-name.ts';
import type { Limits } from '../../core/model/limits.ts';
import type { ContainerLog, Gap, LogRef } from '../../core/model/snapshot.ts';
import { count } from '../../core/model/text.ts';
import { cleanLog, logTail } from '../../core/objects/log-lines.ts';
import type { KubeSource } from './connection.ts';
import type { Reader } from './reader.ts';
import type { Answer, Reply } from './request.ts';
import { gapReasonOf, type Trouble, troubleOf } from './trouble.ts';
import { openVisit } from './visit.ts';

export interface LogReading {
  readonly logs: readonly ContainerLog[];
  readonly gaps: readonly Gap[];
}

/** So many lines are asked for where 32 KB held less than the last 20: the server cuts off the end, which matters most. */
const fewLines = 3;

/** The end of each log, all within `time` ms. A container that is gone, or has no log yet, is none; all that could not be read is one gap. Never throws. */
export async function readLogs(
  source: KubeSource,
  wanted: readonly LogRef[],
  limits: Limits,
  time: number,
): Promise<LogReading> {
  const asked = wanted.filter((ref) => [ref.namespace, ref.pod, ref.container].every(isDnsName));
  if (time <= 0) return noneOf(asked, 'timeout', 'the time for reading the cluster ran out');
  try {
    const visit = await openVisit(source, {
      ...limits,
      kubernetesAll: time,
      kubernetesFirst: time,
      kubernetesPage: time / 2,
    });
    try {
      return outcomeOf(asked, await Promise.all(asked.map((ref) => readLog(visit.reader, ref))));
    } finally {
      visit.end();
    }
  } catch {
    // The lists were read a moment ago: that the server is lost now is told by the next cycle's.
    return noneOf(asked, 'unavailable', 'the API server does not answer any more');
  }
}

function noneOf(asked: readonly LogRef[], reason: Trouble['reason'], said: string): LogReading {
  const missed = asked.map((ref) => ({ ref, trouble: { reason, said } }));
  return { logs: [], gaps: gapsOf(asked, missed) };
}

type Outcome = ContainerLog | null | { readonly ref: LogRef; readonly trouble: Trouble };

function outcomeOf(asked: readonly LogRef[], outcomes: readonly Outcome[]): LogReading {
  const there = outcomes.filter((each) => each !== null);
  const missed = there.filter((each) => 'trouble' in each);
  return { logs: there.filter((each) => 'lines' in each), gaps: gapsOf(asked, missed) };
}

/** null: there is none. The log of the run before may be gone where that of this run is not. */
async function readLog(reader: Reader, ref: LogRef): Promise<Outcome> {
  const answer = await reader.ask(pathOf(ref, logTail.lines), false);
  if (answer.silent === null && answer.status === 200) {
    const lines = await wholeLines(reader, ref, answer);
    return lines.length === 0 ? null : { ...ref, lines };
  }
  if (answer.silent === null && answer.status === 400) {
    const gone = ref.previous && /previous terminated container/i.test(answer.body);
    return gone ? readLog(reader, { ...ref, previous: false }) : null;
  }
  const trouble = troubleOf(answer);
  return trouble === null || trouble.reason === 'not-found' ? null : { ref, trouble };
}

/** A server that cut the text off at the limit is asked for less of it. */
async function wholeLines(reader: Reader, ref: LogRef, reply: Reply): Promise<readonly string[]> {
  if (!isCutOff(reply)) return cleanLog(reply.body);
  const last = await reader.ask(pathOf(ref, fewLines), false);
  const { body } = isText(last) ? last : reply;
  // What is cut in the middle may be half of a secret.
  const kept =
    body.length > logTail.bytes ? body.slice(-logTail.bytes).replace(/^[^\n]*\n?/, '') : body;
  return cleanLog(isText(last) && !isCutOff(last) ? kept : kept.replace(/\n[^\n]*$/, ''));
}

function isText(answer: Answer): answer is Reply {
  return answer.silent === null && answer.status === 200;
}

function isCutOff({ body }: Reply): boolean {
  return Buffer.byteLength(body) >= logTail.bytes;
}

/** `/api/v1/namespaces/shop/pods/api-1/log?container=api&previous=true&tailLines=20&limitBytes=32768` */
function pathOf({ namespace, pod, container, previous }: LogRef, lines: number): string {
  const query = new URLSearchParams({
    container,
    ...(previous ? { previous: 'true' } : {}),
    tailLines: String(lines),
    limitBytes: String(logTail.bytes),
  });
  return `/api/v1/namespaces/${namespace}/pods/${pod}/log?${query.toString()}`;
}

const worstFirst: readonly Trouble['reason'][] = ['forbidden', 'unauthorized', 'timeout'];

/** One gap for all of them: that of one namespace where it is the only one. */
function gapsOf(
  asked: readonly LogRef[],
  missed: readonly { readonly ref: LogRef; readonly trouble: Trouble }[],
): readonly Gap[] {
  const rank = ({ reason }: Trouble) => worstFirst.indexOf(reason) + 1 || worstFirst.length + 1;
  const [worst] = [...missed].sort((a, b) => rank(a.trouble) - rank(b.trouble));
  if (worst === undefined) return [];
  const { reason, said } = worst.trouble;
  const mend = reason === 'forbidden' ? '; the role must allow get on pods/log of apiGroup ""' : '';
  const many = `${missed.length} of ${count(asked.length, 'log')}`;
  const [namespace = null, ...others] = new Set(missed.map(({ ref }) => ref.namespace));
  return [
    {
      kind: 'Pod/log',
      namespace: others.length === 0 ? namespace : null,
      reason: gapReasonOf(reason),
      detail: `last words of failing containers, ${many} not read: ${said}${mend}`,
    },
  ];
}
