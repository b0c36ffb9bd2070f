import type { BusinessHours, Catalog } from '../../core/model/catalog.ts';
import { skippedWindows } from '../../core/model/hours.ts';
import { dayMs } from '../../core/model/wall-clock.ts';
import { kindNames } from '../../core/objects/kinds.ts';
import { pathsOf } from './catalog-checks.ts';
import { type KeyPath, type Problem, valueAt } from './catalog-text.ts';
import { didYouMean, nearest } from './nearest.ts';
import { show } from './problems.ts';
import { parseTimestamp } from './times.ts';

/** How far ahead an entry may end: a silence that nobody has to look at again is forgotten. Days. */
const longest = { silence: 30, knownIssue: 180 };

/** Silences and known issues that end too far ahead of `now` (ms). What is within the bound stays within it. */
export function tooLong(data: unknown, now: number): Problem[] {
  const silences = pathsOf(data, ['silences']).flatMap((entry) =>
    endsLate(data, entry, now, longest.silence, () => {
      return `expected an end at most ${longest.silence} days ahead; move it when it comes near, or make it a known issue of a service (at most ${longest.knownIssue} days) or, for planned work, a maintenance window`;
    }),
  );
  const issues = issuesOf(data).flatMap((entry) =>
    endsLate(data, entry, now, longest.knownIssue, () => {
      return `expected an end at most ${longest.knownIssue} days ahead; move it when it comes near, or leave \`until\` out of what stays so`;
    }),
  );
  return [...silences, ...issues];
}

function endsLate(
  data: unknown,
  entry: KeyPath,
  now: number,
  days: number,
  advice: () => string,
): Problem[] {
  const path = [...entry, 'until'];
  const until = valueAt(data, path);
  const at = typeof until === 'string' ? parseTimestamp(until) : null;
  if (at === null || at <= now + days * dayMs) return [];
  return [{ path, text: `${advice()}, got ${show(until)}` }];
}

function issuesOf(data: unknown): KeyPath[] {
  return pathsOf(data, ['services']).flatMap((service) =>
    pathsOf(data, [...service, 'knownIssues']),
  );
}

/** What is allowed and likely not meant: names that nothing has, windows that a clock change skips. */
export function remarksOf(data: unknown, catalog: Catalog, now?: number): Problem[] {
  const quiets = ['silences', 'maintenance'].flatMap((list) => pathsOf(data, [list]));
  const services = catalog.services.map(({ name }) => name);
  const names = [
    ...quiets.flatMap((entry) => valuesOf(data, [...entry, 'service'], strangeService(services))),
    ...[...quiets, ...issuesOf(data)].flatMap((entry) =>
      valuesOf(data, [...entry, 'kind'], strangeKind),
    ),
  ];
  return now === undefined ? names : [...names, ...skipped(data, catalog, now)];
}

/** A remark on each value of a key that is one text or a list of them; one with * or ? may match what there will be. */
function valuesOf(data: unknown, path: KeyPath, say: (value: string) => string | null): Problem[] {
  const places = Array.isArray(valueAt(data, path)) ? pathsOf(data, path) : [path];
  return places.flatMap((place) => {
    const value = valueAt(data, place);
    const text = typeof value === 'string' && !/[*?]/.test(value) ? say(value) : null;
    return text === null ? [] : [{ path: place, text }];
  });
}

/** What no service owns is a service of its workload's name, so this is no error. */
function strangeService(services: readonly string[]): (name: string) => string | null {
  return (name) =>
    services.includes(name)
      ? null
      : `no service of the catalog is called ${show(name)}, so only a workload of that name matches${didYouMean(name, services) || '; give the name of a service, or use `name` for a workload'}`;
}

/** Any custom resource may have any kind; one that is nearly a known one is likely misspelt. */
function strangeKind(kind: string): string | null {
  const meant = (kindNames as readonly string[]).includes(kind)
    ? undefined
    : nearest(kind, kindNames);
  return meant === undefined
    ? null
    : `no known kind is ${show(kind)}; did you mean ${meant}? Kinds are matched to the letter`;
}

function skipped(data: unknown, { hours, quiets }: Catalog, now: number): Problem[] {
  const recurring = pathsOf(data, ['maintenance']).map((path, index) => ({
    path,
    hours: quiets.filter(({ kind }) => kind === 'maintenance')[index]?.hours ?? null,
  }));
  return [{ path: ['businessHours'], hours }, ...recurring].flatMap(({ path, hours: given }) =>
    given === null ? [] : skippedOf(path, given, now),
  );
}

function skippedOf(path: KeyPath, hours: BusinessHours, now: number): Problem[] {
  return skippedWindows(hours, now).map(({ index, date }) => ({
    path: [...path, 'times', index],
    text: `never opens on ${date}: the clocks of ${hours.zone} skip all of it; let it begin earlier or end later`,
  }));
}
