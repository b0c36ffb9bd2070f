import { expect, test } from '@jest/globals';
import { type Quietable, quietFor, standingOf } from '../../../src/core/incidents/quiet.ts';
import type { Quiet } from '../../../src/core/model/catalog.ts';

const now = Date.parse('2026-11-29T02:30:00Z');
const silence = (match: Quiet['match'], changes: Partial<Quiet> = {}): Quiet => ({
  ...{ kind: 'silence', reason: 'OPS-9', by: null, match, from: null, hours: null },
  until: '2026-12-01T00:00:00Z',
  ...changes,
});
const pod: Quietable = {
  check: 'crash-loop',
  object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
  workload: { kind: 'Deployment', namespace: 'shop', name: 'api' },
  service: 'checkout',
  proof: { decidedBy: 'field', sinceExact: true, node: 'n1' },
};
const node: Quietable = {
  check: 'node-not-ready',
  object: { kind: 'Node', namespace: null, name: 'n1' },
  workload: { kind: 'Node', namespace: null, name: 'n1' },
  service: null,
  proof: { decidedBy: 'field', sinceExact: true },
};

test.each<[name: string, quiet: Quiet, finding: Quietable, matches: boolean]>([
  ['its check', silence({ check: ['crash-loop'] }), pod, true],
  ['another check', silence({ check: ['oom-killed'] }), pod, false],
  ['one of several values', silence({ check: ['oom-killed', 'crash-loop'] }), pod, true],
  ['its service', silence({ service: ['checkout'] }), pod, true],
  ['what has no service', silence({ service: ['checkout'] }), node, false],
  ['its namespace', silence({ namespace: ['shop'] }), pod, true],
  ['what has no namespace', silence({ namespace: ['shop'] }), node, false],
  ['the pod by a star', silence({ name: ['api-*'] }), pod, true],
  ['its workload', silence({ kind: ['Deployment'], name: ['api'] }), pod, true],
  [
    'the kind of one and the name of the other',
    silence({ kind: ['Pod'], name: ['api'] }),
    pod,
    false,
  ],
  ['a part of its name', silence({ name: ['ap'] }), pod, false],
  ['its node', silence({ node: ['n1'] }), pod, true],
  ['the node itself', silence({ node: ['n1'] }), node, true],
  ['another node', silence({ node: ['n2'] }), pod, false],
  ['every key but one', silence({ check: ['crash-loop'], namespace: ['pay'] }), pod, false],
  ['at its end', silence({ name: ['api'] }, { until: '2026-11-29T02:30:00Z' }), pod, false],
  ['just before its end', silence({ name: ['api'] }, { until: '2026-11-29T02:30:01Z' }), pod, true],
  ['at its start', silence({ name: ['api'] }, { from: '2026-11-29T02:30:00Z' }), pod, true],
  ['before its start', silence({ name: ['api'] }, { from: '2026-11-29T02:30:01Z' }), pod, false],
  [
    'in its recurring hours',
    silence({ name: ['api'] }, { until: null, hours: sundays('02:00-04:00') }),
    pod,
    true,
  ],
  [
    'outside them',
    silence({ name: ['api'] }, { until: null, hours: sundays('03:00-04:00') }),
    pod,
    false,
  ],
])('%s', (_name, quiet, finding, matches) => {
  expect(quietFor([quiet], finding, now) !== null).toBe(matches);
});

function sundays(times: string): Quiet['hours'] {
  const [start = 0, end = 0] = times.split('-').map((each) => Number(each.slice(0, 2)) * 60);
  return { zone: 'UTC', days: ['sun'], times: [{ start, end }], holidays: [] };
}

test('the note says what it is, whose, and why', () => {
  const [plain, owned] = [
    silence({ name: ['api'] }),
    silence({ name: ['api'] }, { kind: 'maintenance', by: 'ana' }),
  ];
  expect(quietFor([plain, owned], pod, now)).toEqual({ by: 'silence', note: 'silence: OPS-9' });
  expect(quietFor([owned], pod, now)).toEqual({
    by: 'maintenance',
    note: 'maintenance (ana): OPS-9',
  });
});

const once = (from: string, until: string) =>
  silence({ name: ['api'] }, { kind: 'maintenance', from, until });
test.each<[name: string, quiet: Quiet, standing: string]>([
  ['a silence before its end', silence({ name: ['api'] }), 'in force'],
  ['work to come', once('2026-11-29T02:30:01Z', '2026-11-29T04:00:00Z'), 'not yet'],
  ['work that begins now', once('2026-11-29T02:30:00Z', '2026-11-29T04:00:00Z'), 'in force'],
  ['work that ends now', once('2026-11-29T02:00:00Z', '2026-11-29T02:30:00Z'), 'expired'],
  [
    'hours that are open',
    silence({ name: ['api'] }, { until: null, hours: sundays('02:00-04:00') }),
    'in force',
  ],
  [
    'hours that are not: they come again',
    silence({ name: ['api'] }, { until: null, hours: sundays('03:00-04:00') }),
    'closed',
  ],
])('%s', (_name, quiet, standing) => {
  expect(standingOf(quiet, now)).toBe(standing);
});
