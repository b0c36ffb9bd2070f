import type { Fault } from '../../__tests__/support/faulty-server.ts';
import type { SituationName } from './situations.ts';
import type { Service } from './world.ts';

/**
 * What a fault of a call means for the job, with `fail-on: failed-cycle` (action.yml: red where the cycle failed, and
 * where the memory could not be saved). green: never. red: always. saved: green only where the write took effect.
 */
type Means = 'green' | 'red' | 'saved';

/** One call that a cycle makes to a service outside. */
export interface Call {
  readonly name: string;
  readonly service: Service;
  readonly route: Pick<Fault, 'method' | 'path' | 'holds'>;
  /** In which a cycle makes it. */
  readonly situation: SituationName;
  /** Its own limit is short as it is. */
  readonly isShort?: true;
  /** Bodies that are not read: any answer of 2xx with one says that it was done. */
  readonly unread?: readonly ('json' | 'page')[];
  /** It changes something out there. */
  readonly writes?: true;
  readonly means: Means;
  /** Answers that mean something to this call, and so another exit code. */
  readonly but?: { readonly [fault: string]: 0 | 1 };
}

/** Refused credentials end the look, whatever was read before. */
const refusedCredentials = { '401': 1 } as const;

const actionsApi = '/twirp/github.actions.results.api.v1';

