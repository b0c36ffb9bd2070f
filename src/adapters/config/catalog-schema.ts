import * as z from 'zod';
import { severities } from '../../core/model/decision.ts';
import { priorities } from '../../core/model/priority.ts';
import { duration, hoursSchema, list, moment, name, text } from './catalog-parts.ts';
import { maintenanceSchema, silenceSchema } from './catalog-quiets.ts';
import { either } from './problems.ts';

const knownIssueSchema = z
  .strictObject(
    {
      note: text('expected a sentence that says why it is known').max(300),
      check: text('expected the id of a check, such as crash-loop').optional(),
      reason: text('expected the reason of a finding, such as CrashLoopBackOff').optional(),
      kind: text('expected a kind, such as Deployment').optional(),
      name: text('expected a name, with * and ? for any text and any character')
        .max(253)
        .describe('Name of the object; * stands for any text, ? for any character.')
        .optional(),
      until: moment
        .describe(
          'RFC 3339 with an offset, at most 180 days ahead; from then on the entry no longer matches.',
        )
        .optional(),
      for: duration(1)
        .describe('Known only while the finding is younger than this: a slow start.')
        .optional(),
    },
    'expected a map with note and at least one more key',
  )
  .refine(
    // Else all of the service would be hidden.
    ({ check, reason, kind, name: glob = '*', for: age }) =>
      [check, reason, kind, age].some((key) => key !== undefined) || /[^*?]/.test(glob),
    {
      error: 'expected at least one of check, reason, kind, for or a name that is not all *',
      path: [],
    },
  )
  .meta({ minProperties: 2 });

const priority = z.enum(priorities, `expected ${either(priorities)}`);

const limitsSchema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.number('expected a number').int('expected a whole number').min(0, 'expected 0 or more'),
    'expected limits, such as {graceSeconds: 600}',
  ),
  'expected checks by id, such as {crash-loop: {graceSeconds: 600}}',
);

const unfilled = (expected: string) => text(expected).max(300).nullable().optional();
const acceptedSchema = z.strictObject(
  {
    check: text('expected the id of a check, such as crash-loop'),
    reason: text('expected the reason of an incident, such as CrashLoopBackOff'),
    kind: text('expected a kind, such as Deployment'),
    namespace: name.nullable().optional(),
    name,
    owner: unfilled('expected who answers for it').describe('Who answers for it.'),
    why: unfilled('expected why it is accepted').describe('Why it is accepted.'),
    until: moment
      .nullable()
      .optional()
      .describe('RFC 3339 with an offset; from then on it counts again.'),
  },
  'expected an entry as `kube-vigil baseline` writes it',
);

const expectedChannel = 'expected a channel, such as C0123ABCD or "#alerts"';
const channel = z
  .string(expectedChannel)
  .regex(/^(?:[CG][A-Z0-9]{6,}|#?[a-z0-9][a-z0-9._-]{0,79})$/, expectedChannel);

const serviceSchema = z.strictObject(
  {
    name: name.describe('Name of the service, as alerts show it.'),
    priority: priority.optional().describe('P0 is the most important. Default: defaultPriority.'),
    namespaces: list(name, 'expected a list of namespaces, such as [shop]')
      .optional()
      .describe('Namespaces it runs in. Default: any.'),
    selector: z
      .record(
        z.string(),
        z.string('expected text (put numbers and true/false in quotes)'),
        'expected labels, such as {app: api}',
      )
      .optional()
      .describe('Labels that the workload or pod must carry, all of them.'),
    maxDowntime: duration(0)
      .optional()
      .describe('How long it may be down: 90s, 5m, 2h, 1d. Default: P0 0, P1 5m, P2 15m, P3 ever.'),
    knownIssues: list(knownIssueSchema, 'expected a list of known issues')
      .optional()
      .describe('Findings that match every given key of an entry raise no alert.'),
    channel: channel
      .optional()
      .describe('Where its alerts go. Default: by severity (channels), else slack-channel.'),
    checks: limitsSchema
      .optional()
      .describe('Grace times and limits per check for this service, over those of the catalog.'),
  },
  'expected a service, such as {name: shop, priority: P1}',
);

const expectedUser =
  "expected the id of a Slack member, such as U0123ABCD (their profile's menu has it)";
const expectedMention = 'expected "<!here>", "<@U0123ABCD>" or "<!subteam^S0123ABCD>"';

/** The user's file as written: the one source of the checks and of docs/catalog.schema.json. */
export const catalogSchema = z
  .strictObject(
    {
      services: list(
        serviceSchema,
        'expected a list of services, such as [{name: shop, priority: P1}]',
      ).optional(),
      defaultPriority: priority
        .optional()
        .describe('For what no service and no kube-vigil/priority label names. Default: P2.'),
      businessHours: hoursSchema.optional().describe('When SEV-3 may be told. Default: always.'),
      repeatInterval: duration(60)
        .optional()
        .describe('A full alert again after this long. Default: 3h.'),
      mention: z
        .string(expectedMention)
        .regex(/^<(!here|@[UW][A-Z0-9]{6,}|!subteam\^S[A-Z0-9]{6,})>$/, expectedMention)
        .optional()
        .describe('Written in front of a SEV-1 alert. Default: nobody is mentioned.'),
      silences: list(silenceSchema, 'expected a list of silences')
        .optional()
        .describe('Findings that match every given key of an entry are quiet until it ends.'),
      maintenance: list(maintenanceSchema, 'expected a list of maintenance windows')
        .optional()
        .describe('The same for planned work, once or at recurring hours.'),
      channels: z
        .strictObject(
          Object.fromEntries(severities.map((severity) => [severity, channel.optional()])),
          'expected channels by severity, such as {SEV-1: C0123ABCD}',
        )
        .optional()
        .describe('Where alerts of a severity go. Default: slack-channel.'),
      ackUsers: list(
        z.string(expectedUser).regex(/^[UW][A-Z0-9]{6,}$/, expectedUser),
        'expected a list of Slack ids, such as [U0123ABCD]',
      )
        .optional()
        .describe('Who may silence an alert in Slack. Default: nobody; anybody may acknowledge.'),
      checks: limitsSchema
        .optional()
        .describe('Grace times and limits per check, over its own (kube-vigil checks lists them).'),
      accepted: list(acceptedSchema, 'expected a list as `kube-vigil baseline` writes it')
        .optional()
        .describe('Findings that were there when the baseline was taken (kube-vigil baseline).'),
    },
    'expected a map with keys such as services',
  )
  .describe("Kube Vigil's catalog: what matters, and what is known.");

export type WrittenCatalog = z.output<typeof catalogSchema>;

/** Draft-07, which editors' YAML servers read. */
export function catalogJsonSchema(): { readonly [key: string]: unknown } {
  const schema = z.toJSONSchema(catalogSchema, { io: 'input', target: 'draft-7' });
  return { ...schema, title: 'Kube Vigil catalog' };
}
