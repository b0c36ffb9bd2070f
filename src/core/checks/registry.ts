import { configError } from './config-error.ts';
import { crashLoop } from './crash-loop.ts';
import type { Check } from './define.ts';
import { deploymentShort } from './deployment-short.ts';
import { imagePull } from './image-pull.ts';
import { initFailing } from './init-failing.ts';
import { jobFailed } from './job-failed.ts';
import { nodeNotReady } from './node-not-ready.ts';
import { oomKilled } from './oom-killed.ts';
import { podNotReady } from './pod-not-ready.ts';
import { pvcPending } from './pvc-pending.ts';
import { replicasShort } from './replicas-short.ts';
import { serviceNoEndpoints } from './service-no-endpoints.ts';
import { startError } from './start-error.ts';
import { stuckTerminating } from './stuck-terminating.ts';
import { unschedulable } from './unschedulable.ts';
import { volumeMount } from './volume-mount.ts';

/** Every check, the strongest cause first: where two explain the same failure, the earlier one is its root. */
export const registry: readonly Check[] = [
  // Roots: what stands above workloads.
  nodeNotReady,
  pvcPending,
  // Causes: what keeps a workload's pods from serving.
  imagePull,
  configError,
  volumeMount,
  startError,
  initFailing,
  oomKilled,
  crashLoop,
  unschedulable,
  stuckTerminating,
  // Symptoms: that something does not serve.
  podNotReady,
  jobFailed,
  deploymentShort,
  replicasShort,
  serviceNoEndpoints,
];
