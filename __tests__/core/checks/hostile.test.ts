import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { registry } from '../../../src/core/checks/registry.ts';
import { runChecks } from '../../../src/core/checks/run.ts';
import { type Kind, kindNames, kinds } from '../../../src/core/objects/kinds.ts';
import { buildTopology } from '../../../src/core/objects/topology.ts';
import { byKind } from '../../../src/core/objects/trim.ts';
import type { RawObjects } from '../../support/objects.ts';
import { snapshotOf } from '../../support/objects.ts';
import { rightly } from '../objects/nearly.ts';

/** A few objects of a kind that look nearly right and share few names, so that they refer to each other. */
function several(kind: Kind): fc.Arbitrary<readonly object[]> {
  const named = fc
    .tuple(rightly(kinds[kind].shape), fc.constantFrom('a', 'b', '__proto__'))
    .map(([raw, name]) => {
      const { metadata, ...rest } = raw as { readonly metadata?: object };
      return { ...rest, metadata: { ...metadata, name, namespace: 'shop', uid: name } };
    });
  return fc.array(named, { maxLength: 2 });
}

const cluster: fc.Arbitrary<RawObjects> = fc.record(
  Object.fromEntries(kindNames.map((kind) => [kind, several(kind)])),
);

test('no check throws, whatever a cluster holds', () => {
  fc.assert(
    fc.property(cluster, (raw) => {
      const snapshot = snapshotOf(raw, '2026-01-01T12:00:00Z');
      // Also what is found on an object that cannot be read whole must be fit to be told.
      const items = snapshot.items.map(({ unreadable: _, ...item }) => item);
      const objects = byKind({ ...snapshot, items });
      const { gaps, symptoms } = runChecks(registry, objects, [], {
        now: Date.parse(snapshot.takenAt),
        topology: buildTopology(objects, []),
        limits: {},
      });
      expect(gaps).toEqual([]);
      for (const { message, evidence } of symptoms) {
        expect(message.length).toBeLessThanOrEqual(300);
        expect(evidence.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 300 },
  );
});
