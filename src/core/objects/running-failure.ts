import type { ObjectRef } from '../model/snapshot.ts';
import { isReady, type Pod } from './pod.ts';
import { containersOf } from './pod-containers.ts';
import { costTo } from './template-cost.ts';
import type { Topology } from './topology.ts';

/** It has been started, and it ends or does not get ready: what waits for an image or a node asks no name. */
export function failsRunning(pod: Pod): boolean {
  if (isReady(pod)) return false;
  return containersOf(pod).some(
    ({ status }) =>
      (status.ready !== true && status.state?.running !== undefined) ||
      (status.state?.terminated?.exitCode ?? 0) !== 0 ||
      (status.lastState?.terminated?.exitCode ?? 0) !== 0,
  );
}

/** Whether something of a workload is seen to fail; where its pods were not read, whether it lacks some. */
export function isFailing(workload: ObjectRef, topology: Topology): boolean {
  const pods = topology.podsOf(workload);
  return pods.length === 0 ? costTo(workload, topology) !== 'at-risk' : pods.some(failsRunning);
}
