import type { Evidence } from '../model/finding.ts';
import type { Event } from './cluster-objects.ts';

/** An event as evidence; nothing where there is none. */
export function eventEvidence(event: Event | undefined): readonly Evidence[] {
  if (event === undefined) return [];
  return [{ source: 'event', at: event.reason ?? '', text: event.message ?? '' }];
}
