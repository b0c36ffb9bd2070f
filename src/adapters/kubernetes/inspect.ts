import { isDnsName } from '../../core/model/dns-name.ts';
import { Failure, sayFailure } from '../../core/model/failure.ts';
import type { Limits } from '../../core/model/limits.ts';
import { lacks, type Probe, works } from '../../core/model/probe.ts';
import { count, cut } from '../../core/model/text.ts';
import { homeOf, type Kind, kindNames, kinds } from '../../core/objects/kinds.ts';
import { redact } from '../../core/objects/redact.ts';
import type { KubeSource } from './connection.ts';
import { type CustomKind, discover, resourceOf } from './discovery.ts';
import { listPath } from './pages.ts';
import type { Reader } from './reader.ts';
import type { Answer } from './request.ts';
import { ruleFor, troubleOf, unreachable } from './trouble.ts';
import { openVisit, type Visit } from './visit.ts';

const server = 'API server';
const tryYourself =
  'try the same kubeconfig on this machine: kubectl get --raw /version shows what is in the way';
/** As many kinds of custom resources as a cycle reads. */
const mostCustom = 60;

/** Tries what a cycle reads of a cluster, one object of each: GET only. Never throws. */
export async function inspectCluster(
  source: KubeSource,
  limits: Limits,
): Promise<readonly Probe[]> {
  try {
    const visit = await openVisit(source, limits);
    try {
      return await inspect(visit);
    } finally {
      visit.end();
    }
  } catch (error) {
    const said = error instanceof Failure ? error.message : sayFailure(error);
    const hint = error instanceof Failure && error.hint !== '' ? error.hint : tryYourself;
    return [lacks(server, 'missing', redact(said), hint)];
  }
}

async function inspect(visit: Visit): Promise<readonly Probe[]> {
  const { reader, host } = visit;
  const version = await reader.ask('/version', false);
  visit.throwIfFailed();
  const trouble = troubleOf(version);
  if (trouble?.reason === 'unavailable' || trouble?.reason === 'timeout')
    throw unreachable(host, trouble.said);
  visit.succeeded(version);
  const answers = await Promise.all(
    kindNames.map(async (kind) => {
      const path = listPath(kinds[kind], homeOf(kind) ?? null, { limit: 1, token: '' });
      return { kind, answer: await reader.ask(path, false) };
    }),
  );
  visit.throwIfFailed();
  const pods = answers.find(({ kind }) => kind === 'Pod')?.answer;
  return [
    works(server, `answers at ${host}${versionIn(version)}`),
    ...answers.map(({ kind, answer }) => ofList(kind, answer)),
    await ofLogs(reader, pods),
    await ofCustom(reader),
  ];
}

function ofList(kind: Kind, answer: Answer): Probe {
  const { plural } = kinds[kind];
  const home = homeOf(kind);
  const what = `list ${plural}${home === undefined ? '' : ` in ${home}`}`;
  const trouble = troubleOf(answer);
  if (trouble === null) return works(what, 'allowed');
  if (trouble.reason === 'not-found')
    return lacks(
      what,
      'limited',
      'this cluster does not serve them, so nothing is found there',
      'nothing, where its version is meant to be that old; else look for what blocks this path',
    );
  const mend =
    trouble.reason === 'forbidden'
      ? `the role must allow ${ruleFor(kind)}: kubectl apply -f deploy/rbac.yaml`
      : `try kubectl get ${plural} -A: where that fails too, kubectl get --raw '/readyz?verbose' says what ails the API server; else run doctor again`;
  return lacks(what, 'missing', trouble.said, mend);
}

/** The last byte of any container's log; what the log holds is looked at by nobody. */
async function ofLogs(reader: Reader, pods: Answer | undefined): Promise<Probe> {
  const what = 'read logs';
  const path = logPathIn(pods);
  if (path === null)
    return lacks(
      what,
      'unknown',
      'no pod could be listed to read one of',
      'run doctor again once a pod can be listed; the role must allow get on pods/log',
    );
  const answer = await reader.ask(path, false);
  if (answer.silent === null && answer.status === 403)
    return lacks(
      what,
      'limited',
      troubleOf(answer)?.said ?? '403',
      'without get on pods/log the cause of crashes stays unknown: kubectl apply -f deploy/rbac.yaml',
    );
  // A container that waits has no log, and a node that is gone none to give: that may be asked is what counts.
  return answer.silent === null
    ? works(what, 'allowed')
    : lacks(
        what,
        'unknown',
        troubleOf(answer)?.said ?? 'no answer',
        'run doctor again; where it stays so, the API server does not reach the kubelets: kubectl logs fails too',
      );
}

async function ofCustom(reader: Reader): Promise<Probe> {
  const what = 'list custom resources';
  const found = await discover(reader);
  if (found.kinds === null)
    return lacks(
      what,
      'limited',
      found.trouble.said,
      'the account must be allowed get on /apis (system:discovery grants it); without it custom resources are not looked at',
    );
  const asked = found.kinds.slice(0, mostCustom);
  const refused = await Promise.all(
    asked.map(async (kind) => ((await isRefused(reader, kind)) ? [resourceOf(kind)] : [])),
  );
  const names = refused.flat();
  if (names.length === 0) return works(what, `allowed, ${count(asked.length, 'kind')}`);
  const shown = cut(names.join(', '), 200);
  return lacks(
    what,
    'limited',
    `${names.length} of ${asked.length} kinds may not be listed: ${shown}`,
    'kubectl apply -f deploy/rbac-custom.yaml, or a rule for these groups',
  );
}

async function isRefused(reader: Reader, kind: CustomKind): Promise<boolean> {
  const answer = await reader.ask(listPath(kind, null, { limit: 1, token: '' }), false);
  return troubleOf(answer)?.reason === 'forbidden';
}

function versionIn(answer: Answer): string {
  const { gitVersion } = parsed(answer) as { readonly gitVersion?: unknown };
  return typeof gitVersion === 'string' ? ` (${cut(gitVersion, 40)})` : '';
}

function logPathIn(answer: Answer | undefined): string | null {
  const { items } = parsed(answer) as { readonly items?: unknown };
  const [first] = Array.isArray(items) ? items : [];
  const { metadata, spec } = (first ?? {}) as {
    readonly metadata?: { readonly namespace?: unknown; readonly name?: unknown };
    readonly spec?: { readonly containers?: readonly { readonly name?: unknown }[] };
  };
  const names = [metadata?.namespace, metadata?.name, spec?.containers?.[0]?.name];
  const [namespace, pod, container] = names.filter(
    (name): name is string => typeof name === 'string' && isDnsName(name),
  );
  if (namespace === undefined || pod === undefined || container === undefined) return null;
  const query = `container=${container}&tailLines=1&limitBytes=1`;
  return `/api/v1/namespaces/${namespace}/pods/${pod}/log?${query}`;
}

function parsed(answer: Answer | undefined): object {
  if (answer === undefined || answer.silent !== null) return {};
  try {
    const value: unknown = JSON.parse(answer.body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
