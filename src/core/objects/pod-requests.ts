import type { Container, Pod } from './pod.ts';
import { quantityOf } from './quantity.ts';

/** How much of a resource the scheduler reserves for a pod: what the pod asks for as a whole, else its containers and native sidecars together, or its hungriest init container. */
export function requestOf({ spec }: Pod, resource: string): number {
  const whole = quantityOf(spec?.resources?.requests?.[resource]);
  if (whole !== undefined) return whole;
  const wants = (container: Container): number =>
    quantityOf(container.resources?.requests?.[resource]) ?? 0;
  const init = spec?.initContainers ?? [];
  const staying = [
    ...(spec?.containers ?? []),
    ...init.filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ];
  const sum = staying.reduce((all, each) => all + wants(each), 0);
  return Math.max(sum, ...init.map(wants));
}

/** Processor, memory and devices that a pod asks for, as one: what is kept of a pod that is well. */
export function requestsOf(pod: Pod): { readonly [resource: string]: number } {
  const { resources, containers = [], initContainers = [] } = pod.spec ?? {};
  const asked = [{ resources }, ...containers, ...initContainers].flatMap((each) =>
    Object.keys(each.resources?.requests ?? {}),
  );
  const counted = [...new Set(asked)].filter(
    (name) => name === 'cpu' || name === 'memory' || name.includes('/'),
  );
  return Object.fromEntries(counted.map((name) => [name, requestOf(pod, name)]));
}
