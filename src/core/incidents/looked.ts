import type { Finding } from '../model/finding.ts';
import type { Certainty } from '../model/incident.ts';
import type { Topology } from '../objects/topology.ts';

/** Kinds that may hold the cause of a trouble, as people call them. */
const helpers = [['Event', 'events']] as const;
/** Where the trouble is with pods. */
const podHelpers = [
  ...helpers,
  ['Node', 'nodes'],
  ['PersistentVolumeClaim', 'volume claims'],
] as const;

/** Where the cause is unknown: what was looked at for it, and what was not. Null where it is known. */
export function lookedAt(
  cause: Certainty,
  findings: readonly Finding[],
  topology: Topology,
): string | null {
  if (cause !== 'unknown') return null;
  const [first] = findings;
  const namespace = first?.object.namespace ?? null;
  const ofPods = findings.some(isOfPods);
  const asked = ofPods ? podHelpers : helpers;
  const read = asked.filter(([kind]) => topology.read(kind, namespace)).map(([, words]) => words);
  const unread = asked.filter(([, words]) => !read.includes(words)).map(([, words]) => words);
  const logs = findings.some(({ evidence }) => evidence.some(({ source }) => source === 'log'));
  const seen = ['object states', ...read, ...(logs ? ['last log lines'] : [])];
  const missing = [...unread, ...(ofPods && !logs ? ['container logs'] : [])];
  const rest = missing.length === 0 ? 'none of them says why' : `not read: ${missing.join(', ')}`;
  return `looked at ${seen.join(', ')}; ${rest}`;
}

/** About a pod, or what runs some: only these have a node, claims and logs. */
function isOfPods({ object, standing }: Finding): boolean {
  return object.kind === 'Pod' || object.kind === 'Job' || standing !== undefined;
}
