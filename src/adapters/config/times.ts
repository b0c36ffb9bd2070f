/** What people write for a zone, and what they likely mean. Intl takes `EST` for Panama and `CET` for Brussels, so none of these is let through. */
const likelyZones: { readonly [zone: string]: string } = {
  EST: 'America/New_York',
  EDT: 'America/New_York',
  CST: 'America/Chicago',
  CDT: 'America/Chicago',
  MST: 'America/Denver',
  MDT: 'America/Denver',
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  GMT: 'UTC',
  Z: 'UTC',
  BST: 'Europe/London',
  WET: 'Europe/Lisbon',
  CET: 'Europe/Berlin',
  CEST: 'Europe/Berlin',
  MET: 'Europe/Berlin',
  EET: 'Europe/Helsinki',
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
};

/** Whether Intl knows it and it means what its name says: `UTC` or `Area/City`. */
export function isZone(zone: string): boolean {
  if (zone === 'UTC') return true;
  if (!/^(?!Etc\/)[A-Za-z]+(\/[A-Za-z0-9_+-]+){1,2}$/i.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** `, such as Europe/Berlin`: the zone that was likely meant. */
export function zoneAdvice(zone: unknown): string {
  const likely = typeof zone === 'string' ? likelyZones[zone.toUpperCase()] : undefined;
  return `expected UTC or an Area/City that knows its own summer time, such as ${likely ?? 'Europe/Berlin'}`;
}

export const timesPattern = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Minutes from midnight of `09:00-17:30`, whose form is checked already. */
export function parseTimes(text: string): { start: number; end: number } {
  const [start = 0, end = 0] = text.split('-').map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return hours * 60 + minutes;
  });
  return { start, end };
}

/** Whether the calendar has this `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}

const timestampPattern =
  /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Milliseconds of an RFC 3339 timestamp with its offset; null where it is none, or on a day that no calendar has. */
export function parseTimestamp(text: string): number | null {
  if (!timestampPattern.test(text) || !isDate(text.slice(0, 10))) return null;
  const at = Date.parse(text.toUpperCase());
  return Number.isFinite(at) ? at : null;
}
