import { condition, metadata } from './meta.ts';
import { fields, type Kept, list, map } from './shape.ts';

const terminated = fields({
  reason: 'text',
  message: 'text',
  exitCode: 'number',
  startedAt: 'text',
  finishedAt: 'text',
});
const state = fields({
  waiting: fields({ reason: 'text', message: 'text' }),
  running: fields({ startedAt: 'text' }),
  terminated,
});
const containerStatus = fields({
  name: 'text',
  ready: 'flag',
  started: 'flag',
  restartCount: 'number',
  imageID: 'text',
  state,
  lastState: fields({ terminated }),
});
const probe = fields({
  initialDelaySeconds: 'number',
  periodSeconds: 'number',
  failureThreshold: 'number',
});
const container = fields({
  name: 'text',
  image: 'text',
  restartPolicy: 'text',
  ports: list(fields({ name: 'text', containerPort: 'number', protocol: 'text' })),
  resources: fields({ limits: fields({ memory: 'text' }) }),
  startupProbe: probe,
  readinessProbe: probe,
});

export const podShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec: fields({
    nodeName: 'text',
    nodeSelector: map('text'),
    restartPolicy: 'text',
    priority: 'number',
    priorityClassName: 'text',
    readinessGates: list(fields({ conditionType: 'text' })),
    schedulingGates: list(fields({ name: 'text' })),
    containers: list(container),
    initContainers: list(container),
    volumes: list(
      fields({
        name: 'text',
        persistentVolumeClaim: fields({ claimName: 'text' }),
        configMap: fields({ name: 'text' }),
        secret: fields({ secretName: 'text' }),
      }),
    ),
  }),
  status: fields({
    phase: 'text',
    reason: 'text',
    message: 'text',
    startTime: 'text',
    conditions: list(condition),
    initContainerStatuses: list(containerStatus),
    containerStatuses: list(containerStatus),
  }),
});
export type Pod = Kept<typeof podShape>;
export type ContainerStatus = Kept<typeof containerStatus>;
export type Container = Kept<typeof container>;
