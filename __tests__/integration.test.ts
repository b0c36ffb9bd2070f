/** The twenty behaviours of the first user's contract, each under its own name. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Catalog, defaultCatalog } from '../src/core/model/catalog.ts';
import { Failure } from '../src/core/model/failure.ts';
import { statusOf } from '../src/core/model/state.ts';
import { runCycle } from '../src/cycle.ts';
import type { Assessor } from '../src/ports.ts';
import { bench } from './support/world.ts';

const now = '2026-01-01T12:00:00Z';
/** The cycle's clock, some minutes on. */
const later = (minutes: number): string =>
  new Date(Date.parse(now) + minutes * 60_000).toISOString();

const deployment = (name: string, ready: number) => ({
  metadata: { name, namespace: 'shop', generation: 1, creationTimestamp: '2025-12-01T00:00:00Z' },
  spec: { replicas: 2, selector: { matchLabels: { app: name } } },
  status: {
    observedGeneration: 1,
    replicas: 2,
    updatedReplicas: 2,
    readyReplicas: ready,
    availableReplicas: ready,
    conditions: [
      {
        type: 'Available',
        status: ready === 2 ? 'True' : 'False',
        reason: 'MinimumReplicasUnavailable',
        lastTransitionTime: '2026-01-01T11:30:00Z',
      },
      {
        type: 'Progressing',
        status: 'True',
        reason: 'NewReplicaSetAvailable',
        lastTransitionTime: '2025-12-01T00:01:00Z',
      },
    ],
  },
});
const dead = { Deployment: [deployment('api', 0)] };
const well = { Deployment: [deployment('api', 2)] };
const service = (
  name: string,
  more: Partial<Catalog['services'][number]> = {},
): Catalog['services'][number] => ({
  name,
  priority: 'P0',
  namespaces: ['shop'],
  selector: {},
  maxDowntimeSeconds: 0,
  knownIssues: [],
  ...more,
});
const critical: Catalog = { ...defaultCatalog, services: [service('shop')] };
const unreachable = new Failure(
  'KUBE_UNREACHABLE',
  'No API server answers at https://10.0.0.1:6443',
);
const stateOf = async (each: ReturnType<typeof bench>) =>
  (await each.world.memory.state.load()).state;
const backups = (folder: string): string[] => {
  const at = path.join(folder, 'logs/incidents');
  return existsSync(at) ? readdirSync(at) : [];
};
const brokenAssessor = (error: Error): Assessor => ({
  model: 'claude-sonnet-5-5',
  ask: () => Promise.reject(error),
});

