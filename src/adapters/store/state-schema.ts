import * as z from 'zod';
import { severities } from '../../core/model/decision.ts';
import { cycleStatuses, type MonitorState } from '../../core/model/state.ts';
import { notificationKind, outboxEntrySchema } from './notification-schema.ts';

const severity = z.enum(severities);
const texts = z.array(z.string());

const told = z.looseObject({
  alert: z.string(),
  severity,
  peak: severity.optional(),
  digest: z.string(),
  past: z.string().optional(),
  key: z.string().optional(),
  wordAt: z.string().optional(),
  elsewhere: texts.optional(),
});

const acknowledgement = z.looseObject({
  by: z.string(),
  until: z.string(),
  severity,
  reaction: z.string().optional(),
});

const incident = z.looseObject({
  root: z.looseObject({
    kind: z.string(),
    namespace: z.string().nullable(),
    name: z.string(),
    reason: z.string(),
  }),
  phase: z.enum(['open', 'clearing', 'unknown', 'resolved']),
  severity,
  worst: severity.optional(),
  services: texts,
  summary: z.string(),
  since: z.string().nullable(),
  sinceExact: z.literal(false).optional(),
  openedAt: z.string(),
  checks: texts,
  namespaces: texts.optional(),
  lastSeenAt: z.string().optional(),
  absentReads: z.number().optional(),
  absentSince: z.string().optional(),
  unknownSince: z.string().optional(),
  unknownTold: z.string().optional(),
  told: told.optional(),
  known: z.literal(true).optional(),
  opens: texts.optional(),
  flapping: z.literal(true).optional(),
  steady: z.number().optional(),
  ack: acknowledgement.optional(),
  silence: acknowledgement.optional(),
  absorbedBy: z.string().optional(),
  absorbedTold: z.literal(true).optional(),
  dueAt: z.string().optional(),
  resolvedAt: z.string().optional(),
});

const alert = z.looseObject({
  channel: z.string(),
  route: z.string().optional(),
  ts: z.string().nullable(),
  sentAt: z.string(),
  numbers: texts.optional(),
  used: texts.optional(),
  fixed: z.literal(true).optional(),
  stale: z.literal(true).optional(),
});

const setAside = z.looseObject({
  id: z.string(),
  kind: notificationKind,
  reason: z.string(),
  severity,
  text: z.string(),
  error: z.string(),
  at: z.string(),
});

/** A `MonitorState` as it is stored. Fields that this program does not know are kept, so that a newer one finds them again. */
export const stateSchema = z.looseObject({
  cycleCount: z.number(),
  failedCycles: z.number(),
  health: z.enum(['healthy', 'degraded']),
  lastSuccessfulCycle: z.string().nullable(),
  lastCycleStatus: z.enum(cycleStatuses).nullable(),
  lastCycleId: z.string().nullable(),
  clusterUid: z.string().nullable(),
  snapshotAt: z.string().nullable(),
  lookedAt: z.string().nullable(),
  trend: z.array(z.number()).optional(),
  openings: z.record(z.string(), z.array(z.number())).optional(),
  lastAlerts: z.record(z.string(), z.string()).optional(),
  untold: z.number().optional(),
  heardAt: z.string().optional(),
  slackUrl: z.string().optional(),
  heardKeys: texts.optional(),
  refusedAt: z.record(z.string(), z.string()).optional(),
  incidents: z.record(z.string(), incident),
  alerts: z.record(z.string(), alert),
  outbox: z.array(outboxEntrySchema),
  setAside: z.array(setAside).optional(),
  healthIssue: z.looseObject({ number: z.number(), url: z.string() }).nullable(),
  issueClaim: z.looseObject({ run: z.string(), at: z.string() }).optional(),
  closedIssue: z.looseObject({ number: z.number(), at: z.string() }).optional(),
  hiding: z
    .record(z.string(), z.looseObject({ at: z.string(), count: z.number(), examples: texts }))
    .optional(),
  cycleTimes: texts.optional(),
  scheduled: z.looseObject({ at: z.string(), pauseSeconds: z.number() }).optional(),
  undelivered: z.looseObject({ cycles: z.number(), cycleId: z.string() }).optional(),
}) satisfies z.ZodType<MonitorState>;
