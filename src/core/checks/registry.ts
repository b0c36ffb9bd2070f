import { configError } from './config-error.ts';
import { crashLoop } from './crash-loop.ts';
import type { Check } from './define.ts';
import { imagePull } from './image-pull.ts';
import { initFailing } from './init-failing.ts';
import { nodeNotReady } from './node-not-ready.ts';
import { oomKilled } from './oom-killed.ts';
import { podNotReady } from './pod-not-ready.ts';
import { startError } from './start-error.ts';
import { stuckTerminating } from './stuck-terminating.ts';
import { unschedulable } from './unschedulable.ts';
import { volumeMount } from './volume-mount.ts';

/** Every check, in the order of the report. */
export const registry: readonly Check[] = [
  nodeNotReady,
  imagePull,
  configError,
  volumeMount,
  startError,
  initFailing,
  oomKilled,
  crashLoop,
  unschedulable,
  podNotReady,
  stuckTerminating,
];
