import { keyOf, type ObjectRef } from '../model/snapshot.ts';

/** A question about an object that is answered once: ten thousand pods of one Deployment ask the same. */
export function remembering<T>(answer: (object: ObjectRef) => T): (object: ObjectRef) => T {
  const answers = new Map<string, { readonly value: T }>();
  return (object) => {
    const key = keyOf(object);
    const known = answers.get(key) ?? { value: answer(object) };
    answers.set(key, known);
    return known.value;
  };
}
