import { parseTime } from '../model/time.ts';
import { condition, metadata } from './meta.ts';
import { fields, type Kept, list } from './shape.ts';

export const nodeShape = fields({
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
  metadata,
  status: fields({ phase: 'text' }),
});

/** core/v1 Event, `type=Warning` only: its `involvedObject.uid` says whose it is. */
export const eventShape = fields({
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

/** lastTimestamp, else series, eventTime, firstTimestamp, creation; 0 where an event has no time at all. */
export function eventTime(event: Event): number {
  return (
    parseTime(event.lastTimestamp) ??
    parseTime(event.series?.lastObservedTime) ??
    parseTime(event.eventTime) ??
    parseTime(event.firstTimestamp) ??
    parseTime(event.metadata?.creationTimestamp) ??
    0
  );
}
