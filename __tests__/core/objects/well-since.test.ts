import { expect, test } from '@jest/globals';
import { byKind } from '../../../src/core/objects/trim.ts';
import { wellSince } from '../../../src/core/objects/well-since.ts';
import { snapshotOf } from '../../support/objects.ts';

const now = '2026-01-01T12:00:00Z';
const object = (name: string, type: string, status: string, lastTransitionTime?: string) => ({
  metadata: type === 'Ready' ? { name } : { name, namespace: 'shop' },
  status: { conditions: [{ type, status, lastTransitionTime }] },
});

test('what says itself that it is well, and since when', () => {
  const objects = byKind(
    snapshotOf(
      {
        Deployment: [
          object('api', 'Available', 'True', now),
          object('down', 'Available', 'False', now),
          object('progressing', 'Progressing', 'True', now),
          object('timeless', 'Available', 'True'),
        ],
        Node: [object('n1', 'Ready', 'True', now), object('n2', 'Ready', 'Unknown', now)],
      },
      now,
    ),
  );
  expect(wellSince(objects)).toEqual({ 'Deployment/shop/api': now, 'Node/n1': now });
});
