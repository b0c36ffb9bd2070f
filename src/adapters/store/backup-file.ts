import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { codeOf, Failure } from '../../core/model/failure.ts';
import type { Notification } from '../../core/model/notification.ts';
import { notificationSchema } from './notification-schema.ts';

/** What a backup file holds that can be sent again. */
export interface Saved {
  readonly cluster: string;
  /** In the order in which they were to be sent. */
  readonly notifications: readonly Notification[];
}

const schema = z.looseObject({
  cluster: z.string(),
  notifications: z.array(notificationSchema),
}) satisfies z.ZodType<Saved>;

/** Reads `backup_<cycle_id>_<severity>.json`. Throws Failure CONFIG_INVALID. */
export async function readBackup(file: string): Promise<Saved> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw invalid(file, `cannot be read (${codeOf(error)})`);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const at = error instanceof z.ZodError ? error.issues[0]?.path.join('.') : undefined;
    throw invalid(file, at === undefined ? 'is not JSON' : `has another form at "${at}"`);
  }
}

function invalid(file: string, what: string): Failure {
  return new Failure('CONFIG_INVALID', `The backup file ${file} ${what}`, {
    hint: 'Give a backup_<cycle id>_<severity>.json of the artifact (logs/incidents/), as it is',
  });
}
