import { setMaxListeners } from 'node:events';
import type { Failure } from '../../core/model/failure.ts';
import type { Limits } from '../../core/model/limits.ts';
import { type Connection, type KubeSource, loadConnect } from './connection.ts';
import { makeReader, type Reader } from './reader.ts';
import type { Answer } from './request.ts';
import { tlsHint, troubleOf, unauthorized, unreachable } from './trouble.ts';

/** One look at one API server: its time limits, its credentials, and what makes it fail as a whole. */
export interface Visit {
  readonly reader: Reader;
  /** `host:port`, for texts. */
  readonly host: string;
  /** A page of a list came in this answer. */
  succeeded(answer: Answer): void;
  /** Throws Failure KUBE_UNREACHABLE or KUBE_UNAUTHORIZED, where that has happened. */
  throwIfFailed(): void;
  /** The API server's `Date` with the first page; null where it sent none. */
  date(): string | null;
  end(): void;
}

/** Throws Failure CONFIG_INVALID, KUBE_UNAUTHORIZED or KUBE_UNREACHABLE where not even credentials can be had. */
export async function openVisit(source: KubeSource, limits: Limits): Promise<Visit> {
  const connect = await loadConnect();
  const watch = startWatch(limits);
  try {
    // Some ways to get credentials know no signal.
    const connectInTime = () =>
      Promise.race([connect(source, watch.signal), aborted(watch.signal)]);
    const first = await connectInTime();
    watch.throwIfFailed();
    if (first === null) throw unreachable('the kubeconfig', 'no credentials in time');
    return visitWith(first, connectInTime, watch, limits);
  } catch (error) {
    watch.end();
    throw error;
  }
}

/** null: the time was used up. */
type ConnectAgain = () => Promise<Connection | null>;

function visitWith(
  first: Connection,
  connectAgain: ConnectAgain,
  watch: Watch,
  limits: Limits,
): Visit {
  watch.at(first.host);
  const pool = makePool(first, connectAgain, () => watch.firstPage() !== null);
  const { ask } = makeReader({ ...pool, limits, signal: watch.signal });
  return {
    ...watch,
    host: first.host,
    reader: {
      ask: async (path, ahead, accept) => {
        const answer = await ask(path, ahead, accept);
        watch.hear(answer);
        return answer;
      },
    },
    date: () => {
      const page = watch.firstPage();
      return page?.silent === null ? (page.headers.date ?? null) : null;
    },
    end: () => {
      watch.end();
      pool.close();
    },
  };
}

/** The connection in use. Credentials that worked before and are refused now (a plugin's live for minutes) are renewed once. */
function makePool(first: Connection, connectAgain: ConnectAgain, worked: () => boolean) {
  const connections = [first];
  let latest = first;
  let renewal: Promise<boolean> | null = null;
  return {
    connection: () => latest,
    renew: async (stale: Connection): Promise<boolean> => {
      if (latest !== stale) return true;
      if (!worked()) return false;
      renewal ??= connectAgain().then(
        (fresh) => {
          if (fresh === null) return false;
          connections.push(fresh);
          latest = fresh;
          return true;
        },
        () => false,
      );
      return renewal;
    },
    close: () => {
      for (const connection of connections) connection.close();
    },
  };
}

type Watch = ReturnType<typeof startWatch>;

/** The clock over one visit, and the ear for what ends it early. */
function startWatch(limits: Limits) {
  const control = new AbortController();
  // Every request under way listens, and Node would warn of a leak at the eleventh.
  setMaxListeners(0, control.signal);
  let host = 'the address in the kubeconfig';
  let failure: Failure | null = null;
  let heard = false;
  let firstPage: Answer | null = null;
  let lastTrouble = 'no answer';

  const fail = (why: Failure) => {
    failure ??= why;
    control.abort();
  };
  const onFirst = () => {
    const within = `no list could be read within ${limits.kubernetesFirst / 1000} s`;
    if (firstPage === null) fail(unreachable(host, `${within} (${lastTrouble})`));
  };
  const timers = [
    setTimeout(onFirst, limits.kubernetesFirst),
    setTimeout(() => control.abort(), limits.kubernetesAll),
  ];

  return {
    signal: control.signal,
    at: (name: string) => {
      host = name;
    },
    /** Refused credentials end the visit; so does a broken connection, unless the API server was heard before. */
    hear: (answer: Answer) => {
      const trouble = troubleOf(answer);
      if (answer.silent === null) heard = true;
      if (trouble === null || answer.silent === 'stopped') return;
      lastTrouble = trouble.said;
      if (trouble.reason === 'unauthorized') fail(unauthorized(host, trouble));
      else if (!heard && trouble.reason === 'unavailable')
        fail(unreachable(host, trouble.said, answer.silent === 'tls' ? tlsHint : undefined));
    },
    succeeded: (answer: Answer) => {
      firstPage ??= answer;
    },
    firstPage: () => firstPage,
    throwIfFailed: () => {
      if (failure !== null) throw failure;
    },
    end: () => {
      for (const timer of timers) clearTimeout(timer);
      control.abort();
    },
  };
}

/** null, a moment after `signal` fires: what it stops may still say why. */
function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => setImmediate(resolve, null));
  });
}
