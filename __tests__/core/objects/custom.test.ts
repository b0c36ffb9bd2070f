import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { registry } from '../../../src/core/checks/registry.ts';
import { runChecks } from '../../../src/core/checks/run.ts';
import { customShape } from '../../../src/core/objects/custom.ts';
import { customRef, resourceName } from '../../../src/core/objects/custom-names.ts';
import { polarityOf, toneOfPhase, toneOfReason } from '../../../src/core/objects/custom-words.ts';
import { wordsOf } from '../../../src/core/objects/status-words.ts';
import { buildTopology } from '../../../src/core/objects/topology.ts';
import { byKind, trimCustom } from '../../../src/core/objects/trim.ts';
import { snapshotOf } from '../../support/objects.ts';
import { anything, rightly } from './nearly.ts';

/** Groups and kinds that some check knows, and words that it looks for, among whatever else. */
const known = [
  ['cert-manager.io/v1', 'Certificate'],
  ['cert-manager.io/v1', 'Issuer'],
  ['acme.cert-manager.io/v1', 'Order'],
  ['argoproj.io/v1alpha1', 'Application'],
  ['argoproj.io/v1alpha1', 'Rollout'],
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
  ['external-secrets.io/v1', 'ExternalSecret'],
  ['external-secrets.io/v1', 'SecretStore'],
  ['gateway.networking.k8s.io/v1', 'Gateway'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  ['keda.sh/v1alpha1', 'ScaledObject'],
  ['velero.io/v1', 'Backup'],
  ['acme.example/v1', 'Widget'],
] as const;
const word = fc.constantFrom('Failed', 'Degraded', 'invalid', 'Ready', 'Paused', 'Pending', '');
const condition = fc.record({
  type: fc.oneof(fc.constantFrom('Ready', 'Accepted', 'Stalled', 'Issuing', 'Fallback'), anything),
  status: fc.oneof(fc.constantFrom('True', 'False', 'Unknown'), anything),
  reason: fc.oneof(word, anything),
  message: fc.oneof(fc.string({ maxLength: 400 }), anything),
  lastTransitionTime: fc.oneof(fc.constant('2025-01-01T00:00:00Z'), anything),
});
const member = fc.oneof(
  fc.record(
    {
      name: fc.oneof(fc.constantFrom('a', '__proto__'), anything),
      health: fc.oneof(word, anything),
      applied: fc.oneof(fc.boolean(), anything),
      conditions: fc.oneof(fc.array(fc.oneof(condition, anything), { maxLength: 2 }), anything),
    },
    { requiredKeys: [] },
  ),
  anything,
);
const members = fc.array(member, { maxLength: 3 });
const status = fc
  .tuple(
    rightly(customShape.fields.status),
    fc.record(
      {
        phase: fc.oneof(word, anything),
        state: fc.oneof(word, anything),
        health: fc.oneof(word, fc.record({ status: fc.oneof(word, anything) }), anything),
        conditions: fc.oneof(fc.array(fc.oneof(condition, anything), { maxLength: 4 }), anything),
        error: fc.oneof(word, anything),
        members: fc.oneof(members, fc.dictionary(fc.string({ maxLength: 4 }), member), anything),
        inside: fc.record({ tasks: members }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([shaped, words]) => ({ ...(shaped as object), ...words }));
const custom = fc
  .tuple(
    fc.constantFrom(...known),
    fc.constantFrom('a', 'b', '__proto__'),
    rightly(customShape.fields.metadata),
    rightly(customShape.fields.spec),
    status,
  )
  .map(([[apiVersion, kind], name, metadata, spec, said]) => ({
    apiVersion,
    kind,
    metadata: { ...(metadata as object), name, namespace: 'shop' },
    spec,
    status: said,
  }));

test('what was kept is kept again, also through a file', () => {
  fc.assert(
    fc.property(custom, (raw) => {
      const text = JSON.stringify(trimCustom(raw));
      expect(JSON.stringify(trimCustom(JSON.parse(text) as typeof raw))).toBe(text);
    }),
  );
});

test('no check throws, whatever an operator writes', () => {
  const now = '2026-01-01T12:00:00Z';
  fc.assert(
    fc.property(fc.array(custom, { maxLength: 4 }), (CustomResource) => {
      const objects = byKind(snapshotOf({ CustomResource }, now));
      const context = { now: Date.parse(now), topology: buildTopology(objects, []), limits: {} };
      const { gaps, symptoms } = runChecks(registry, objects, [], context);
      expect(gaps).toEqual([]);
      for (const { message, evidence, object } of symptoms) {
        expect(message.length).toBeLessThanOrEqual(300);
        expect(evidence.length).toBeGreaterThan(0);
        expect(object.name).not.toBe('');
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['no status', { apiVersion: 'a.b/v1', kind: 'X', metadata: { name: 'x' } }],
  [
    'a status that is a text',
    { apiVersion: 'a.b/v1', kind: 'X', metadata: { name: 'x' }, status: 'ok' },
  ],
  ['no kind', { apiVersion: 'a.b/v1', metadata: { name: 'x' }, status: {} }],
  ['no name', { apiVersion: 'a.b/v1', kind: 'X', metadata: {}, status: {} }],
])('not kept: %s', (_name, raw) => {
  expect(trimCustom(raw)).toBeUndefined();
});

test('of a status only words by name, and none of what lies deeper', () => {
  const kept = trimCustom({
    apiVersion: 'acme.example/v1',
    kind: 'Widget',
    metadata: { name: 'w' },
    status: {
      phase: 'Ready',
      token: 'abc',
      oldState: 'Failed',
      engine: { state: 'Failed', key: 'abc', message: 'why' },
      deep: { er: { state: 'Failed', key: 'abc' }, est: { er: { inside: { state: 'Failed' } } } },
      shards: [
        { name: 'a', state: 'Failed', key: 'abc' },
        { name: 'b', state: 'Ready' },
      ],
      history: [{ name: 'a', state: 'Failed' }],
    },
  });
  expect(kept).toEqual({
    apiVersion: 'acme.example/v1',
    kind: 'Widget',
    metadata: { name: 'w' },
    status: {
      phase: 'Ready',
      engine: { state: 'Failed', message: 'why' },
      deep: { er: { state: 'Failed' } },
      shards: { a: { state: 'Failed' } },
    },
  });
  expect(wordsOf(kept as never).map(({ path, text }) => `${path} ${text}`)).toEqual([
    'status.phase Ready',
    'status.engine.state Failed',
    'status.deep[er].state Failed',
    'status.shards[a].state Failed',
  ]);
});

test('lists become maps, and are kept again as they are', () => {
  const raw = {
    apiVersion: 'acme.example/v1',
    kind: 'Widget',
    metadata: { name: 'w' },
    status: {
      error: 'no such class',
      shards: [
        { name: 'a', state: 'Failed', message: 'why' },
        { conditions: [{ type: 'Ready', status: 'False', key: 'abc' }, 'x', { type: 'Ready' }] },
      ],
      inside: { tasks: [{ id: 'x', state: 'FAILED' }] },
    },
  };
  const kept = trimCustom(raw);
  expect(kept).toMatchObject({
    status: {
      error: 'no such class',
      shards: {
        a: { state: 'Failed', message: 'why' },
        1: { conditions: [{ type: 'Ready', status: 'False' }] },
      },
      inside: { tasks: { x: { state: 'FAILED' } } },
    },
  });
  expect(trimCustom(kept as never)).toEqual(kept);
});

test('names: a kind that is built in, too, bears its group', () => {
  const of = (apiVersion: string, kind: string) =>
    ({ apiVersion, kind, metadata: { name: 'x', namespace: 'shop' } }) as never;
  expect(customRef(of('serving.knative.dev/v1', 'Service')).kind).toBe(
    'Service.serving.knative.dev',
  );
  expect(customRef(of('cluster.x-k8s.io/v1beta1', 'Cluster')).kind).toBe('Cluster');
  expect(resourceName(of('cert-manager.io/v1', 'Certificate'))).toBe('certificate.cert-manager.io');
});

test.each([
  ['CreateFailed', 'failing'],
  ['RevisionFailed', 'failing'],
  ['BackendNotFound', 'failing'],
  ['ProgressDeadlineExceeded', 'failing'],
  ['WaitingForInfrastructure', 'moving'],
  ['StatefulSetNotReady', 'moving'],
  ['NotAllPodsReady', 'moving'],
  ['Suspended', 'resting'],
  ['NotReady', 'plain'],
  ['NoErrors', 'plain'],
  ['Completed', 'done'],
])('the tone of reason %s is %s', (reason, tone) => {
  expect(toneOfReason(reason)).toBe(tone);
});

test.each([
  ['Failed', 'failing'],
  ['walArchivingFailing', 'failing'],
  ['HEALTH_ERR', 'failing'],
  ['red', 'failing'],
  ['Another MinIO Tenant already exists in the namespace', 'failing'],
  ['Failing over', 'plain'],
  ['no error', 'plain'],
  ['Cluster in healthy state', 'plain'],
  ['reduced', 'plain'],
  [`${'a'.repeat(200)} failed`, 'plain'],
  ['Setting up primary', 'moving'],
  ['Switchover in progress', 'moving'],
  ['Hibernated', 'resting'],
  ['Succeeded', 'done'],
])('the tone of phase %s is %s', (phase, tone) => {
  expect(toneOfPhase(phase)).toBe(tone);
});

test.each([
  ['Ready', 'chief'],
  ['Synced', 'good'],
  ['WorkersReady', 'part'],
  ['ACK.Terminal', 'bad'],
  ['NotReady', 'bad'],
  ['NoWarnings', 'mute'],
  ['NodeRegistered', 'part'],
  ['RollingUpdate', 'motion'],
  ['cnpg.io/hibernation', 'rest'],
  ['Complete', 'end'],
  ['Upgradeable', 'mute'],
])('the polarity of %s is %s', (type, polarity) => {
  expect(polarityOf(type)).toBe(polarity);
});
