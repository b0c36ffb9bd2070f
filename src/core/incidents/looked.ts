import type { Finding } from '../model/finding.ts';
import type { Certainty } from '../model/incident.ts';
import type { Topology } from '../objects/topology.ts';

const events = ['Event', 'events'] as const;
const nodes = ['Node', 'nodes'] as const;
const claims = ['PersistentVolumeClaim', 'volume claims'] as const;

/** Deaths by an exit code: that a container dies is certain, and nothing but its own words says why. */
const deaths = ['crash-loop', 'container-exited', 'init-failing', 'high-restarts', 'job-failed'];

/** Where nobody says why: what was looked at for it, and what was not. Null where that is known. */
export function lookedAt(
  cause: Certainty,
  findings: readonly Finding[],
  topology: Topology,
): string | null {
  const [lead] = findings;
  if (lead === undefined || !(cause === 'unknown' || (cause === 'proven' && isBareDeath(lead))))
    return null;
  const { kinds, logs: speaks } = helpersOf(lead, findings);
  const { namespace } = lead.object;
  const read = kinds.filter(([kind]) => topology.read(kind, namespace)).map(([, words]) => words);
  const unread = kinds.map(([, words]) => words).filter((words) => !read.includes(words));
  const logs = findings.some(({ evidence }) => evidence.some(({ source }) => source === 'log'));
  const seen = ['object states', ...read, ...(logs ? ['last log lines'] : [])];
  const missing = [...unread, ...(speaks && !logs ? ['container logs'] : [])];
  return `looked at ${seen.join(', ')}; ${restOf(lead, missing)}`;
}

function isBareDeath({ check, proof }: Finding): boolean {
  return deaths.includes(check) && (proof.exitCode ?? 0) !== 0 && proof.missing === undefined;
}

function restOf({ proof }: Finding, missing: readonly string[]): string {
  if (proof.lastWords !== undefined) return 'only its last words may say why';
  return missing.length === 0 ? 'none of them says why' : `not read: ${missing.join(', ')}`;
}

/** Kinds that may hold the cause, as people call them, and whether a log may: a container that runs has its volumes, and a pod that was never made has none. */
function helpersOf(
  { object, standing, proof }: Finding,
  findings: readonly Finding[],
): { readonly kinds: readonly (typeof events | typeof nodes | typeof claims)[]; logs: boolean } {
  const ofPods = findings.some((each) => each.standing !== undefined || isPodOrJob(each));
  if (!ofPods) return { kinds: [events], logs: false };
  const ran = proof.container !== undefined || object.kind === 'Job';
  const isWhole = standing !== undefined && object.kind !== 'Pod';
  return { kinds: ran ? [events, nodes] : [events, nodes, claims], logs: ran || isWhole };
}

function isPodOrJob({ object }: Finding): boolean {
  return object.kind === 'Pod' || object.kind === 'Job';
}
