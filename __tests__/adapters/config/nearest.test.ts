import { expect, test } from '@jest/globals';
import { nearest } from '../../../src/adapters/config/nearest.ts';

const names = ['Pod', 'Job', 'Deployment', 'StatefulSet', 'Ingress', 'crash-loop', 'shop'];

test.each<[written: string, meant: string | undefined]>([
  ['deployment', 'Deployment'],
  ['Deploymnet', 'Deployment'],
  ['Deployments', 'Deployment'],
  ['crash_loop', 'crash-loop'],
  ['CrashLoop', 'crash-loop'],
  ['pods', 'Pod'],
  ['shpo', 'shop'],
  ['ingresses', 'Ingress'],
  // Two slips of three letters are another word.
  ['Pool', undefined],
  ['Rollout', undefined],
  ['', undefined],
  ['x'.repeat(200), undefined],
])('%j means %j', (written, meant) => {
  expect(nearest(written, names)).toBe(meant);
});

test('of several the nearest', () => {
  expect(nearest('payments-ap', ['payments-web', 'payments-api'])).toBe('payments-api');
});
