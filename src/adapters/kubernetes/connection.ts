import http from 'node:http';
import https from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { Failure, sayFailure } from '../../core/model/failure.ts';
import { cut } from '../../core/model/text.ts';
import { redact } from '../../core/objects/redact.ts';
import { type Credential, runPlugin } from './exec-plugin.ts';
import { chooseContext, type KubeconfigSource, loadKubeconfig } from './kubeconfig.ts';
import type { Kubeconfig } from './kubeconfig-schema.ts';

export interface KubeSource {
  readonly kubeconfig: KubeconfigSource;
  /** Default: the kubeconfig's current-context. */
  readonly context?: string | undefined;
}

/** How to talk to one API server: address, credentials, TLS, proxy. */
export interface Connection {
  /** May end in a path (Rancher), never in a slash. */
  readonly server: string;
  /** `host:port`, for texts: an address may carry credentials, this does not. */
  readonly host: string;
  /** Auth, agent: for `http.request` or `https.request`. */
  readonly options: https.RequestOptions;
  readonly headers: http.OutgoingHttpHeaders;
  close(): void;
}

/** Gets credentials; a plugin is killed when `signal` fires. Throws Failure CONFIG_INVALID or KUBE_UNAUTHORIZED (a plugin that fails). */
export type Connect = (source: KubeSource, signal: AbortSignal) => Promise<Connection>;

/** Loads the client library: by its inner path and only when it is needed, for its index costs half a second at start. */
export async function loadConnect(): Promise<Connect> {
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  return (source, signal) => connect(new KubeConfig(), source, signal);
}

async function connect(
  kube: KubeConfig,
  source: KubeSource,
  signal: AbortSignal,
): Promise<Connection> {
  if (source.kubeconfig === 'in-cluster') inCluster(() => kube.loadFromCluster());
  else {
    const config = usable(loadKubeconfig(source.kubeconfig), source.context);
    const plugin = takePlugin(config);
    kube.loadFromString(JSON.stringify(config));
    if (plugin !== null)
      kube.addAuthenticator({
        isAuthProvider: () => true,
        applyAuthentication: async (_user, options: https.RequestOptions) =>
          applyCredential(options, await runPlugin(plugin.exec, plugin.cluster, signal)),
      });
  }
  const cluster = kube.getCurrentCluster();
  if (cluster === null) throw new Failure('CONFIG_INVALID', 'The kubeconfig names no cluster');
  const headers: http.OutgoingHttpHeaders = {};
  const options: https.RequestOptions = { headers };
  await kube.applyToHTTPSOptions(options).catch(refuseCredentials);
  const agent = cluster.proxyUrl ? options.agent : keepAliveAgent(cluster.server, options);
  return {
    server: cluster.server.replace(/\/+$/, ''),
    host: new URL(cluster.server).host,
    options: { ...options, agent },
    headers,
    close: () => {
      if (agent instanceof http.Agent) agent.destroy();
    },
  };
}

function applyCredential(options: https.RequestOptions, credential: Credential): void {
  if (credential.token !== undefined)
    Object.assign(options.headers ?? {}, { Authorization: `Bearer ${credential.token}` });
  if (credential.clientCertificateData) options.cert = credential.clientCertificateData;
  if (credential.clientKeyData) options.key = credential.clientKeyData;
}

/** A certificate file that is not there, a token service that refuses. */
function refuseCredentials(error: unknown): never {
  if (error instanceof Failure) throw error;
  const said = cut(redact(sayFailure(error)), 300);
  throw new Failure('CONFIG_INVALID', `The kubeconfig's credentials cannot be used: ${said}`, {
    hint: 'Every file it names must be on this machine: `kubectl config view --raw --minify --flatten` prints a kubeconfig that needs none',
    cause: error,
  });
}

/** The library's agents open a connection, and shake hands, for each page. */
function keepAliveAgent(server: string, options: https.RequestOptions): http.Agent {
  if (server.startsWith('http:')) return new http.Agent({ keepAlive: true });
  const { ca, cert, key, passphrase, rejectUnauthorized, servername } = options;
  const tls = { ca, cert, key, passphrase, rejectUnauthorized, servername };
  const given = Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
  return new https.Agent({ keepAlive: true, ...given });
}

/** The one context that is used, as the library wants it. */
function usable(config: Kubeconfig, asked?: string): Kubeconfig {
  const name = chooseContext(config, asked);
  const anonymous = { name: 'kube-vigil-anonymous', user: {} };
  const contexts = config.contexts
    .filter((each) => each.name === name)
    // Without a user the library would not even apply the CA.
    .map(({ context }) => ({
      name,
      context: { ...context, user: context.user || anonymous.name },
    }));
  const clusters = config.clusters
    .filter((each) => each.name === contexts[0]?.context.cluster)
    // It refuses plain http without this flag; there is no TLS to verify, and chooseContext let it pass.
    .map(({ name: cluster, cluster: it }) => ({
      name: cluster,
      cluster: it.server.startsWith('http:') ? { ...it, 'insecure-skip-tls-verify': true } : it,
    }));
  const users = [...(config.users ?? []), anonymous].filter(
    (each) => each.name === contexts[0]?.context.user,
  );
  return { ...config, 'current-context': name, contexts, clusters, users };
}

/** The used user's plugin, taken out of the config: we run it ourselves. */
function takePlugin(config: Kubeconfig) {
  const user = config.users?.[0]?.user;
  const exec = user?.exec ?? null;
  if (!user || exec === null) return null;
  user.exec = null;
  const { server, 'certificate-authority-data': ca } = config.clusters[0]?.cluster ?? {
    server: '',
  };
  return { exec, cluster: { server, 'certificate-authority-data': ca } };
}

function inCluster(load: () => void): void {
  if (!process.env['KUBERNETES_SERVICE_HOST'])
    throw new Failure('CONFIG_INVALID', 'There is no kubeconfig, and this is no pod of a cluster', {
      hint: 'Give --kubeconfig (on the command line), the input kubeconfig (in the action) or $KUBECONFIG',
    });
  load();
}
