import { isSame, type ObjectRef } from '../model/snapshot.ts';
import type { Labels } from './meta.ts';
import { type Carrier, isAlike, labelOf } from './near-miss.ts';
import { once } from './remembered.ts';
import { indexLabels, type LabelIndex } from './selection.ts';

/** Those whose labels a Service nearly asks for. */
export type NearCarriers = (service: ObjectRef, selector: Labels) => readonly Carrier[];

/** For selectors that match none of them: near is who bears the Service's name, whose one label differs by a slip, or who alone has all the other labels. */
export function nearCarriers(carriers: () => readonly Carrier[]): {
  readonly near: NearCarriers;
  readonly byLabels: LabelIndex<Carrier>;
} {
  // The same objects in both: who is served is told by identity.
  const all = once(carriers);
  const namespaceOf = ({ ref }: Carrier) => ref.namespace;
  const byLabels = indexLabels(all, { namespaceOf, labelsOf: ({ labels }) => labels });
  const byName = indexLabels(all, { namespaceOf, labelsOf: ({ ref }) => ({ name: ref.name }) });
  const near: NearCarriers = ({ namespace, name }, selector) => {
    const [only = '', ...others] = Object.keys(selector);
    const byLabel =
      others.length > 0
        ? lackingOne(namespace, selector, byLabels)
        : byLabels
            .carrying(namespace, {})
            .filter(({ labels }) => isAlike(selector[only] ?? '', labelOf(labels, only) ?? ''));
    return [...new Set([...byName.carrying(namespace, { name }), ...byLabel])];
  };
  return { near, byLabels };
}

/** Who has all the pairs but one, and is the only one who does: what several have (`part-of=shop`) does not say whom the Service means. */
function lackingOne(
  namespace: string | null,
  selector: Labels,
  byLabels: LabelIndex<Carrier>,
): readonly Carrier[] {
  return Object.keys(selector).flatMap((missed) => {
    const { [missed]: _, ...rest } = selector;
    const found = byLabels.carrying(namespace, rest);
    const [one] = found;
    return one !== undefined && found.every(({ ref }) => isSame(ref, one.ref)) ? found : [];
  });
}
