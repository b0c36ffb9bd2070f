import type { Quiet } from '../model/catalog.ts';
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
  const found = quiets.find((quiet) => isInForce(quiet, now) && matches(quiet, finding));
  if (found === undefined) return null;
  const owner = found.by === null ? '' : ` (${found.by})`;
  return { by: found.kind, note: `${found.kind}${owner}: ${found.reason}` };
}

/** From `from` on, until just before `until`; a recurring one while its hours are open. */
function isInForce({ from, until, hours }: Quiet, now: number): boolean {
  if (from !== null && now < (parseTime(from) ?? Number.POSITIVE_INFINITY)) return false;
  if (until !== null && now >= (parseTime(until) ?? 0)) return false;
  return hours === null || isOpen(hours, now);
}

/** Those that are over for good. */
export function expiredOf(quiets: readonly Quiet[], now: number): readonly Quiet[] {
  return quiets.filter(({ until }) => until !== null && now >= (parseTime(until) ?? 0));
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