describe('TestMonitorIntegration', () => {
  test('monitor initialization', async () => {
    const { state, first, trouble } = await bench().world.memory.state.load();
    expect({ first, trouble }).toEqual({ first: true, trouble: null });
    expect(state).toMatchObject({
      cycleCount: 0,
      failedCycles: 0,
      health: 'healthy',
      lastCycleStatus: null,
      incidents: {},
      outbox: [],
    });
  });

  test('status summary generation', async () => {
    const it = bench({ objects: well });
    await runCycle(it.world, it.settings);
    expect(statusOf(await stateOf(it))).toEqual({
      cycle_count: 1,
      failed_cycles: 0,
      last_successful_cycle: now,
      last_cycle_status: 'healthy',
      health: 'healthy',
    });
  });

  test('healthy cluster workflow', async () => {
    const it = bench({ objects: well });
    const { report } = await runCycle(it.world, it.settings);
    expect(report).toMatchObject({
      status: 'healthy',
      phase: null,
      findings: [],
      incidents: [],
      escalation_decision: null,
      notification_result: null,
      notifications_sent: 0,
      state_saved: true,
    });
    expect(it.messenger.sent).toEqual([]);
  });

  test('SEV-1 incident workflow', async () => {
    const it = bench({ objects: dead, catalog: critical });
    const { report } = await runCycle(it.world, it.settings);
    expect(report.status).toBe('completed');
    expect(report.escalation_decision).toMatchObject({
      severity: 'SEV-1',
      should_notify: true,
      affected_services: ['shop'],
      by: 'policy',
    });
    expect(report.notification_result).toMatchObject({
      success: true,
      backed_up: false,
      error: null,
    });
    expect(report.notifications_sent).toBe(1);
    expect(it.messenger.sent).toHaveLength(1);
    expect(it.messenger.sent[0]?.message.text).toMatch(/^SEV-1 shop/);
    expect(backups(it.folder)).toEqual([]);
  });

  test('SEV-3 known issue workflow', async () => {
    const catalog = {
      ...defaultCatalog,
      services: [
        service('shop', { knownIssues: [{ note: 'OPS-1', kind: 'Deployment', name: 'api' }] }),
      ],
    };
    const it = bench({ objects: dead, catalog });
    const { report } = await runCycle(it.world, it.settings);
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]?.known).toBe('OPS-1');
    expect(report.escalation_decision).toMatchObject({ severity: 'SEV-3', should_notify: false });
    expect(it.messenger.sent).toEqual([]);
  });

  test('k8s-analyzer failure handling', async () => {
    const it = bench({ objects: unreachable });
    const { report } = await runCycle(it.world, it.settings);
    expect(report).toMatchObject({
      status: 'failed',
      phase: 'k8s-analyzer',
      failed_cycles: 1,
      findings: [],
      escalation_decision: null,
    });
    expect(report.error).toContain('No API server answers');
    expect(report.traceback).toMatch(/\n {4}at /);
  });

  test('escalation-manager failure fallback', async () => {
    const world = {
      assessor: brokenAssessor(new Failure('CLAUDE_UNUSABLE', 'Claude did not answer within 60 s')),
    };
    const it = bench({ objects: dead, world });
    const { report } = await runCycle(it.world, it.settings);
    expect(report.status).toBe('completed');
    expect(report.escalation_decision).toEqual({
      severity: 'SEV-2',
      confidence: 50,
      should_notify: true,
      affected_services: ['api'],
      root_cause: 'Unable to assess escalation, conservative default',
      immediate_actions: ['Manual review required'],
      business_impact: 'Potential incident detected',
      by: 'conservative-default',
    });
    expect(it.messenger.sent).toHaveLength(1);
    expect(report.warnings.join()).toContain('did not answer within 60 s');
  });

  test('Slack notifier failure backup', async () => {
    const it = bench({ objects: dead, catalog: critical, slack: 'Slack refused the bot token' });
    const { report } = await runCycle(it.world, it.settings);
    expect(report.status).toBe('completed');
    expect(report.notification_result).toMatchObject({
      success: false,
      backed_up: true,
      error: 'Slack refused the bot token',
    });
    expect(backups(it.folder)).toEqual([`backup_${report.cycle_id}_SEV-1.json`]);
    const backup = JSON.parse(
      readFileSync(path.join(it.folder, 'logs/incidents', backups(it.folder)[0] ?? ''), 'utf8'),
    );
    expect(backup.escalation_decision).toEqual(report.escalation_decision);
    expect(backup.notifications).toHaveLength(1);
  });

  test('cycle counter increments', async () => {
    const { folder } = bench();
    const numbers: number[] = [];
    for (const minutes of [0, 30, 60]) {
      const it = bench({ objects: well, folder, now: later(minutes) });
      numbers.push((await runCycle(it.world, it.settings)).report.cycle_number);
    }
    expect(numbers).toEqual([1, 2, 3]);
  });

  test('failed cycles tracking', async () => {
    const { folder } = bench();
    const seen: [number, string, string][] = [];
    for (const [minutes, objects] of [
      [0, unreachable],
      [30, unreachable],
      [60, unreachable],
      [90, well],
    ] as const) {
      const it = bench({ objects, folder, now: later(minutes) });
      const { report } = await runCycle(it.world, it.settings);
      seen.push([report.failed_cycles, report.health, report.status]);
    }
    expect(seen).toEqual([
      [1, 'healthy', 'failed'],
      [2, 'healthy', 'failed'],
      [3, 'degraded', 'failed'],
      [0, 'healthy', 'healthy'],
    ]);
  });

  test('multiple findings aggregation', async () => {
    const it = bench({
      objects: { Deployment: [deployment('api', 0), deployment('web', 0), deployment('ok', 2)] },
    });
    const { report } = await runCycle(it.world, it.settings);
    expect(report.findings.map(({ object }) => object.name).sort()).toEqual(['api', 'web']);
    expect(report.incidents).toHaveLength(2);
    expect(it.messenger.sent).toHaveLength(1);
  });
});

