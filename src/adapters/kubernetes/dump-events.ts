/** Whether a kind is the Event of `events.k8s.io`, which `kubectl get events.events.k8s.io` prints: the same objects in other words. */
export function isNewEvent(kind: string, apiVersion: string | null): boolean {
  return kind === 'Event' && apiVersion?.startsWith('events.k8s.io/') === true;
}

/** The same event in the words of core/v1 (kubernetes/pkg/apis/events/v1/conversion.go). */
export function coreEvent(event: { readonly [field: string]: unknown }): {
  readonly [field: string]: unknown;
} {
  return {
    ...event,
    apiVersion: 'v1',
    involvedObject: event['regarding'],
    message: event['note'],
    count: event['deprecatedCount'],
    firstTimestamp: event['deprecatedFirstTimestamp'],
    lastTimestamp: event['deprecatedLastTimestamp'],
  };
}
