import * as z from 'zod';
import { codeOf } from '../../core/model/failure.ts';
import type { Limits } from '../../core/model/limits.ts';
import { lacks, type Probe, works } from '../../core/model/probe.ts';

const modelsShape = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });
const what = 'Claude';

/** Whether the key is taken, and the model there: by the list of models, which costs nothing. Never throws. */
export async function inspectClaude(options: {
  readonly key: string;
  /** null: Anthropic's own. */
  readonly baseUrl: string | null;
  readonly model: string;
  readonly limits: Limits;
}): Promise<Probe> {
  const { key, model, limits } = options;
  const base = (options.baseUrl ?? 'https://api.anthropic.com').replace(/\/+$/, '');
  try {
    const response = await fetch(`${base}/v1/models?limit=1000`, {
      headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
      redirect: 'manual',
      signal: AbortSignal.timeout(limits.githubCall),
    });
    return ofAnswer(response.status, await response.text(), model);
  } catch (error) {
    const { cause } = error as { readonly cause?: unknown };
    const mend =
      'check ANTHROPIC_BASE_URL, the proxy and the firewall; until then rules alone decide';
    return lacks(
      what,
      'missing',
      `no answer at ${new URL(base).host} (${codeOf(cause, 'in time')})`,
      mend,
    );
  }
}

function ofAnswer(status: number, body: string, model: string): Probe {
  if (status === 401 || status === 403)
    return lacks(
      what,
      'missing',
      `it does not take the key (${status})`,
      'store a key that works as anthropic-api-key',
    );
  const models = status === 200 ? modelsShape.safeParse(parsed(body)) : null;
  if (status >= 500 || status === 429)
    return lacks(
      what,
      'unknown',
      `it answered ${status}, so the key was not tried`,
      'run doctor again in a minute; status.claude.com says whether it is Claude; until then rules alone decide',
    );
  if (models?.success !== true)
    return lacks(
      what,
      'unknown',
      `the list of models was answered with ${status}, so the key was not tried`,
      'a gateway may have no such list: the first new incident shows whether the key works; else check ANTHROPIC_BASE_URL and the proxy',
    );
  const isListed = models.data.data.some(({ id }) => id === model);
  return isListed
    ? works(what, `the key works, and ${model} is there`)
    : lacks(
        what,
        'limited',
        `the key works, but ${model} is not in the list of models`,
        'it may be an alias; else change the input model',
      );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
