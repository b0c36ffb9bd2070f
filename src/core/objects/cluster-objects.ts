import { parseTime } from '../model/time.ts';
import { condition, metadata } from './meta.ts';
import { fields, type Kept, list, map } from './shape.ts';

export const nodeShape = fields({
  metadata,
  spec: fields({
    unschedulable: 'flag',
    taints: list(fields({ key: 'text', value: 'text', effect: 'text', timeAdded: 'text' })),
  }),
  status: fields({
    conditions: list(condition),
    capacity: map('textOrNumber'),
    allocatable: map('textOrNumber'),
    nodeInfo: fields({ kubeletVersion: 'text', bootID: 'text', osImage: 'text' }),
  }),
});
export type Node = Kept<typeof nodeShape>;

export const namespaceShape = fields({
  metadata,
  status: fields({ phase: 'text', conditions: list(condition) }),
});
export type Namespace = Kept<typeof namespaceShape>;

/** Renewed by each node's kubelet every 10 s. Only those of namespace `kube-node-lease` are read. */
export const leaseShape = fields({
  metadata,
  spec: fields({ renewTime: 'text', leaseDurationSeconds: 'number' }),
});
export type Lease = Kept<typeof leaseShape>;

export const signingRequestShape = fields({
  metadata,
  spec: fields({ signerName: 'text', username: 'text' }),
  status: fields({ conditions: list(condition) }),
});
export type CertificateSigningRequest = Kept<typeof signingRequestShape>;

export const quotaShape = fields({
  metadata,
  status: fields({ hard: map('textOrNumber'), used: map('textOrNumber') }),
});
export type ResourceQuota = Kept<typeof quotaShape>;

/** core/v1 Event, warnings and a few others (kinds.ts): its `involvedObject.uid` says whose it is; the kubelet writes a node's name there. */
export const eventShape = fields({
  metadata: fields({ name: 'text', namespace: 'text', uid: 'text', creationTimestamp: 'text' }),
  type: 'text',
  reason: 'text',
  message: 'text',
  firstTimestamp: 'text',
  lastTimestamp: 'text',
  eventTime: 'text',
  count: 'number',
  series: fields({ lastObservedTime: 'text', count: 'number' }),
  involvedObject: fields({
    kind: 'text',
    namespace: 'text',
    name: 'text',
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

/** A message without what the recorder puts in front of many events of one object that differ. */
export function ownWords(message: string): string {
  return message.replace(/^\(combined from similar events\): /, '');
}

/** How often it was seen: series, else count, else once. */
export function eventCount({ series, count }: Event): number {
  return Math.max(series?.count ?? 0, count ?? 0, 1);
}
