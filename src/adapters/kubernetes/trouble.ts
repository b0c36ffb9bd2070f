import { Failure } from '../../core/model/failure.ts';
import type { Gap, GapReason } from '../../core/model/snapshot.ts';
import { cut } from '../../core/model/text.ts';
import { homeOf, type Kind, kinds } from '../../core/objects/kinds.ts';
import { redact } from '../../core/objects/redact.ts';
import type { Answer, Reply, Silence } from './request.ts';

/** One list to read: a kind, everywhere (`namespace` null) or in one namespace, all of it (`selector` empty) or what a field selector lets through. */
export interface Scope {
  readonly kind: Kind;
  readonly namespace: string | null;
  readonly selector: string;
}

/** Why a list was not read. `expired`: its continue token is too old, begin again. */
export interface Trouble {
  readonly reason: GapReason | 'unauthorized' | 'expired';
  /** What happened, in plain words: redacted, short. */
  readonly said: string;
}

/** What is wrong with an answer; null: it is a 200, and JSON by its own word. */
export function troubleOf(answer: Answer): Trouble | null {
  if (answer.silent !== null) return sayingNothing(answer);
  const { status } = answer;
  if (status === 200) {
    const type = answer.headers['content-type'] ?? 'json';
    if (/json/i.test(type)) return null;
    const what = cut(type, 60);
    return unavailable(`the answer is ${what}, not JSON: is this the address of an API server?`);
  }
  const said = `${status}${messageIn(answer)}`;
  if (status === 401) return { reason: 'unauthorized', said };
  if (status === 403) return { reason: 'forbidden', said };
  if (status === 404) return { reason: 'not-found', said };
  if (status === 410) return { reason: 'expired', said };
  return unavailable(`the API server answered ${said}`);
}

export function unavailable(said: string): Trouble {
  return { reason: 'unavailable', said };
}

function sayingNothing({ silent, code }: Silence): Trouble {
  switch (silent) {
    case 'timeout':
      return { reason: 'timeout', said: 'no whole answer came in time' };
    case 'stopped':
      return { reason: 'timeout', said: 'the time for reading the cluster ran out' };
    case 'reset':
      return unavailable(`the connection broke (${code})`);
    case 'refused':
      return unavailable(`no connection (${code})`);
    case 'unknown-host':
      return unavailable(`its name is not known (${code})`);
    case 'tls':
      return unavailable(`TLS failed (${code})`);
    case 'too-large':
      return unavailable(`the answer is too large (${code})`);
  }
}

/** The message of the API server's Status object, where there is one. */
function messageIn(reply: Reply): string {
  try {
    const { message } = JSON.parse(reply.body) as { readonly message?: unknown };
    return typeof message === 'string' ? `: ${cut(redact(message), 200)}` : '';
  } catch {
    return '';
  }
}

/** A list that was not read, as a gap: one sentence, with the rule that would mend a 403. */
export function gapFor(scope: Scope, trouble: Trouble): Gap {
  const { kind } = scope;
  const { plural } = kinds[kind];
  // A kind that is read in one namespace only is missed whole.
  const namespace = homeOf(kind) === undefined ? scope.namespace : null;
  const where = scope.namespace === null ? '' : ` in namespace ${scope.namespace}`;
  const mend = trouble.reason === 'forbidden' ? `; the role must allow ${ruleFor(kind)}` : '';
  const reason = gapReasonOf(trouble.reason);
  return { kind, namespace, reason, detail: `${plural}${where}: ${trouble.said}${mend}` };
}

/** What a gap is called: a token or a list that expired is only not to be had now. */
export function gapReasonOf(reason: Trouble['reason']): GapReason {
  return reason === 'unauthorized' || reason === 'expired' ? 'unavailable' : reason;
}

export function ruleFor(kind: Kind): string {
  return `get and list on ${kinds[kind].plural} of apiGroup "${kinds[kind].group}"`;
}

/** The API server did not take the credentials. */
export function unauthorized(host: string, trouble: Trouble): Failure {
  return new Failure(
    'KUBE_UNAUTHORIZED',
    `The API server at ${host} refuses the credentials (${trouble.said})`,
    { hint: 'The token or certificate in the kubeconfig is wrong or has expired: make a new one' },
  );
}

/** No list could be had at all. */
export function unreachable(host: string, said: string, hint?: string): Failure {
  return new Failure('KUBE_UNREACHABLE', `The API server at ${host} cannot be reached: ${said}`, {
    hint:
      hint ??
      'The runner must be able to reach the API server: check the address in the kubeconfig, DNS, firewall and VPN, or use a self-hosted runner inside the network',
  });
}

/** The hint where TLS is what failed. */
export const tlsHint =
  "certificate-authority-data in the kubeconfig must be the CA of the API server, and the address a name in the server's certificate";

/** Neither pods nor any workload could be read: there is nothing to judge by. */
export function forbidden(host: string, gap: Gap): Failure {
  return new Failure(
    'KUBE_FORBIDDEN',
    `The API server at ${host} lets neither pods nor workloads be read: ${gap.detail}`,
    { hint: 'Apply deploy/rbac.yaml (`kubectl apply -f deploy/rbac.yaml`) and use its account' },
  );
}
