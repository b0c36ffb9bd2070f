import type { Clock } from '../../ports.ts';
import type { Call, Method } from './client.ts';
import { classOf, sayFault } from './errors.ts';
import type { Fault } from './faults.ts';

/** Calls of one hearing; Slack allows fifty a minute of each method, for all that the app does. */
const callLimit = 12;

/** What one question brought: what was read of the answer, else Slack's code where it is one of those expected, else neither. */
interface Found<T> {
  readonly found: T | null;
  readonly code: string | null;
}

/** Asks within the limits of one hearing. Never throws: what went wrong is one of `troubles`, and after what would go wrong with the next question too, no more is asked. */
export interface Inquiry {
  readonly troubles: string[];
  /** `about`: what goes unheard if this fails. `expected`: codes that are no trouble. */
  readonly ask: <T>(
    method: Method,
    parameters: { readonly [name: string]: string },
    about: {
      readonly what: string;
      readonly channel: string;
      readonly expected?: readonly string[];
    },
    read: (body: unknown) => T | null,
  ) => Promise<Found<T>>;
}

export function inquiry(
  call: Call,
  { apiUrl, clock }: { readonly apiUrl: string; readonly clock: Clock },
): Inquiry {
  const troubles: string[] = [];
  let calls = 0;
  let over = false;
  return {
    troubles,
    async ask(method, parameters, { what, channel, expected = [] }, readBody) {
      const nothing = { found: null, code: null };
      if (over) return nothing;
      const tell = (why: string): typeof nothing => {
        troubles.push(`${what} was not heard: ${why}`);
        return nothing;
      };
      if (calls === callLimit) {
        over = true;
        return tell('the calls for it were used up');
      }
      calls += 1;
      const answer = await call(method, parameters);
      const found = answer.ok ? readBody(answer.body) : null;
      if (found !== null) return { found, code: null };
      const fault: Fault = answer.ok ? { kind: 'foreign' } : answer.fault;
      if (fault.kind === 'refused' && expected.includes(fault.code))
        return { found: null, code: fault.code };
      over = fault.kind !== 'refused' || /^rate_?limited$/.test(fault.code);
      return tell(sayWhy(fault, { apiUrl, channel, now: clock.now() }));
    },
  };
}

/** The sentences of a delivery fit where a person must mend something; what passes is told shortly. */
function sayWhy(fault: Fault, at: Parameters<typeof sayFault>[1]): string {
  if (fault.kind === 'refused' && classOf(fault) !== 'mend')
    return `Slack answered ${/^[a-z0-9_]{1,80}$/.test(fault.code) ? fault.code : 'an unknown error'}`;
  if (fault.kind === 'limited') return 'Slack limits the calls of the app';
  if (fault.kind === 'silent') return `Slack gave no answer (${fault.reason})`;
  if (fault.kind === 'status' && fault.status >= 500)
    return `Slack has trouble (HTTP ${fault.status})`;
  return sayFault(fault, at);
}
