import { expect, test } from '@jest/globals';
import { defaultCatalog, type Service } from '../../../src/core/model/catalog.ts';
import { observe } from '../../../src/core/observe.ts';
import { snapshotOf } from '../../support/objects.ts';

const now = '2026-01-01T12:00:00Z';
const pod = (namespace: string, minutes: number) => {
  const started = new Date(Date.parse(now) - minutes * 60_000).toISOString();
  return {
    metadata: { name: 'web', namespace, creationTimestamp: started },
    spec: { nodeName: 'a', containers: [{ name: 'app', image: 'acme/app:1' }] },
    status: {
      phase: 'Pending',
      startTime: started,
      containerStatuses: [{ name: 'app', state: { waiting: { reason: 'ErrImagePull' } } }],
    },
  };
};
const service = (name: string, graceSeconds?: number): Service => ({
  name,
  priority: 'P2',
  namespaces: [name],
  selector: {},
  maxDowntimeSeconds: 900,
  knownIssues: [],
  ...(graceSeconds === undefined ? {} : { checks: { 'image-pull': { graceSeconds } } }),
});

/** Namespaces in which a pull that has failed for five minutes is told; two minutes are the check's own patience. */
function told(services: readonly Service[], everybody?: number): readonly (string | null)[] {
  const checks = everybody === undefined ? {} : { 'image-pull': { graceSeconds: everybody } };
  const snapshot = snapshotOf({ Pod: ['shop', 'lab'].map((each) => pod(each, 5)) }, now);
  const { findings } = observe(snapshot, { ...defaultCatalog, services, checks }, Date.parse(now));
  return findings
    .filter(({ check }) => check === 'image-pull')
    .map(({ object }) => object.namespace);
}

test.each<[string, readonly Service[], number | undefined, readonly string[]]>([
  ['the check itself', [], undefined, ['shop', 'lab']],
  ['everybody', [], 600, []],
  ['one service waits longer', [service('lab', 600)], undefined, ['shop']],
  ['one service is told sooner than everybody', [service('shop', 60)], 600, ['shop']],
  [
    "a service without limits takes everybody's",
    [service('shop'), service('lab', 60)],
    600,
    ['lab'],
  ],
])('patience of %s', (_, services, everybody, expected) => {
  expect(told(services, everybody)).toEqual(expected);
});
