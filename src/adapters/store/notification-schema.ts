import * as z from 'zod';
import { severities } from '../../core/model/decision.ts';
import type { Notification, OutboxEntry } from '../../core/model/notification.ts';

export const notificationKind = z.enum(['full', 'brief', 'resolved', 'edit', 'health', 'test']);

const block = z.record(z.string(), z.unknown());

const fact = z.looseObject({
  fingerprint: z.string(),
  severity: z.enum(severities),
  state: z.string(),
  text: z.string(),
  kind: z.string(),
  namespace: z.string().nullable(),
  name: z.string(),
  reason: z.string(),
  summary: z.string(),
  services: z.array(z.string()),
  since: z.string().nullable(),
});

/** A notification as a backup file holds it. */
export const notificationSchema = z.looseObject({
  id: z.string(),
  kind: notificationKind,
  reason: z.string(),
  severity: z.enum(severities),
  channel: z.string(),
  target: z.enum(['slack-webhook', 'webhook', 'pagerduty']).optional(),
  facts: z.array(fact).optional(),
  alert: z.string(),
  fingerprints: z.array(z.string()),
  broadcast: z.literal(true).optional(),
  refersTo: z.string().optional(),
  message: z.looseObject({
    text: z.string(),
    blocks: z.array(block),
    attachments: z.array(block).optional(),
  }),
  cycleId: z.string(),
  decidedAt: z.string(),
  maybe: z.literal(true).optional(),
  late: z.literal(true).optional(),
  triedAt: z.string().optional(),
}) satisfies z.ZodType<Notification>;

/** One as the outbox holds it. */
export const outboxEntrySchema = notificationSchema.extend({
  status: z.enum(['pending', 'undelivered']),
  run: z.string().nullable(),
  claimedAt: z.string().nullable(),
  attempts: z.number(),
  notBefore: z.string().nullable(),
  error: z.string().nullable(),
  unfit: z.number().optional(),
  first: z.literal(true).optional(),
  missed: z
    .looseObject({ number: z.number(), from: z.string(), to: z.string(), worst: z.string() })
    .optional(),
}) satisfies z.ZodType<OutboxEntry>;
