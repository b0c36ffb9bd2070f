import { condition, metadata } from './meta.ts';
import { fields, type Kept, list } from './shape.ts';

export const nodeShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec: fields({
    unschedulable: 'flag',
    taints: list(fields({ key: 'text' })),
  }),
  status: fields({
    conditions: list(condition),
    nodeInfo: fields({ kubeletVersion: 'text', bootID: 'text', osImage: 'text' }),
  }),
});
export type Node = Kept<typeof nodeShape>;

export const namespaceShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  status: fields({ phase: 'text' }),
});
export type Namespace = Kept<typeof namespaceShape>;

/** core/v1 Event, `type=Warning` only: its `involvedObject.uid` says whose it is. */
export const eventShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata: fields({ name: 'text', namespace: 'text', uid: 'text', creationTimestamp: 'text' }),
  type: 'text',
  reason: 'text',
  message: 'text',
  firstTimestamp: 'text',
  lastTimestamp: 'text',
  eventTime: 'text',
  series: fields({ lastObservedTime: 'text' }),
  involvedObject: fields({
    uid: 'text',
    /** `spec.containers{api}`: the container that it is about. */
    fieldPath: 'text',
  }),
});
export type Event = Kept<typeof eventShape>;
