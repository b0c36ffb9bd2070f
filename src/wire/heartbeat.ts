import type { Inputs } from '../adapters/config/inputs.ts';
import { heartbeatAt } from '../adapters/heartbeat/heartbeat.ts';
import type { Heartbeat, Log } from '../ports.ts';
import { type Environment, limitsFor } from './parts.ts';
import { endpointsOf, readRun } from './run.ts';

/** Nothing is told of a cycle that is only tried. */
export function heartbeatOf(inputs: Inputs, env: Environment, log: Log): Heartbeat {
  const isTried = inputs['dry-run'] || inputs['test-alert'];
  const limits = limitsFor(env, endpointsOf(inputs, readRun(env), null));
  return heartbeatAt(isTried ? null : inputs['heartbeat-url'], { limits, log });
}
