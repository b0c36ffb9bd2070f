import { expect, test } from '@jest/globals';
import { mostSuspects, suspectsOf } from '../../../src/core/incidents/suspects.ts';
import type { LogRef } from '../../../src/core/model/snapshot.ts';
import type { RawObjects } from '../../support/objects.ts';
import { crashing, see, snapshot } from './crashing.ts';

function suspectsIn(objects: RawObjects): readonly LogRef[] {
  return suspectsOf(see(objects), snapshot(objects));
}
const ref = (name: string, previous: boolean): LogRef => ({
  namespace: 'shop',
  pod: `${name}-7d9f-a`,
  container: 'app',
  previous,
});
const of = (status: object): RawObjects => ({ Pod: [crashing({ name: 'api', status })] });
const ended = { exitCode: 1, reason: 'Error', finishedAt: '2026-01-01T11:57:02Z' };
const running = { running: { startedAt: '2026-01-01T11:30:00Z' } };
const again = { running: { startedAt: '2026-01-01T11:59:00Z' } };

test.each<{ what: string; objects: RawObjects; expected: readonly LogRef[] }>([
  { what: 'one that backs off: the run before', objects: of({}), expected: [ref('api', true)] },
  {
    what: 'one that runs between two deaths: the run before',
    objects: of({ state: again }),
    expected: [ref('api', true)],
  },
  {
    what: 'one that runs and never got ready: this run',
    objects: of({ state: running, lastState: {}, restartCount: 0, started: true }),
    expected: [ref('api', false)],
  },
  {
    what: 'one that died a moment ago: this run',
    objects: of({ state: { terminated: { ...ended, exitCode: 127 } }, lastState: {} }),
    expected: [ref('api', false)],
  },
  {
    what: 'out of memory is explained',
    objects: of({ lastState: { terminated: { ...ended, exitCode: 137, reason: 'OOMKilled' } } }),
    expected: [],
  },
  {
    what: 'what has no image never spoke',
    objects: of({ state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } }),
    expected: [],
  },
  {
    what: 'what is on a lost node cannot be asked',
    objects: {
      ...of({}),
      Node: [
        {
          metadata: { name: 'node-a' },
          status: {
            conditions: [
              { type: 'Ready', status: 'Unknown', lastTransitionTime: '2026-01-01T11:20:00Z' },
            ],
          },
        },
      ],
    },
    expected: [],
  },
  {
    what: 'of one workload one pod',
    objects: { Pod: ['a', 'b', 'c'].map((suffix) => crashing({ name: 'api', suffix })) },
    expected: [ref('api', true)],
  },
  { what: 'nothing where nothing fails', objects: { Pod: [] }, expected: [] },
])('$what', ({ objects, expected }) => {
  expect(suspectsIn(objects)).toEqual(expected);
});

test('ten at most, the loudest first: the eleventh is not read', () => {
  const names = Array.from({ length: 10 }, (_, at) => `quiet-${at}`);
  const deployment = (name: string) => ({
    metadata: { name, namespace: 'shop', annotations: { 'kube-vigil/priority': 'P3' } },
    spec: { replicas: 1, selector: { matchLabels: { app: name } } },
  });
  const objects = {
    Pod: [...names, 'urgent'].map((name) => crashing({ name })),
    Deployment: names.map(deployment),
  };
  const suspects = suspectsIn(objects);
  expect(see(objects).incidents).toHaveLength(11);
  expect(suspects).toHaveLength(mostSuspects);
  expect(suspects[0]).toEqual(ref('urgent', true));
  expect(suspectsIn({ ...objects, Pod: objects.Pod.toReversed() })).toEqual(suspects);
});
