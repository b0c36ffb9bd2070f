import type { Fault } from '../../__tests__/support/faulty-server.ts';

/** One way in which a call goes wrong, each time that it is made. */
export interface FaultKind {
  readonly name: string;
  readonly fault: Fault;
  /** The service did it: only the answer is lost. Makes sense for calls that write. */
  readonly afterEffect?: true;
  /** A body that is not what it should be, with a status that is. */
  readonly body?: 'json' | 'page';
  /** Ends only by our own limits, which are shortened for it. */
  readonly slow?: true;
}

/** As GitHub, Slack and Kubernetes each would word it. */
function refusal(status: number, message: string, error: string): Fault {
  const body = { message, ok: false, error, kind: 'Status', status: 'Failure', code: status };
  return { status, body };
}

const limited = refusal(429, 'Too many requests', 'ratelimited');
/** Seconds: longer than any call may take. */
const retryAfter = '30';

export const faultKinds: readonly FaultKind[] = [
  { name: 'timeout', fault: { hang: true }, slow: true },
  { name: 'reset', fault: { reset: true } },
  { name: '400', fault: refusal(400, 'Bad request', 'invalid_arguments') },
  { name: '401', fault: refusal(401, 'Bad credentials', 'invalid_auth') },
  {
    name: '403',
    fault: refusal(403, 'Resource not accessible by integration', 'access_denied'),
  },
  { name: '404', fault: refusal(404, 'Not Found', 'not_found') },
  { name: '409', fault: refusal(409, 'Conflict', 'conflict') },
  { name: '410', fault: refusal(410, 'Gone', 'method_deprecated') },
  { name: '422', fault: refusal(422, 'Validation Failed', 'invalid_blocks') },
  {
    name: '429 with Retry-After',
    fault: { ...limited, headers: { 'retry-after': retryAfter } },
    slow: true,
  },
  { name: '429', fault: limited, slow: true },
  { name: '500', fault: refusal(500, 'oops', 'internal_error') },
  {
    name: '502 after effect',
    fault: { afterForward: true, status: 502, body: '<h1>Bad gateway</h1>' },
    afterEffect: true,
  },
  {
    name: 'timeout after effect',
    fault: { afterForward: true, hang: true },
    afterEffect: true,
    slow: true,
  },
  { name: 'reset after effect', fault: { afterForward: true, reset: true }, afterEffect: true },
  { name: '503', fault: refusal(503, 'Service unavailable', 'service_unavailable') },
  {
    name: 'bad JSON',
    body: 'json',
    fault: {
      status: 200,
      body: '{"ok":true,"items":[',
      headers: { 'content-type': 'application/json' },
    },
  },
  {
    name: 'HTML with 200',
    body: 'page',
    fault: { status: 200, body: '<!doctype html><title>Sign in</title>' },
  },
  { name: 'cut body', fault: { half: 'cut' } },
  { name: 'slow drip', fault: { half: 'drip' }, slow: true },
];

/** Whether the service does what it is asked under this fault: the answer alone is spoilt. */
export function tookEffect({ fault }: FaultKind): boolean {
  return fault.afterForward === true || fault.half !== undefined;
}
