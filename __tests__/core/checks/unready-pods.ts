import { ago, api, conditions, type Parts, pod, type RawPod, status, waiting } from './pods.ts';
import type { Case } from './suite.ts';

/** A container that runs for so many minutes and never fell. */
export const running = (minutes: number, more: object = {}) => ({
  started: true,
  restartCount: 0,
  state: { running: { startedAt: ago(minutes) } },
  ...more,
});
/** Since when the pod is not ready. */
export const notReady = (minutes: number) => ({ conditions: conditions({ since: ago(minutes) }) });
/** The spec part with probes on its one container. */
export const probed = (probes: object) => ({ spec: { containers: [{ ...api, ...probes }] } });
/** Its budget is 660 s, a tenth of 600 included. */
export const startup = {
  startupProbe: { initialDelaySeconds: 0, periodSeconds: 20, failureThreshold: 30 },
};
export const node = (ready: string) => ({
  metadata: { name: 'node-a' },
  status: { conditions: [{ type: 'Ready', status: ready }] },
});
/** Its containers are not made yet. */
export const creating = (minutes: number, more: object = {}): RawPod =>
  pod(
    status(
      { state: waiting('ContainerCreating') },
      { phase: 'Pending', startTime: ago(minutes), ...notReady(minutes), ...more },
    ),
  );
export const ended = (exitCode: number, reason = 'Error', minutes = 60) => ({
  state: { terminated: { exitCode, reason, finishedAt: ago(minutes) } },
});
/** Beside a native sidecar. */
export const meshed = (sidecar: object, app: object, probes: object = {}): RawPod =>
  pod(status(app), {
    spec: { initContainers: [{ name: 'mesh', restartPolicy: 'Always', ...probes }] },
    status: { initContainerStatuses: [{ name: 'mesh', ...sidecar }] },
  });
/** A pod that says nothing. */
export const quiet = (name: string, container: object, ...parts: readonly Parts[]): Case => ({
  name: `quiet: ${name}`,
  objects: { Pod: [pod(status(container), ...parts)] },
  expect: [],
});
