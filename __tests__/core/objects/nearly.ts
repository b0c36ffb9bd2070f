import fc from 'fast-check';
import type { Shape } from '../../../src/core/objects/shape.ts';

export const anything = fc.anything({ maxDepth: 2, withNullPrototype: true });
const key = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length'),
);

/** Something of a shape, of which any part may be of another type, missing, or beside it. */
function nearly(shape: Shape): fc.Arbitrary<unknown> {
  const wrong = { arbitrary: anything, weight: 1 };
  return fc.oneof({ arbitrary: rightly(shape), weight: 9 }, wrong);
}

export function rightly(shape: Shape): fc.Arbitrary<unknown> {
  if (shape === 'text') return fc.string({ unit: 'binary', maxLength: 12 });
  if (shape === 'number') return fc.double();
  if (shape === 'flag') return fc.boolean();
  if (shape === 'textOrNumber') return fc.oneof(fc.string(), fc.integer());
  if ('list' in shape) return fc.array(nearly(shape.list), { maxLength: 3 });
  if ('map' in shape) return fc.dictionary(key, nearly(shape.map), { maxKeys: 4 });
  const parts = Object.fromEntries(
    Object.entries(shape.fields).map(([name, inner]) => [name, nearly(inner)]),
  );
  return fc
    .tuple(fc.record(parts, { requiredKeys: [] }), fc.dictionary(key, anything, { maxKeys: 2 }))
    .map(([known, beside]) => ({ ...beside, ...known }));
}
