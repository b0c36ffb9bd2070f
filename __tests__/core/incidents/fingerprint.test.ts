import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fingerprintOf } from '../../../src/core/incidents/fingerprint.ts';
import type { Root } from '../../../src/core/model/incident.ts';

/** FNV-1a as its authors write it, on 64-bit numbers. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of [...Buffer.from(text, 'utf16le')])
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
}

const words = fc.string({ unit: 'binary' });
const roots = fc.record({
  kind: words,
  namespace: fc.option(words),
  name: words,
  reason: words,
}) satisfies fc.Arbitrary<Root>;

test('is 64-bit FNV-1a of kind, namespace, name and reason', () => {
  fc.assert(
    fc.property(roots, (root) => {
      const { kind, namespace, name, reason } = root;
      expect(fingerprintOf(root)).toBe(fnv1a(JSON.stringify([kind, namespace, name, reason])));
    }),
  );
});

test('never changes: state and alerts go by it', () => {
  const root = { kind: 'Deployment', namespace: 'shop', name: 'api', reason: 'CrashLoopBackOff' };
  expect(fingerprintOf(root)).toBe('5c593565cd8cfb09');
});
