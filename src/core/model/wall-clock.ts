export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

/** What the clocks of a zone show at `at` (ms), as if they showed UTC: ms on a whole minute. */
export type WallClock = (at: number) => number;

/** Undefined where the runtime knows no such zone. */
export function wallClockOf(zone: string): WallClock | undefined {
  if (zone === 'UTC') return (at) => Math.floor(at / minuteMs) * minuteMs;
  const clock = formatOf(zone);
  if (clock === undefined) return undefined;
  return (at) => {
    const parts: { [type: string]: number } = {};
    for (const { type, value } of clock.formatToParts(at)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute);
  };
}

/** The first moment at which the clocks show `wall`; undefined where they skip it (in spring). */
export function momentOf(wall: number, clock: WallClock): number | undefined {
  const before = wall - dayMs;
  const after = wall + dayMs;
  const moments = [clock(before) - before, clock(after) - after].map((offset) => wall - offset);
  return moments.sort((a, b) => a - b).find((moment) => clock(moment) === wall);
}

/** One per zone: building it is thirty times dearer than asking it. */
const formats = new Map<string, Intl.DateTimeFormat | undefined>();
/** Zones are written by whoever can deploy. */
const mostFormats = 500;

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (formats.has(zone)) return formats.get(zone);
  const made = makeFormat(zone);
  if (formats.size < mostFormats) formats.set(zone, made);
  return made;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  } catch {
    return undefined;
  }
}
