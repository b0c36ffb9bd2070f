import { expect, test } from '@jest/globals';
import type { ReportedIncident } from '../../../src/core/model/report.ts';
import type { DumpClock } from '../../../src/core/model/snapshot.ts';
import { checksText, reportText, statusText } from '../../../src/core/render/text.ts';
import { alertLines } from '../../../src/core/render/text-alert.ts';
import { decisionOf, findingOf, lineOf, reportOf, searchLine, viewOf } from './samples.ts';

test('a report reads: status, the alert, the findings, what was not read', () => {
  expect(reportText(reportOf(), viewOf())).toBe(`\
prod-eu: cycle 12 completed in 3.2 s; 3 findings, 0 incidents, 1 gap; the monitor itself is healthy
Slack took 1 of 1 notification

🔴 SEV-1 payments-api down: Deployment ImagePullBackOff
  cause     image ghcr.io/acme/payments:v2.41 does not exist (ImagePullBackOff); 6 pods in all
  sure?     proven by the cluster's own fields
  impact    P0, down, 0 of 6 pods ready, allowed 0
  since     02:53 UTC (6 min)
  where     Deployment payments/payments-api
  do        kubectl -n payments rollout undo deployment/payments-api # changes the cluster
            kubectl -n payments rollout status deployment/payments-api
            kubectl -n payments describe pod payments-api-7d9f-x2x
            kubectl -n payments get events --field-selector reason=Failed
  because   Failed: Failed to pull image: manifest unknown

2. 🟡 SEV-3 search degraded: Deployment OOMKilled, 22 min
  cause     container search of 1 of 3 pods was killed for memory 4 times (OOMKilled, limit 256Mi)
  do        kubectl -n shop describe pod search-5b8c-9k2

Known, not counted: cart starts slowly

Findings (2)
  outage    Pod payments/payments-api-7d9f-x2x  ImageNotFound  since 02:53 UTC  image ghcr.io/acme/payments:v2.41 does not exist (ImagePullBackOff)
  degraded  Pod shop/search-5b8c-9k2            OOMKilled      -                container search was killed for memory 4 times (limit 256Mi)
1 known finding not listed: see the report

Not read (1)
  PersistentVolumeClaim could not be read (forbidden): storage faults there would be missed, and nothing there counts as resolved; grant get and list on it
    the service account may not list persistentvolumeclaims (403)
`);
});

test.each([
  ['proven', null, "proven by the cluster's own fields"],
  ['proven', 'looked at events', 'that it fails is certain, why is not known: looked at events'],
  ['unknown', 'looked at events', 'no, the cause is not known: looked at events'],
] as const)('how sure: %s, %s', (cause, looked, said) => {
  const lines = alertLines(viewOf({ lines: [lineOf({ cause, looked })] }));
  expect(lines).toContain(`  sure?     ${said}`);
});

test('a healthy cycle is two lines', () => {
  const report = reportOf({ status: 'healthy', findings: [], gaps: [], notification_result: null });
  expect(reportText(report, null)).toBe(`\
prod-eu: cycle 12 completed in 3.2 s; 0 findings, 0 incidents, 0 gaps; the monitor itself is healthy

Nothing is wrong with what was read.
`);
});

const written = '2026-11-24T09:27:00Z';

// The clock of a dump with a pod that is not ready ▶ what is said instead of "nothing is wrong".
test.each<[DumpClock, string, number, readonly string[]]>([
  [
    { from: 'newest', writtenAt: written },
    '2026-11-24T03:00:00Z',
    1,
    [
      'ages are counted to 2026-11-24T03:00:00Z, the newest time in the dump; --now sets another',
      `Nothing to tell: 1 pod is not ready; by the clock of this dump that is no trouble yet. If it was taken when it was written: --now ${written}`,
    ],
  ],
  [
    { from: 'newest', writtenAt: written },
    '2026-11-24T09:26:30Z',
    2,
    [
      'ages are counted to 2026-11-24T09:26:30Z, the newest time in the dump; --now sets another',
      'Nothing to tell: 2 pods are not ready; by the clock of this dump that is no trouble yet.',
    ],
  ],
  [
    { from: 'newest', writtenAt: written },
    '2026-11-24T03:00:00Z',
    0,
    [
      'ages are counted to 2026-11-24T03:00:00Z, the newest time in the dump; --now sets another',
      'Nothing is wrong with what was read.',
    ],
  ],
  [
    { from: 'given', writtenAt: written },
    written,
    1,
    [`ages are counted to ${written}, as --now says`, 'Nothing is wrong with what was read.'],
  ],
  [
    { from: 'header', writtenAt: written },
    '2026-11-24T03:00:00Z',
    1,
    [
      'ages are counted to 2026-11-24T03:00:00Z, when the snapshot was taken; --now sets another time',
      'Nothing is wrong with what was read.',
    ],
  ],
])('a dump judged by its clock: %j at %s, %i unready', (clock, at, unready, says) => {
  const report = reportOf({ status: 'healthy', findings: [], gaps: [], notification_result: null });
  const dump = { now: Date.parse(at), clock, unready };
  expect(reportText(report, null, { dump }).split('\n').slice(1)).toEqual([
    ...[says[0], '', says[1], ''],
  ]);
});

