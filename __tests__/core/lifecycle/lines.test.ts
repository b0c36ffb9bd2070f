import { expect, test } from '@jest/globals';
import { decide } from '../../../src/core/decide.ts';
import { weigh } from '../../../src/core/escalation/policy.ts';
import type { AlertLine } from '../../../src/core/model/alert.ts';
import { defaultCatalog } from '../../../src/core/model/catalog.ts';
import type { Evidence } from '../../../src/core/model/finding.ts';
import { freshState } from '../../../src/core/model/state.ts';
import type { RawObjects } from '../../support/objects.ts';
import { deployment, now, podOf, type Seen, sceneOf, seen } from '../incidents/scene.ts';

/** The only incident of what is seen, as the first cycle tells it. */
function told(symptoms: readonly Seen[], objects: RawObjects = {}): AlertLine {
  const observation = {
    ...{ takenAt: now, snapshotAt: now, source: 'live' as const, clusterUid: null, gaps: [] },
    ...sceneOf(symptoms, objects),
  };
  const catalog = { ...defaultCatalog, defaultPriority: 'P0' } as const;
  const assessments = {
    byFingerprint: weigh(observation, catalog),
    fallback: null,
    trouble: null,
  };
  const stamp = {
    ...{ id: '20260101_120000', cluster: 'prod', startedAt: now, now: Date.parse(now) },
    ...{ run: 'run-1', channel: 'C1', runUrl: null },
  };
  const { view } = decide(freshState, true, observation, assessments, stamp, catalog);
  expect(view?.lines).toHaveLength(1);
  return view?.lines[0] as AlertLine;
}

const fact = (source: Evidence['source'], text: string): Evidence => ({ source, at: 'x', text });
const down = (app: string, suffix: string, evidence: readonly Evidence[], more: object = {}) =>
  seen('crash-loop', `Pod/${app}-r1-${suffix}`, { evidence, ...more });
const uses = { proof: { dependsOn: [{ kind: 'Deployment', namespace: 'shop', name: 'db' }] } };
const objects = {
  Pod: [podOf('db', 'a'), podOf('db', 'b'), podOf('web', 'a'), podOf('api', 'a')],
  Deployment: [deployment('db', 2, 0), deployment('web', 1, 0), deployment('api', 1, 0)],
};

const short = seen('deployment-short', 'Deployment/db', { evidence: [fact('field', '0 of 2')] });

test('facts: the leading ones, what was written of others, a field of each other kind', () => {
  const log = [fact('field', 'web'), fact('log', 'refused'), fact('log', 'starting')];
  const { evidence } = told(
    [
      down('db', 'a', [fact('field', 'lead'), fact('log', 'panic'), fact('log', 'before it')]),
      // Says the same of another pod.
      down('db', 'b', [fact('log', 'again')]),
      down('web', 'a', log, { message: 'web cannot reach it', ...uses }),
      down('api', 'a', [fact('event', 'BackOff')], { message: 'api cannot reach it', ...uses }),
      seen('stuck-terminating', 'Pod/web-r1-a', { evidence: [fact('field', 'deleted')], ...uses }),
    ],
    objects,
  );
  const said = evidence.map(({ text }) => text);
  expect(said.slice(0, 3)).toEqual(['lead', 'panic', 'before it']);
  expect(said.slice(3, 5).sort()).toEqual(['BackOff', 'refused']);
  expect(said.slice(5)).toEqual(['deleted']);
});

test('a shortage is a fact only where no cause is told', () => {
  expect(told([down('db', 'a', [fact('field', 'lead')]), short], objects).evidence).toHaveLength(1);
  expect(told([short], objects).evidence.map(({ text }) => text)).toEqual(['0 of 2']);
});

test("last words are the root's own, or say whose they are", () => {
  const lastWords = { line: 'connection refused' };
  const words = (app: string, more: object = {}) =>
    down(app, 'a', [], { proof: { ...uses.proof, ...more } });
  const own = seen('crash-loop', 'Pod/db-r1-a', { proof: { lastWords } });
  expect(told([own], objects).lastWords).toBe('connection refused');
  expect(told([down('db', 'a', []), words('web', { lastWords })], objects).lastWords).toBe(
    'web: connection refused',
  );
});

test('services that are only at risk are not among those that are hit', () => {
  const about = { object: { kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'a' } };
  const line = told(
    [
      down('db', 'a', []),
      seen('hpa-metrics', 'X/x', { ...about, impact: 'at-risk', ...uses }),
      down('web', 'a', [], uses),
    ],
    objects,
  );
  expect(line.services).toEqual(['db', 'web', 'a']);
  expect(line.hit).toBe(2);
});
