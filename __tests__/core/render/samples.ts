import type { AlertLine, AlertView } from '../../../src/core/model/alert.ts';
import type { Decision, Severity } from '../../../src/core/model/decision.ts';
import type { CycleReport, ReportedFinding } from '../../../src/core/model/report.ts';

/** What the renderers are shown in tests: one incident on payments-api, as a cycle at 02:59 UTC sees it. */
export const now = Date.parse('2026-11-24T02:59:00Z');

export function decisionOf(severity: Severity, changes: Partial<Decision> = {}): Decision {
  return {
    severity,
    confidence: 95,
    shouldNotify: true,
    affectedServices: ['payments-api'],
    rootCause: 'image ghcr.io/acme/payments:v2.41 does not exist (ImagePullBackOff)',
    immediateActions: ['kubectl -n payments describe pod payments-api-7d9f-x2x'],
    businessImpact: 'P0 payments-api: out for 6 min; 0 of 6 pods ready; no downtime allowed.',
    by: 'policy',
    ...changes,
  };
}

export function lineOf(changes: Partial<AlertLine> = {}): AlertLine {
  return {
    fingerprint: '00f1a2b3c4d5e6f7',
    state: 'new',
    root: {
      kind: 'Deployment',
      namespace: 'payments',
      name: 'payments-api',
      reason: 'ImagePullBackOff',
    },
    cause: 'proven',
    looked: null,
    summary: 'image ghcr.io/acme/payments:v2.41 does not exist (ImagePullBackOff); 6 pods in all',
    impact: 'outage',
    priority: 'P0',
    services: ['payments-api'],
    standing: { desired: 6, ready: 0 },
    maxDowntimeSeconds: 0,
    since: '2026-11-24T02:53:00Z',
    sinceExact: true,
    openedAt: '2026-11-24T02:59:00Z',
    resolvedAt: null,
    decision: decisionOf('SEV-1'),
    commands: [
      'kubectl -n payments rollout undo deployment/payments-api # changes the cluster',
      'kubectl -n payments rollout status deployment/payments-api',
      'kubectl -n payments describe pod payments-api-7d9f-x2x',
      'kubectl -n payments get events --field-selector reason=Failed',
    ],
    evidence: [
      {
        source: 'field',
        at: 'status.containerStatuses[api].state.waiting.reason',
        text: 'ImagePullBackOff',
      },
      { source: 'event', at: 'Failed', text: 'Failed to pull image: manifest unknown' },
    ],
    symptoms: [
      {
        check: 'image-pull',
        reason: 'ImageNotFound',
        count: 6,
        examples: ['payments/payments-api-7d9f-x2x'],
        message: 'Pod payments-api-7d9f-x2x: manifest unknown',
      },
    ],
    reason: 'NEW',
    ...changes,
  };
}

/** A second, quieter incident. */
export const searchLine = lineOf({
  fingerprint: '11f1a2b3c4d5e6f7',
  root: { kind: 'Deployment', namespace: 'shop', name: 'search', reason: 'OOMKilled' },
  cause: 'likely',
  summary: 'container search of 1 of 3 pods was killed for memory 4 times (OOMKilled, limit 256Mi)',
  impact: 'degraded',
  priority: 'P1',
  services: ['search'],
  standing: { desired: 3, ready: 2 },
  maxDowntimeSeconds: 300,
  since: '2026-11-24T02:37:00Z',
  decision: decisionOf('SEV-3', { affectedServices: ['search'] }),
  commands: ['kubectl -n shop describe pod search-5b8c-9k2'],
  evidence: [],
  symptoms: [],
});

export function viewOf(changes: Partial<AlertView> = {}): AlertView {
  return {
    cluster: 'prod-eu',
    now,
    runUrl: 'https://github.com/acme/ops/actions/runs/123',
    mention: '<!here>',
    firstLook: false,
    lines: [lineOf(), searchLine],
    gaps: [
      {
        kind: 'PersistentVolumeClaim',
        namespace: null,
        reason: 'forbidden',
        detail: 'the service account may not list persistentvolumeclaims (403)',
      },
    ],
    hidden: ['cart starts slowly'],
    unsaved: false,
    untold: 0,
    ...changes,
  };
}

export function findingOf(changes: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    check: 'image-pull',
    reason: 'ImageNotFound',
    object: { kind: 'Pod', namespace: 'payments', name: 'payments-api-7d9f-x2x' },
    impact: 'outage',
    service: 'payments-api',
    since: '2026-11-24T02:53:00Z',
    message: 'image ghcr.io/acme/payments:v2.41 does not exist (ImagePullBackOff)',
    evidence: [],
    known: null,
    ...changes,
  };
}

export function reportOf(changes: Partial<CycleReport> = {}): CycleReport {
  return {
    schema: 1,
    cycle_id: '20261124_025900',
    cycle_number: 12,
    cluster: 'prod-eu',
    started_at: '2026-11-24T02:59:00Z',
    status: 'completed',
    phase: null,
    error: null,
    traceback: null,
    cycle_duration_seconds: 3.24,
    schedule_lag_seconds: null,
    blind: null,
    trend: { incidents: [], direction: null },
    failed_cycles: 0,
    health: 'healthy',
    findings: [
      findingOf(),
      findingOf({
        check: 'readiness-failing',
        reason: 'NotReady',
        object: { kind: 'Pod', namespace: 'shop', name: 'cart-0' },
        impact: 'degraded',
        service: 'cart',
        since: '2026-11-22T22:10:00Z',
        message: 'container cart is not ready for 4 h',
        known: 'cart starts slowly',
      }),
      findingOf({
        check: 'oom-killed',
        reason: 'OOMKilled',
        object: { kind: 'Pod', namespace: 'shop', name: 'search-5b8c-9k2' },
        impact: 'degraded',
        service: 'search',
        since: null,
        message: 'container search was killed for memory 4 times (limit 256Mi)',
      }),
    ],
    incidents: [],
    gaps: [
      {
        kind: 'PersistentVolumeClaim',
        namespace: null,
        reason: 'forbidden',
        detail: 'the service account may not list persistentvolumeclaims (403)',
      },
    ],
    escalation_decision: null,
    notification_result: {
      success: true,
      backed_up: false,
      error: null,
      reason: null,
      deliveries: [
        {
          id: '20261124_025900-1',
          kind: 'full',
          reason: 'NEW',
          channel: 'C0123ABCD',
          accepted: true,
          error: null,
        },
      ],
    },
    notifications_sent: 1,
    state_saved: true,
    warnings: [],
    ...changes,
  };
}