test('what is below the threshold is listed with its cause and a command, ten at most', () => {
  const decision = decisionOf('SEV-4');
  const below = Array.from({ length: 12 }, () => ({ ...searchLine, decision }));
  const lines = reportText(reportOf(), null, { below }).split('\n');
  const at = lines.indexOf('Below the threshold, nobody is told (12)');
  expect(lines.slice(at + 1, at + 4)).toEqual([
    expect.stringMatching(/^1\. ⚪ SEV-4 search degraded: Deployment OOMKilled/),
    expect.stringContaining(`  cause     ${searchLine.summary}`),
    `  do        ${searchLine.commands[0]}`,
  ]);
  expect(lines).toContain('and 2 more: see the report');
});

test('a failed cycle says where and why, and judges nothing', () => {
  const report = reportOf({
    ...{ status: 'failed', phase: 'k8s-analyzer', failed_cycles: 3, health: 'degraded' },
    ...{ findings: [], gaps: [], notification_result: null },
    error: 'https://10.0.0.1:6443 does not answer (ECONNREFUSED)',
    warnings: ['The health issue: GitHub refused'],
  });
  expect(reportText(report, null)).toBe(`\
prod-eu: cycle 12 failed after 3.2 s; 0 findings, 0 incidents, 0 gaps; the monitor itself is degraded (3 failed cycles in a row)
failed in k8s-analyzer: https://10.0.0.1:6443 does not answer (ECONNREFUSED)
warning: The health issue: GitHub refused

The cluster was not judged in this cycle.
`);
});

const slack = { success: false, backed_up: true, error: null, reason: null, deliveries: [] };
const gap = { namespace: null, detail: '' } as const;

test.each([
  [
    'a refusal',
    reportOf({ notification_result: { ...slack, error: 'Slack knows no channel x' } }),
    '\nNOT TOLD: Slack knows no channel x\n',
  ],
  [
    'what is held back',
    reportOf({ notification_result: { ...slack, reason: 'Slack is not configured' } }),
    '\nNOT TOLD: Slack is not configured\n',
  ],
  [
    'kinds a dump lacks, in one line',
    reportOf({
      gaps: [
        { ...gap, kind: 'Node', reason: 'not-in-dump' },
        { ...gap, kind: 'Job', reason: 'not-in-dump' },
      ],
    }),
    '  not in the dump: Node, Job; faults there would be missed',
  ],
  [
    'a gap in a namespace',
    reportOf({ gaps: [{ ...gap, kind: 'Pod', namespace: 'shop', reason: 'timeout' }] }),
    '  Pod in shop could not be read (no answer in time): crashes, failed pulls, unschedulable pods there would be missed, and nothing there counts as resolved',
  ],
  [
    'a year that is another',
    reportOf({ findings: [findingOf({ since: '2024-03-03T02:53:00Z' })] }),
    'since 3 Mar 2024 02:53 UTC',
  ],
  ['nothing to tell', reportOf(), 'Nothing that people must be told now.'],
])('%s is said', (_, report, line) => {
  expect(reportText(report, null)).toContain(line);
});

test('every incident in view is named with its services, cause and first command', () => {
  const lines = Array.from({ length: 30 }, (_, index) => ({
    ...searchLine,
    services: [`svc-${index}`, `also-${index}`],
    commands: [`kubectl describe pod p-${index}`, 'kubectl get nodes'],
  }));
  const text = reportText(reportOf(), viewOf({ lines: [lineOf(), ...lines] }));
  for (const index of lines.keys())
    for (const said of [
      `svc-${index} `,
      `also-${index}\n`,
      `do        kubectl describe pod p-${index}\n`,
    ])
      expect(text).toContain(said);
});

