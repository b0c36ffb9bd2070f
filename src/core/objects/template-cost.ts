import { type Impact, impactOfStanding } from '../model/finding.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import type { Topology } from './topology.ts';

/** What a fault in a workload's template costs now: at risk while all of its pods serve, for then nobody has been seen to miss anything. */
export function costTo(workload: ObjectRef, topology: Topology): Impact {
  const standing = topology.standingOf(workload);
  return standing === undefined ? 'at-risk' : impactOfStanding(standing);
}
