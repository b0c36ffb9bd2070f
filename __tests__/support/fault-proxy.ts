import { once } from 'node:events';
import http from 'node:http';

/** What goes wrong with a request: see `faults` below for the usual ones. */
export type Fault = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** `at`: which requests (`GET /api/v1/pods?…`); `times`: how often it goes wrong (always). */
export interface FaultRule {
  readonly at: RegExp;
  readonly fault: Fault;
  readonly times?: number;
}

export interface FaultProxy {
  readonly url: string;
  /** What came in, in order, with how many others were under way then. */
  readonly requests: readonly { readonly line: string; readonly beside: number }[];
  readonly close: () => Promise<void>;
}

/** A server in front of a real one: passes everything on, except where a rule says what goes wrong. */
export async function startFaultProxy(
  target: string,
  rules: readonly FaultRule[],
): Promise<FaultProxy> {
  const left = new Map(rules.map((rule) => [rule, rule.times ?? Number.POSITIVE_INFINITY]));
  const requests: { line: string; beside: number }[] = [];
  let underWay = 0;
  const server = http.createServer((request, response) => {
    const line = `${request.method} ${request.url}`;
    requests.push({ line, beside: underWay++ });
    const end = response.end.bind(response);
    // Counted down before the answer is whole: the next request can only come after it.
    response.end = ((...args: Parameters<typeof end>) => {
      underWay--;
      return end(...args);
    }) as typeof response.end;
    const rule = rules.find((each) => each.at.test(line) && (left.get(each) ?? 0) > 0);
    if (rule === undefined) return passOn(target, request, response);
    left.set(rule, (left.get(rule) ?? 0) - 1);
    return rule.fault(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    requests,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Answers as `target` does. */
export function passOn(
  target: string,
  request: http.IncomingMessage,
  response: http.ServerResponse,
) {
  const { method, headers } = request;
  const onward = http.request(`${target}${request.url}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

/** Nothing ever comes. */
export const hang: Fault = () => undefined;

/** The head, then a byte now and then, for ever. */
export const drip: Fault = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

export const reset: Fault = (request) => {
  request.socket.resetAndDestroy();
};

/** Half of what was promised, then the connection goes. */
export const breakOff: Fault = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 1000 });
  response.write('{"kind":"PodList","items":[', () => response.destroy());
};

export const html: Fault = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html' });
  response.end('<!doctype html><title>Sign in</title>');
};

export const notJson: Fault = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end('{"kind":"PodList","items":[');
};

/** A Kubernetes Status with this code. */
export function status(code: number, headers: http.OutgoingHttpHeaders = {}): Fault {
  return (_request, response) => {
    response.writeHead(code, { 'Content-Type': 'application/json', ...headers });
    response.end(
      JSON.stringify({ kind: 'Status', status: 'Failure', message: `says ${code}`, code }),
    );
  };
}