test.each([
  ['Node', 'NodeNotReady', ['cart', 'shop'], 'Node n1 down: NodeNotReady'],
  ['Node', 'NodeNotReady', ['shop'], 'Node n1 down: NodeNotReady'],
  // The node is up: it is the services that are down.
  [
    'Node',
    'MemoryPressure',
    ['cart', 'shop'],
    'cart and 1 more service down: Node n1 MemoryPressure',
  ],
  ['StorageClass', 'NotFound', ['cart', 'shop'], 'StorageClass n1 down: NotFound'],
  // These only fail others.
  ['Webhook', 'AdmissionWebhookDenied', ['cart', 'shop'], 'cart and 1 more service down: Webhook'],
  ['Namespace', 'PodSecurityViolation', ['cart', 'a'], 'cart and 1 more service down: Namespace'],
  ['Cluster', 'Insufficient', ['cart', 'shop'], 'cart and 1 more service down: Cluster n1 Insuff'],
  ['VolumeAttachment', 'Lost', ['cart', 'shop'], 'cart and 1 more service down: VolumeAttachment'],
  ['StorageClass', 'NotFound', ['shop'], 'shop down: StorageClass n1 NotFound'],
  ['StorageClass', 'NotFound', [], 'StorageClass n1 down: NotFound'],
])('who is down: %s %s of %j', (kind, reason, services, said) => {
  const line = lineOf({ root: { kind, namespace: null, name: 'n1', reason }, services });
  expect(alertLines(viewOf({ lines: [line] }))[0]).toContain(said);
});

test('the worst finding comes first, known ones are only counted', () => {
  const findings = [
    findingOf({ impact: 'info', reason: 'Third' }),
    findingOf({ known: 'slow', reason: 'Last' }),
    findingOf({ impact: 'degraded', reason: 'Second' }),
    findingOf({ reason: 'First' }),
  ];
  const order = [...reportText(reportOf({ findings }), null).matchAll(/First|Second|Third|Last/g)];
  expect(order.map(([reason]) => reason)).toEqual(['First', 'Second', 'Third']);
});

test("Claude's judgement is marked", () => {
  const decision = decisionOf('SEV-1', {
    by: 'claude',
    confidence: 80,
    rootCause: 'Tag not pushed.',
    immediateActions: ['Ask.'],
  });
  const text = reportText(reportOf(), viewOf({ lines: [lineOf({ decision })] }));
  expect(text).toContain("  judged    Claude's judgement (80 %): Tag not pushed.\n");
  expect(text).toContain('\n            Ask.\n');
});

test('what the cause says already is no reason for it, whole words alone count, and the rest is cut', () => {
  const told = (text: string) => ({ source: 'field', at: 'x', text }) as const;
  const line = lineOf({
    summary: 'Secret `smtp` does not exist (CreateContainerConfigError); 12 pods in all',
    evidence: [
      told('secret "smtp" does NOT exist'),
      told('CreateContainerConfigError'),
      told(''),
      told('2'),
      told('y'.repeat(500)),
    ],
  });
  const text = reportText(reportOf(), viewOf({ lines: [line] }));
  expect(text).toContain(`  because   x: 2\n            x: ${'y'.repeat(156)}…\n\n`);
});

test('the status is one fact a line', () => {
  const fresh = {
    cycle_count: 0,
    failed_cycles: 0,
    last_successful_cycle: null,
    last_cycle_status: null,
    health: 'healthy',
  } as const;
  expect(statusText(fresh)).toBe(`\
health           healthy
cycles           0
failed in a row  0
last success     none yet
last status      none yet
`);
});

test('the checks are listed with why they matter', () => {
  const checks = [
    { id: 'crash-loop', title: 'Container crashes', why: 'It serves nothing.' },
    { id: 'oom-killed', title: 'Killed for memory', why: 'It starts again.' },
  ];
  expect(checksText(checks)).toBe(`\
crash-loop  Container crashes
            It serves nothing.
oom-killed  Killed for memory
            It starts again.
`);
});

test('what ended is said, also where nothing else is', () => {
  const ended: ReportedIncident = {
    fingerprint: '0123456789abcdef',
    state: 'resolved',
    severity: 'SEV-2',
    root: { kind: 'Deployment', namespace: 'shop', name: 'mail', reason: 'MissingObject' },
    cause: 'proven',
    symptoms: [],
    looked: null,
    summary: 'Secret smtp does not exist',
    services: ['mail'],
    since: null,
    findings: [],
    notify: 'resolved',
    reason: 'RESOLVED',
  };
  const untold: ReportedIncident = { ...ended, services: ['web'], notify: 'nothing' };
  const text = reportText(reportOf({ incidents: [ended, untold] }), null);
  expect(text).toContain('✅ Resolved: mail, was SEV-2: Secret smtp does not exist\n');
  expect(text).not.toContain('web, was');
});

test.each([
  ['the same', (_: string) => 'no image'],
  ['the same of themselves', (name: string) => `Pod ${name} has no image`],
])('pods that say %s are one line with their number', (_, say) => {
  const [first] = reportOf().findings;
  if (first === undefined) throw new Error('the sample has no finding');
  const named = (name: string) => ({
    ...first,
    object: { ...first.object, name },
    message: say(name),
  });
  const findings = [named('payments-api-7d9f-x2x'), named('payments-api-7d9f-y3y')];
  const text = reportText(reportOf({ findings }), null);
  expect(text).toContain('Findings (2)');
  expect(text).toContain('Pod payments/payments-api-7d9f-x2x +1');
  expect(text).not.toContain('payments-api-7d9f-y3y');
});
