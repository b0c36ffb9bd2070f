import type { Quiet } from '../model/catalog.ts';
import type { CatalogEntry } from '../model/catalog-entry.ts';
import type { Checked } from '../model/finding.ts';
import { isOpen } from '../model/hours.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { parseTime } from '../model/time.ts';
import { matchesGlob } from './glob.ts';

/** A symptom as silences and maintenance windows see it. */
export interface Quietable extends Pick<Checked, 'check' | 'object' | 'proof'> {
  readonly workload: ObjectRef;
  readonly service: string | null;
}

/** The first silence or maintenance window that is in force at `now` (ms) and matches; null: the finding counts. */
export function quietFor(
  quiets: readonly Quiet[],
  finding: Quietable,
  now: number,
): { readonly by: Quiet['kind']; readonly note: string } | null {
  const found = quiets.find(
    (quiet) => standingOf(quiet, now) === 'in force' && matches(quiet, finding),
  );
  if (found === undefined) return null;
  return { by: found.kind, note: noteOf(found) };
}

/** What it is, whose, and why. */
export function noteOf({ kind, by, reason }: Quiet): string {
  return `${kind}${by === null ? '' : ` (${by})`}: ${reason}`;
}

/** In force from `from` on, until just before `until`; a recurring one while its hours are open. */
export function standingOf({ from, until, hours }: Quiet, now: number): CatalogEntry['standing'] {
  if (isOver(until, now)) return 'expired';
  if (from !== null && now < (parseTime(from) ?? Number.POSITIVE_INFINITY)) return 'not yet';
  return hours === null || isOpen(hours, now) ? 'in force' : 'closed';
}

/** Whether it has ended for good. */
export function isOver(until: string | null, now: number): boolean {
  return until !== null && now >= (parseTime(until) ?? 0);
}

/** Every key that is given must match; of the values of a key, one. */
function matches({ match }: Quiet, finding: Quietable): boolean {
  const { object, workload, proof } = finding;
  const among = (wanted: readonly string[] | undefined, value: string | null | undefined) =>
    wanted === undefined || (value != null && wanted.some((glob) => matchesGlob(glob, value)));
  const node = object.kind === 'Node' ? object.name : proof.node;
  return (
    among(match.check, finding.check) &&
    among(match.service, finding.service) &&
    among(match.namespace, object.namespace) &&
    among(match.node, node) &&
    [object, workload].some(({ kind, name }) => among(match.kind, kind) && among(match.name, name))
  );
}
