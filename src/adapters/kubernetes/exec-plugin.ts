import { spawn } from 'node:child_process';
import * as z from 'zod';
import { Failure } from '../../core/model/failure.ts';
import { cut } from '../../core/model/text.ts';
import { redact } from '../../core/objects/redact.ts';
import type { ExecPlugin } from './kubeconfig-schema.ts';

const credentialSchema = z.object({
  status: z.object({
    token: z.string().optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
  }),
});
export type Credential = z.infer<typeof credentialSchema>['status'];

/** What the plugin is told of the cluster, where it asks for that (`provideClusterInfo`). */
export interface PluginCluster {
  readonly server: string;
  readonly 'certificate-authority-data'?: string | null | undefined;
}

/**
 * Runs a kubeconfig's credential plugin (`aws eks get-token`, `gke-gcloud-auth-plugin`, …) once and kills it when `signal` fires.
 * Our own, because the client library's sets no `KUBERNETES_EXEC_INFO` and waits for ever. Throws Failure KUBE_UNAUTHORIZED.
 */
export async function runPlugin(
  plugin: ExecPlugin,
  cluster: PluginCluster,
  signal: AbortSignal,
): Promise<Credential> {
  const { stdout, stderr, trouble } = await run(plugin, infoFor(plugin, cluster), signal);
  const name = cut(plugin.command, 100);
  if (trouble !== null) throw refused(`The credential plugin ${name} ${trouble}`, stderr);
  const parsed = credentialSchema.safeParse(parseJson(stdout));
  if (!parsed.success)
    throw refused(`The credential plugin ${name} printed no ExecCredential`, stderr);
  return parsed.data.status;
}

function infoFor(plugin: ExecPlugin, cluster: PluginCluster): string {
  return JSON.stringify({
    apiVersion: plugin.apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive: false, ...(plugin.provideClusterInfo === true ? { cluster } : {}) },
  });
}

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** null: exit 0. */
  readonly trouble: string | null;
}

function run(plugin: ExecPlugin, info: string, signal: AbortSignal): Promise<Ended> {
  const own = Object.fromEntries((plugin.env ?? []).map(({ name, value }) => [name, value]));
  return new Promise((resolve) => {
    const child = spawn(plugin.command, plugin.args ?? [], {
      env: { ...process.env, ...own, KUBERNETES_EXEC_INFO: info },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    const end = (trouble: string | null) => {
      signal.removeEventListener('abort', stop);
      resolve({ stdout, stderr, trouble });
    };
    // What it started may hold the pipes open: they are let go of, or this process could not end.
    const stop = () => {
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
      end('did not answer in time');
    };
    signal.addEventListener('abort', stop);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ENOENT' ? 'is not installed here' : `cannot run (${error.code})`),
    );
    child.on('close', (code) => end(code === 0 ? null : `failed (exit ${code})`));
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refused(message: string, stderr: string): Failure {
  const said = cut(redact(stderr.replace(/\s+/g, ' ').trim()), 300);
  return new Failure('KUBE_UNAUTHORIZED', said === '' ? message : `${message}: ${said}`, {
    hint: 'The kubeconfig names this command: it must be installed on the runner and logged in; or use a kubeconfig with a service account token',
  });
}
