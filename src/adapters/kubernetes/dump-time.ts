import { parseTime } from '../../core/model/time.ts';
import { type Found, isRaw, type Raw } from './dump-objects.ts';

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** Fields whose value is a moment that has passed, not one to come (`renewalTime`). By name: a termination message may say anything. */
const timeField =
  /^(?!next|renew|expir|scheduled|valid|retry|until|deadline).*(?:time|timestamp|At)$/i;

/** The newest moment (ms) that an object speaks of: creation, managed fields, status, an event's times, a lease's renewal; null where it has none. Not its deletion time, which lies ahead. */
export function newestTime({ kind, raw }: Found): number | null {
  const metadata = asRaw(raw['metadata']);
  const times = [
    metadata['creationTimestamp'],
    ...asArray(metadata['managedFields']).map((entry) => asRaw(entry)['time']),
    ...timesIn(raw['status']),
    // A node that lives renews its lease every ten seconds: nothing in a dump is a better clock.
    ...(kind === 'Lease' ? [asRaw(raw['spec'])['renewTime']] : []),
    ...(kind === 'Event' ? timesIn({ ...raw, metadata: null, message: null }) : []),
  ];
  let newest: number | null = null;
  for (const time of times) {
    const at = typeof time === 'string' && timestamp.test(time) ? parseTime(time) : null;
    if (at !== null && (newest === null || at > newest)) newest = at;
  }
  return newest;
}

function timesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(timesIn);
  return Object.entries(asRaw(value)).flatMap(([name, inner]) =>
    typeof inner === 'string' ? (timeField.test(name) ? [inner] : []) : timesIn(inner),
  );
}

function asRaw(value: unknown): Raw {
  return isRaw(value) ? value : {};
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
