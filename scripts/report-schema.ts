import { z } from 'zod';
import { severities } from '../src/core/model/decision.ts';
import { impacts } from '../src/core/model/finding.ts';
import type { CycleReport } from '../src/core/model/report.ts';
import { gapReasons } from '../src/core/model/snapshot.ts';
import { cycleStatuses, incidentStates } from '../src/core/model/state.ts';

const time = z.iso.datetime();
const object = { kind: z.string(), namespace: z.string().nullable(), name: z.string() };
const severity = z.enum(severities);
const told = z.enum(['full', 'brief', 'resolved', 'nothing']);

/** The cycle report as readers may rely on it: docs/report.schema.json is made of this, and tests hold reports against it. */
export const reportSchema = z.strictObject({
  schema: z.literal(1),
  cycle_id: z.string().regex(/^\d{8}_\d{6}$/),
  cycle_number: z.int().min(0),
  cluster: z.string(),
  started_at: time,
  status: z.enum(cycleStatuses),
  phase: z.string().nullable(),
  error: z.string().nullable(),
  traceback: z.string().nullable(),
  cycle_duration_seconds: z.number().min(0),
  schedule_lag_seconds: z.int().min(0).nullable(),
  blind: z.strictObject({ from: time, to: time, missed_cycles: z.int().min(0) }).nullable(),
  trend: z.strictObject({
    incidents: z.array(z.int().min(0)).max(24),
    direction: z.enum(['better', 'worse', 'same']).nullable(),
  }),
  failed_cycles: z.int().min(0),
  health: z.enum(['healthy', 'degraded']),
  findings: z.array(
    z.strictObject({
      check: z.string(),
      reason: z.string(),
      object: z.strictObject(object),
      impact: z.enum(impacts),
      service: z.string().nullable(),
      since: time.nullable(),
      message: z.string().max(300),
      evidence: z.array(
        z.strictObject({
          source: z.enum(['field', 'event', 'log']),
          at: z.string(),
          text: z.string(),
        }),
      ),
      known: z.string().nullable(),
    }),
  ),
  incidents: z.array(
    z.strictObject({
      fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
      state: z.enum(incidentStates),
      severity,
      root: z.strictObject({ ...object, reason: z.string() }),
      cause: z.enum(['proven', 'likely', 'unknown']),
      summary: z.string(),
      services: z.array(z.string()),
      since: time.nullable(),
      symptoms: z.array(
        z.strictObject({
          check: z.string(),
          reason: z.string(),
          count: z.int().min(1),
          examples: z.array(z.string()).max(3),
        }),
      ),
      looked: z.string().nullable(),
      findings: z.array(z.int().min(0)),
      notify: told,
      reason: z.string(),
    }),
  ),
  gaps: z.array(
    z.strictObject({
      kind: z.string(),
      namespace: z.string().nullable(),
      reason: z.enum(gapReasons),
      detail: z.string(),
    }),
  ),
  escalation_decision: z
    .strictObject({
      severity,
      confidence: z.int().min(0).max(100),
      should_notify: z.boolean(),
      affected_services: z.array(z.string()),
      root_cause: z.string(),
      immediate_actions: z.array(z.string()),
      business_impact: z.string(),
      by: z.enum(['policy', 'claude', 'conservative-default']),
    })
    .nullable(),
  notification_result: z
    .strictObject({
      success: z.boolean(),
      backed_up: z.boolean(),
      error: z.string().nullable(),
      reason: z.string().nullable(),
      deliveries: z.array(
        z.strictObject({
          id: z.string(),
          kind: z.string(),
          reason: z.string(),
          channel: z.string(),
          accepted: z.boolean(),
          error: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
  notifications_sent: z.union([z.literal(0), z.literal(1)]),
  state_saved: z.boolean(),
  warnings: z.array(z.string()),
}) satisfies z.ZodType<CycleReport>;