describe('TestMonitorErrorRecovery', () => {
  test('graceful degradation on Slack failure', async () => {
    const { folder } = bench();
    const down = bench({ objects: dead, folder, slack: 'Slack has trouble' });
    expect((await runCycle(down.world, down.settings)).report.state_saved).toBe(true);
    const up = bench({ objects: dead, folder, now: later(30) });
    const { report } = await runCycle(up.world, up.settings);
    expect(up.messenger.sent.filter(({ kind }) => kind === 'full')).toHaveLength(1);
    expect(report.notifications_sent).toBe(1);
    expect((await stateOf(up)).outbox).toEqual([]);
  });

  test('conservative escalation on manager failure', async () => {
    const world = { assessor: brokenAssessor(new TypeError('not a Failure at all')) };
    const it = bench({ objects: dead, catalog: critical, world });
    const { report } = await runCycle(it.world, it.settings);
    // Where the policy says SEV-1 it stays: the one deviation from the contract, only ever louder.
    expect(report.escalation_decision).toMatchObject({
      severity: 'SEV-1',
      confidence: 50,
      should_notify: true,
      by: 'conservative-default',
    });
  });

  test('backup notification directory creation', async () => {
    const it = bench({ objects: dead, slack: 'no' });
    expect(existsSync(path.join(it.folder, 'logs'))).toBe(false);
    await runCycle(it.world, it.settings);
    expect(backups(it.folder)).toHaveLength(1);
  });

  test('health status degraded', async () => {
    const { folder } = bench();
    for (const minutes of [0, 30, 60]) {
      const it = bench({ objects: unreachable, folder, now: later(minutes) });
      await runCycle(it.world, it.settings);
    }
    expect(statusOf(await stateOf(bench({ folder })))).toMatchObject({
      failed_cycles: 3,
      health: 'degraded',
      last_cycle_status: 'failed',
    });
  });

  test('health status healthy', async () => {
    const { folder } = bench();
    for (const minutes of [0, 30]) {
      const it = bench({ objects: unreachable, folder, now: later(minutes) });
      await runCycle(it.world, it.settings);
    }
    expect(statusOf(await stateOf(bench({ folder })))).toMatchObject({
      failed_cycles: 2,
      health: 'healthy',
    });
  });
});

describe('TestMonitorCycleReporting', () => {
  test('cycle report includes timing', async () => {
    let at = Date.parse(now);
    const it = bench({ objects: well, world: { clock: { now: () => (at += 250) } } });
    const { report } = await runCycle(it.world, it.settings);
    expect(report.cycle_duration_seconds).toBeGreaterThan(0);
    expect(report.started_at).toMatch(/^2026-01-01T12:00:0\dZ$/);
  });

  test('cycle report includes cycle number', async () => {
    const it = bench({ objects: dead });
    const { report } = await runCycle(it.world, it.settings);
    expect(report.cycle_number).toBe(1);
    expect(report.cycle_id).toBe('20260101_120000');
  });

  test('save cycle report to file', async () => {
    const it = bench({ objects: dead });
    const { report } = await runCycle(it.world, it.settings);
    const saved = JSON.parse(
      readFileSync(path.join(it.folder, `logs/cycle_${report.cycle_id}.json`), 'utf8'),
    );
    expect(saved).toEqual(JSON.parse(JSON.stringify(report)));
  });

  test('get status summary complete', async () => {
    expect(Object.keys(statusOf(await stateOf(bench())))).toEqual([
      'cycle_count',
      'failed_cycles',
      'last_successful_cycle',
      'last_cycle_status',
      'health',
    ]);
  });
});
