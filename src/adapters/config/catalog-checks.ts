import { isRecord, type KeyPath, type Problem, valueAt } from './catalog-text.ts';
import { didYouMean } from './nearest.ts';
import { either, show } from './problems.ts';

/** Names of the checks and of each one's thresholds, so that a misspelt one is refused. */
export interface KnownChecks {
  readonly [check: string]: readonly string[] | undefined;
}

/** Checks and limits that the file names and that do not exist: an entry that names one would never match. */
export function unknownChecks(data: unknown, checks: KnownChecks): Problem[] {
  const services = pathsOf(data, ['services']);
  const limits = [['checks'], ...services.map((service) => [...service, 'checks'])];
  const issues = services.flatMap((service) => pathsOf(data, [...service, 'knownIssues']));
  const entries = [
    ...issues,
    ...['accepted', 'silences', 'maintenance'].flatMap((list) => pathsOf(data, [list])),
  ];
  return [
    ...limits.flatMap((place) => unknownLimits(data, place, checks)),
    ...entries.flatMap((entry) => unknownNames(data, [...entry, 'check'], checks)),
  ];
}

/** The entries of a list. */
export function pathsOf(data: unknown, list: KeyPath): KeyPath[] {
  const entries = valueAt(data, list);
  return Array.isArray(entries) ? entries.map((_, index) => [...list, index]) : [];
}

function unknownNames(data: unknown, path: KeyPath, checks: KnownChecks): Problem[] {
  const given = valueAt(data, path);
  const places = Array.isArray(given) ? pathsOf(data, path) : [path];
  return places.flatMap((place) => {
    const id = valueAt(data, place);
    // What is no text is refused for that; a pattern may match what there will be.
    if (typeof id !== 'string' || /[*?]/.test(id) || Object.hasOwn(checks, id)) return [];
    const meant = didYouMean(id, Object.keys(checks));
    return [{ path: place, text: `${noSuchCheck}, got ${show(id)}${meant}` }];
  });
}

const noSuchCheck = 'there is no such check; `kube-vigil checks` lists them';

function unknownLimits(data: unknown, place: KeyPath, checks: KnownChecks): Problem[] {
  const given = valueAt(data, place);
  if (!isRecord(given)) return [];
  return Object.keys(given).flatMap((id) => {
    const path = [...place, id];
    const thresholds = Object.hasOwn(checks, id) ? checks[id] : undefined;
    if (thresholds === undefined)
      return [{ path, text: `${noSuchCheck}${didYouMean(id, Object.keys(checks))}` }];
    const written = given[id];
    return Object.keys(isRecord(written) ? written : {})
      .filter((threshold) => !thresholds.includes(threshold))
      .map((threshold) => ({
        path: [...path, threshold],
        text: `unknown limit; this check has ${either(thresholds) || 'none'}`,
      }));
  });
}
