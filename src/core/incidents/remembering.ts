import { refMap } from '../model/ref-map.ts';
import type { ObjectRef } from '../model/snapshot.ts';

/** A question about an object that is answered once: ten thousand pods of one Deployment ask the same. */
export function remembering<T>(answer: (object: ObjectRef) => T): (object: ObjectRef) => T {
  const answers = refMap<{ readonly value: T }>();
  return (object) => {
    const known = answers.get(object);
    if (known !== undefined) return known.value;
    const value = answer(object);
    answers.set(object, { value });
    return value;
  };
}
