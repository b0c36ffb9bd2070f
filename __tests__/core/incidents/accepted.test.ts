import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseCatalog } from '../../../src/adapters/config/catalog.ts';
import { acceptAll } from '../../../src/core/incidents/accepted.ts';
import { type AcceptedFinding, defaultCatalog } from '../../../src/core/model/catalog.ts';
import type { Gap } from '../../../src/core/model/snapshot.ts';
import { observe } from '../../../src/core/observe.ts';
import { sayOverdue } from '../../../src/core/render/accepted-words.ts';
import { baselineText } from '../../../src/core/render/baseline.ts';
import { type RawObjects, snapshotOf } from '../../support/objects.ts';

const now = '2026-01-01T12:00:00Z';

/** A Deployment of one pod that cannot pull its image; each start gives the pod another name. */
function failing(name: string, pod: string): RawObjects {
  const labels = { app: name, 'pod-template-hash': 'h1' };
  const owner = { kind: 'ReplicaSet', name: `${name}-h1`, controller: true };
  const created = '2026-01-01T11:00:00Z';
  return {
    Pod: [
      {
        metadata: {
          name: pod,
          namespace: 'shop',
          labels,
          creationTimestamp: created,
          ownerReferences: [owner],
        },
        spec: { nodeName: 'a', containers: [{ name: 'app', image: 'acme/app:1' }] },
        status: {
          phase: 'Pending',
          startTime: created,
          containerStatuses: [{ name: 'app', state: { waiting: { reason: 'ImagePullBackOff' } } }],
        },
      },
    ],
  };
}

function look(
  objects: RawObjects,
  accepted: readonly AcceptedFinding[],
  gaps: readonly Gap[] = [],
) {
  return observe(snapshotOf(objects, now, gaps), { ...defaultCatalog, accepted }, Date.parse(now));
}

/** What the command prints, read back as a catalog. */
function baselineOf(objects: RawObjects): readonly AcceptedFinding[] {
  const text = baselineText(acceptAll(look(objects, []).findings));
  return parseCatalog(text, 'catalog.yaml').accepted;
}

const before = failing('api', 'api-h1-aaaaa');
const filled = { owner: 'platform', why: 'OPS-7', until: '2026-03-01T00:00:00Z' };

test('what a baseline holds is known from then on, also under another pod name; anything new counts', () => {
  const accepted = baselineOf(before);
  expect(accepted).toMatchObject([
    { check: 'image-pull', reason: 'ImagePullBackOff', kind: 'Deployment', name: 'api' },
  ]);
  const again = look(failing('api', 'api-h1-bbbbb'), accepted);
  expect(again.incidents.map(({ known }) => known)).toEqual(['accepted']);
  const other = look(failing('web', 'web-h1-aaaaa'), accepted);
  expect(other.incidents.map(({ known }) => known)).toEqual([null]);
});

test.each<[string, Partial<AcceptedFinding>, RawObjects, readonly Gap[], readonly string[]]>([
  ['filled in and there', filled, before, [], []],
  [
    'not filled in',
    {},
    before,
    [],
    ['1 accepted finding lacks owner, why or until in the catalog'],
  ],
  [
    'expired',
    { ...filled, until: '2026-01-01T12:00:00Z' },
    before,
    [],
    [
      'The accepted finding image-pull on Deployment shop/api has expired: mend it, or move its `until`',
    ],
  ],
  [
    'gone',
    filled,
    {},
    [],
    ['The accepted finding image-pull on Deployment shop/api matches nothing any more: remove it'],
  ],
  [
    'of another reason than the check gives',
    { ...filled, reason: 'ErrImagePull' },
    before,
    [],
    [
      'The accepted finding image-pull on Deployment shop/api matches nothing; the check says ImagePullBackOff of it now: write that as its `reason`',
    ],
  ],
  [
    'perhaps gone: pods were not read',
    filled,
    {},
    [{ kind: 'Pod', namespace: null, reason: 'forbidden', detail: '' }],
    [],
  ],
  [
    'perhaps gone: pods were not read there',
    filled,
    {},
    [{ kind: 'Pod', namespace: 'shop', reason: 'forbidden', detail: '' }],
    [],
  ],
])('an entry that is %s', (_, parts, objects, gaps, says) => {
  const accepted = baselineOf(before).map((entry) => ({ ...entry, ...parts }));
  expect(sayOverdue(look(objects, accepted, gaps))).toEqual(says);
});

test('an expired entry accepts nothing; the note says who answers for a valid one, and why', () => {
  const [entry] = baselineOf(before).map((each) => ({ ...each, ...filled }));
  const notes = (until: string) =>
    look(before, entry === undefined ? [] : [{ ...entry, until }]).incidents.map(
      ({ known }) => known,
    );
  expect(notes('2026-01-01T12:00:01Z')).toEqual(['accepted (platform): OPS-7']);
  expect(notes('2026-01-01T12:00:00Z')).toEqual([null]);
});

test('a hostile name stays one value of the YAML', () => {
  const name = 'x\n  - check: "other"\u2028 # "{}';
  const text = baselineText([
    {
      check: 'c',
      reason: 'R',
      kind: 'Pod',
      namespace: null,
      name,
      owner: null,
      why: null,
      until: null,
    },
  ]);
  expect(parse(text)).toEqual({
    accepted: [{ check: 'c', reason: 'R', kind: 'Pod', name, owner: null, why: null, until: null }],
  });
});

test('nothing wrong is an empty list', () => {
  expect(baselineOf({})).toEqual([]);
});
