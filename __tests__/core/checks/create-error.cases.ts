import { ago, conditions, init, pod, status, waiting } from './pods.ts';
import type { Case } from './suite.ts';
import { waitingPod, waits } from './waiting-pods.ts';

const refused = (message?: string, more: object = {}) =>
  waitingPod('CreateContainerError', message, more);
const bad = refused('context deadline exceeded');

export const cases: readonly Case[] = [
  {
    name: 'the runtime does not answer',
    objects: { Pod: [bad] },
    expect: [
      {
        object: { name: 'api-7d9f-x' },
        reason: 'ContainerCreateTimeout',
        impact: 'outage',
        since: ago(30),
        says: ['api', 'CreateContainerError', 'context deadline exceeded'],
        proof: { decidedBy: 'message', sinceExact: true, container: 'api', node: 'node-a' },
      },
    ],
  },
  ...(
    [
      [
        'ContainerNameConflict',
        'failed to reserve container name "api_api-7d9f-x_shop_1_0": name "api_api-7d9f-x_shop_1_0" is reserved for "8d4f"',
      ],
      [
        'ContainerNameConflict',
        'Error response from daemon: Conflict. The container name "/k8s_api_api-7d9f-x_shop_1_0" is already in use by container 8d4f. You have to remove (or rename) that container to be able to reuse that name.',
      ],
      [
        'ContainerNameConflict',
        'error reserving ctr name k8s_api_api-7d9f-x_shop_1_0 for id 8d4f: name is reserved for 77aa',
      ],
      ['ContainerCommandMissing', 'Error response from daemon: No command specified'],
      [
        'ContainerCommandMissing',
        'failed to generate container "8d4f" spec: failed to generate spec: no command specified',
      ],
      [
        'CommandNotFound',
        'container create failed: time="2026-01-15T10:00:00Z" level=error msg="runc create failed: unable to start container process: exec: \\"wge\\": executable file not found in $PATH"\n',
      ],
      [
        'ContainerDeviceMissing',
        'failed to inject CDI devices: unresolvable CDI devices nvidia.com/gpu=all',
      ],
      [
        'CreateContainerError',
        'failed to generate container "8d4f" spec: failed to mkdir "/srv/data": permission denied',
      ],
    ] as const
  ).map(
    ([reason, text]): Case => ({
      name: `${reason}: ${text.slice(0, 80)}`,
      objects: { Pod: [refused(text)] },
      expect: [{ reason, says: [text.slice(0, 40)] }],
    }),
  ),
  {
    name: 'no message',
    objects: { Pod: [refused()] },
    expect: [
      {
        reason: 'CreateContainerError',
        message: 'Container api cannot be created (CreateContainerError)',
        proof: { decidedBy: 'field' },
      } as Case['expect'][number],
    ],
  },
  {
    name: 'an init container',
    objects: { Pod: [pod(init({ state: waiting('CreateContainerError') }))] },
    expect: [{ proof: { container: 'migrate' } }],
  },
  {
    name: 'quiet within the grace time',
    objects: { Pod: [refused('x', { conditions: conditions({ since: ago(1.5) }) })] },
    expect: [],
  },
  {
    name: 'quiet: its configuration is told elsewhere',
    objects: { Pod: [pod(status({ state: waiting('CreateContainerConfigError') }))] },
    expect: [],
  },
  ...waits(bad),
];
