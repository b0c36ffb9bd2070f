import { readFile } from 'node:fs/promises';
import * as z from 'zod';

const event = z.object({ schedule: z.string().max(200) });

/** The cron expression that started the run; undefined where another event did, or the runner does not say. */
export async function scheduleOf(env: {
  readonly [name: string]: string | undefined;
}): Promise<string | undefined> {
  const { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file = '' } = env;
  if (name !== 'schedule') return undefined;
  try {
    return event.parse(JSON.parse(await readFile(file, 'utf8'))).schedule;
  } catch {
    // Lag and gaps are then told from the last cycles alone.
    return undefined;
  }
}
