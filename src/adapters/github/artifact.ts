import { Failure } from '../../core/model/failure.ts';
import type { Limits } from '../../core/model/limits.ts';
import { cut } from '../../core/model/text.ts';
import type { Log } from '../../ports.ts';

/** Uploads exactly these files; the artifact's URL, or null where this GitHub keeps no artifacts. Throws Failure GITHUB_REFUSED. */
export type Upload = (files: readonly string[]) => Promise<string | null>;

/**
 * One artifact per run and attempt, `kube-vigil-<cluster>-<run id>-<attempt>`, for `retentionDays` (at most what the
 * repository allows). Nothing is asked for within `limits.upload` ms any more; the library goes on by itself for
 * minutes then, until the process exits. Needs the variables that only an action gets (`ACTIONS_RUNTIME_TOKEN`).
 */
export function artifactUpload(options: {
  readonly cluster: string;
  /** The folder that all files lie in; their names in the artifact are relative to it. */
  readonly folder: string;
  readonly runId: string;
  readonly attempt: string;
  /** `https://github.com`. */
  readonly serverUrl: string;
  readonly owner: string;
  readonly repo: string;
  readonly retentionDays: number;
  readonly limits: Limits;
  readonly log: Log;
}): Upload {
  const { runId, serverUrl, owner, repo, limits, log } = options;
  const name = artifactName(options.cluster, runId, options.attempt);
  return async (files) => {
    if (files.length === 0) return null;
    try {
      const id = await inTime(limits.upload, send(name, files, options));
      return `${serverUrl}/${owner}/${repo}/actions/runs/${runId}/artifacts/${id}`;
    } catch (error) {
      if (!isTooOld(error)) throw refusal(name, error);
      log.warn(
        `${serverUrl} keeps no artifacts of this kind: nothing was uploaded. Add a step with actions/upload-artifact@v3.2.2 and path: ${options.folder}`,
      );
      return null;
    }
  };
}

/** What an artifact's name may not hold becomes a dash. */
export function artifactName(cluster: string, runId: string, attempt: string): string {
  return `kube-vigil-${cluster}-${runId}-${attempt}`.replace(/[":<>|*?\r\n\\/]/g, '-');
}

async function send(
  name: string,
  files: readonly string[],
  options: Parameters<typeof artifactUpload>[0],
): Promise<number> {
  // Loaded here: it costs half a second and reads the environment.
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const { folder, retentionDays } = options;
  const client = new DefaultArtifactClient();
  const { id } = await client.uploadArtifact(name, [...files], folder, { retentionDays });
  if (id === undefined) throw new Error('the service gave it no number');
  return id;
}

function inTime<T>(limit: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error(`not done within ${Math.ceil(limit / 1000)} s`));
    const timer = setTimeout(late, limit);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function isTooOld(error: unknown): boolean {
  return (error as { readonly name?: unknown }).name === 'GHESNotSupportedError';
}

function refusal(name: string, error: unknown): Failure {
  const { message } = error as { readonly message?: unknown };
  const why = cut(String(message ?? error).replace(/\s+/g, ' '), 300);
  return new Failure('GITHUB_REFUSED', `The artifact ${name} was not uploaded: ${why}`, {
    cause: error,
  });
}
