import { parseTime } from '../model/time.ts';
import type { Node } from './cluster-objects.ts';
import { taintsOf } from './node-questions.ts';

/** Since when a node is cordoned: when the node controller tainted it for that. Null where no taint tells the time; undefined where it is not cordoned. */
export function cordonedSince(node: Node): string | null | undefined {
  if (node.spec?.unschedulable !== true) return undefined;
  const taint = taintsOf(node).find(({ key }) => key === 'node.kubernetes.io/unschedulable');
  return parseTime(taint?.timeAdded) === null ? null : (taint?.timeAdded ?? null);
}
