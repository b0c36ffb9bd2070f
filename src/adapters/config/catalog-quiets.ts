import * as z from 'zod';
import type { Quiet } from '../../core/model/catalog.ts';
import { hoursSchema, list, moment, name, text } from './catalog-parts.ts';

const oneOrMore = (what: string) => {
  const value = text(`expected ${what}, or a list of them`).max(253);
  return z.union([value, list(value, `expected ${what}, or a list of them`).min(1)]).optional();
};
/** What an entry may match by: every key that is given, one of its values. */
const matchers = {
  check: oneOrMore('the id of a check, such as crash-loop'),
  service: oneOrMore('a service, such as shop'),
  namespace: oneOrMore('a namespace, such as shop'),
  kind: oneOrMore('a kind, such as Deployment'),
  name: oneOrMore('a name, with * and ? for any text and any character').describe(
    'Name of the object or its workload; * stands for any text, ? for any character.',
  ),
  node: oneOrMore('the name of a node'),
};
const keys = Object.keys(matchers) as (keyof typeof matchers)[];

const head = {
  ...matchers,
  reason: text('expected a sentence that says why it is quiet').max(300),
  by: name.optional().describe('Who answers for it.'),
};
const expectedKey = `expected at least one of ${keys.join(', ')} that does not match everything`;

/** An entry that matches everything would silence the cluster. */
function isNarrow(entry: { readonly [key: string]: unknown }): boolean {
  return keys.some((key) => {
    const values = [entry[key] ?? []].flat();
    return (
      values.length > 0 && values.every((value) => typeof value === 'string' && /[^*?]/.test(value))
    );
  });
}

export const silenceSchema = z
  .strictObject(
    {
      ...head,
      until: moment.describe(
        'RFC 3339 with an offset, at most 30 days ahead; from then on it counts again.',
      ),
    },
    'expected a map with reason, until and what it matches',
  )
  .refine(isNarrow, { error: expectedKey, path: [] });

const { zone, days, times, holidays } = hoursSchema.shape;
export const maintenanceSchema = z
  .strictObject(
    {
      ...head,
      from: moment.optional().describe('RFC 3339; the first moment of the work.'),
      until: moment.optional().describe('RFC 3339; the first moment after it.'),
      zone: zone.optional(),
      days: days.optional(),
      times: times.optional(),
      holidays,
    },
    'expected a map with reason, when it is, and what it matches',
  )
  .refine(isNarrow, { error: expectedKey, path: [] })
  .refine(
    ({ from, until }) =>
      from === undefined || until === undefined || Date.parse(from) < Date.parse(until),
    { error: 'expected from before until', path: [] },
  )
  .refine(
    (entry) =>
      (entry.from !== undefined && entry.until !== undefined) ||
      (entry.zone !== undefined && entry.days !== undefined && entry.times !== undefined),
    { error: 'expected from and until, or zone, days and times', path: [] },
  );

type Written = z.output<typeof silenceSchema> | z.output<typeof maintenanceSchema>;

export function toQuiet(kind: Quiet['kind'], written: Written): Quiet {
  const { reason, by = null, until = null } = written;
  const match = keys.flatMap((key): [string, readonly string[]][] => {
    const value = written[key];
    return value === undefined ? [] : [[key, [value].flat()]];
  });
  const from = 'from' in written ? (written.from ?? null) : null;
  return {
    kind,
    reason,
    by,
    match: Object.fromEntries(match),
    from,
    until,
    hours: hoursOf(written),
  };
}

function hoursOf(written: Written): Quiet['hours'] {
  if (!('zone' in written)) return null;
  const { zone: place, days: on, times: at, holidays: off = [] } = written;
  if (place === undefined || on === undefined || at === undefined) return null;
  return { zone: place, days: on, times: at, holidays: off };
}