export const calls: readonly Call[] = [
  {
    name: 'kubernetes: everything',
    ...{ service: 'kubernetes', route: { path: '/' }, situation: 'first', means: 'red' },
  },
  {
    name: 'kubernetes: list of pods',
    ...{ service: 'kubernetes', route: { path: '/api/v1/pods' }, situation: 'first' },
    means: 'green',
    but: refusedCredentials,
  },
  {
    name: 'kubernetes: list of deployments',
    ...{ service: 'kubernetes', route: { path: '/apis/apps/v1/deployments' }, situation: 'told' },
    means: 'green',
    but: refusedCredentials,
  },
  {
    name: 'kubernetes: discovery',
    ...{ service: 'kubernetes', route: { path: /^\/apis$/ }, situation: 'first', means: 'green' },
  },
  {
    name: 'kubernetes: logs',
    ...{ service: 'kubernetes', route: { path: '/log?' }, situation: 'first', means: 'green' },
  },
  {
    name: 'kubernetes: namespaces',
    ...{ service: 'kubernetes', route: { path: /\/namespaces(\?|$|\/kube-system)/ } },
    ...{ situation: 'told', means: 'green', but: refusedCredentials },
  },
  {
    name: 'claude: messages',
    ...{ service: 'claude', route: { path: '/v1/messages' }, situation: 'first', means: 'green' },
  },
  {
    name: 'slack: alert (chat.postMessage)',
    ...{ service: 'slack', route: { path: 'chat.postMessage' }, situation: 'first' },
    ...{ writes: true, means: 'green' },
  },
  {
    name: 'slack: alert, history not readable',
    ...{ service: 'slack', route: { path: 'chat.postMessage' }, situation: 'deaf' },
    ...{ writes: true, means: 'green' },
  },
  {
    name: 'slack: reply (chat.postMessage)',
    ...{ service: 'slack', route: { path: 'chat.postMessage', holds: /thread_ts/ } },
    ...{ situation: 'told', writes: true, means: 'green' },
  },
  {
    name: 'slack: edit (chat.update)',
    ...{ service: 'slack', route: { path: 'chat.update' }, situation: 'told' },
    ...{ writes: true, means: 'green' },
  },
  {
    name: 'slack: health (chat.postMessage)',
    ...{ service: 'slack', route: { path: 'chat.postMessage' }, situation: 'sick' },
    ...{ writes: true, means: 'red' },
  },
  {
    name: 'slack: everything',
    ...{ service: 'slack', route: { path: '/' }, situation: 'told', means: 'green' },
  },
  {
    name: 'slack: auth.test',
    isShort: true,
    ...{ service: 'slack', route: { path: 'auth.test' }, situation: 'told', means: 'green' },
  },
  {
    name: 'slack: conversations.history',
    isShort: true,
    ...{ service: 'slack', route: { path: 'conversations.history' }, situation: 'told' },
    means: 'green',
  },
  {
    name: 'slack: conversations.replies',
    isShort: true,
    ...{ service: 'slack', route: { path: 'conversations.replies' }, situation: 'told' },
    means: 'green',
  },
  {
    name: 'github: repository',
    ...{ service: 'github', route: { method: 'GET', path: /\/repos\/acme\/ops$/ } },
    ...{ situation: 'told', means: 'green' },
  },
  {
    name: 'github: catalog (contents)',
    ...{ service: 'github', route: { method: 'GET', path: '/contents/kube-vigil.yml' } },
    ...{ situation: 'uncatalogued', means: 'red' },
    // There is none: that is no error.
    but: { '404': 0 },
  },
  {
    name: 'github: state (contents GET)',
    ...{ service: 'github', route: { method: 'GET', path: '/contents/state' }, situation: 'told' },
    means: 'red',
  },
  {
    name: 'github: state (contents PUT)',
    ...{ service: 'github', route: { method: 'PUT', path: '/contents/state' }, situation: 'told' },
    ...{ writes: true, means: 'saved' },
  },
  {
    name: 'github: everything',
    ...{ service: 'github', route: { path: '/' }, situation: 'told', means: 'red' },
  },
  {
    name: 'github: branch (git/ref)',
    ...{ service: 'github', route: { method: 'GET', path: '/git/ref/' }, situation: 'first' },
    means: 'red',
    // No branch, or a repository without a commit: a first run. So is a branch without the file, and there its status
    // is all that is read: the write that follows can replace nothing.
    but: { '404': 0, '409': 0, 'bad JSON': 0, 'HTML with 200': 0 },
  },
  ...['blobs', 'trees', 'commits'].map(
    (path): Call => ({
      name: `github: first state (git/${path})`,
      ...{ service: 'github', route: { method: 'POST', path: `/git/${path}` } },
      ...{ situation: 'first', writes: true, means: 'red' },
    }),
  ),
  {
    name: 'github: first state (git/refs)',
    ...{ service: 'github', route: { method: 'POST', path: '/git/refs' }, situation: 'first' },
    ...{ writes: true, means: 'saved' },
  },
  {
    name: 'issue: list',
    ...{ service: 'github', route: { method: 'GET', path: '/issues?' }, situation: 'sick' },
    means: 'red',
  },
  {
    name: 'issue: open (POST)',
    ...{ service: 'github', route: { method: 'POST', path: /\/issues$/ }, situation: 'sick' },
    ...{ writes: true, means: 'red' },
  },
  {
    name: 'issue: read (GET)',
    ...{ service: 'github', route: { method: 'GET', path: /\/issues\/1$/ } },
    ...{ situation: 'well again', means: 'green' },
  },
  {
    name: 'issue: close (PATCH)',
    ...{ service: 'github', route: { method: 'PATCH', path: '/issues/1' } },
    ...{ situation: 'well again', writes: true, means: 'green' },
  },
  {
    name: 'issue: comment (POST)',
    ...{ service: 'github', route: { method: 'POST', path: '/issues/1/comments' } },
    ...{ situation: 'well again', writes: true, means: 'green' },
  },
  {
    name: 'issue: comments (GET)',
    isShort: true,
    ...{ service: 'github', route: { method: 'GET', path: '/issues/1/comments' } },
    ...{ situation: 'answered', means: 'green' },
  },
  {
    name: 'issue: reaction (POST)',
    isShort: true,
    ...{ service: 'github', route: { method: 'POST', path: '/reactions' } },
    ...{ situation: 'answered', writes: true, means: 'green' },
  },
  {
    name: 'artifact: CreateArtifact',
    ...{ service: 'artifacts', route: { path: '/CreateArtifact' }, situation: 'first' },
    ...{ writes: true, means: 'green' },
  },
  {
    name: 'artifact: upload (PUT)',
    ...{ service: 'artifacts', route: { path: '/blob/' }, situation: 'first' },
    ...{ writes: true, means: 'green' },
  },
  {
    name: 'artifact: FinalizeArtifact',
    ...{ service: 'artifacts', route: { path: '/FinalizeArtifact' }, situation: 'first' },
    ...{ writes: true, means: 'green' },
  },
  {
    name: 'cache: look-up',
    ...{ service: 'cache', route: { path: `${actionsApi}.CacheService/GetCacheEntry` } },
    ...{ situation: 'cached', means: 'red' },
  },
  {
    name: 'cache: download',
    ...{ service: 'cache', route: { method: 'GET', path: '/blob/' } },
    ...{ situation: 'cached', means: 'red' },
  },
  {
    name: 'cache: reserve',
    ...{ service: 'cache', route: { path: `${actionsApi}.CacheService/CreateCacheEntry` } },
    ...{ situation: 'cached', writes: true, means: 'red' },
  },
  {
    name: 'cache: upload',
    ...{ service: 'cache', route: { method: 'PUT', path: '/blob/' } },
    ...{ situation: 'cached', writes: true, means: 'red' },
    // Its answer has no body that could be cut.
    but: { 'cut body': 0 },
  },
  {
    name: 'cache: finalize',
    ...{ service: 'cache', route: { path: `${actionsApi}.CacheService/Finalize` } },
    ...{ situation: 'cached', writes: true, means: 'saved' },
    // The time is used up before anybody can look whether it landed.
    but: { 'timeout after effect': 1, 'slow drip': 1 },
  },
  {
    name: 'cache: first run (list of caches)',
    ...{ service: 'cache', route: { path: '/actions/caches' } },
    ...{ situation: 'first cached', means: 'red' },
  },
  ...['slack-webhook', 'webhook', 'pagerduty'].map(
    (way): Call => ({
      name: `further way out: ${way}`,
      ...{ service: 'ways', route: { path: `/${way}` }, situation: 'further ways' },
      ...{ writes: true, means: 'green', ...(way === 'webhook' ? { unread: ['json'] } : {}) },
    }),
  ),
  {
    name: 'heartbeat',
    isShort: true,
    unread: ['json', 'page'],
    ...{ service: 'heartbeat', route: { path: '/check' }, situation: 'first', means: 'green' },
  },
];
