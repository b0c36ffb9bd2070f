import type { CheckLimits } from '../model/catalog.ts';
import type { Cause, Checked, Symptom } from '../model/finding.ts';
import type { Gap, ObjectRef } from '../model/snapshot.ts';
import { cut } from '../model/text.ts';
import { isKind, kinds, type Objects, type Subject } from '../objects/kinds.ts';
import type { Topology } from '../objects/topology.ts';
import type { Check } from './define.ts';
import { unreadableAmong } from './unreadable.ts';

export interface CheckRun {
  /** In the registry's order; the id is stamped here, so that a check cannot mislabel itself. */
  readonly symptoms: readonly Checked[];
  /** Checks that threw, and objects that cannot be read: their silence means nothing. */
  readonly gaps: readonly Gap[];
}

/** What checks are run with. */
export interface RunContext {
  readonly now: number;
  readonly topology: Topology;
  /** Over the checks' own defaults. */
  readonly limits: CheckLimits;
  /** Over `limits`, for what belongs to a service: its own limits by its name, and whose an object is. */
  readonly services?: {
    readonly limits: ReadonlyMap<string, CheckLimits>;
    readonly nameOf: (object: ObjectRef) => string | null;
  };
}

/** Runs every check on what it may see. One that throws becomes a gap and stops no other. */
export function runChecks(
  checks: readonly Check[],
  objects: Objects,
  gaps: readonly Gap[],
  context: RunContext,
): CheckRun {
  const symptoms: Checked[] = [];
  const going = namespacesGoing(objects);
  const unreadable = unreadableAmong(objects);
  const failed: Gap[] = [];
  const visibleTo = visibleAmong(objects, gaps);
  for (const [rank, check] of checks.entries()) {
    const { id } = check.meta;
    const visible = visibleTo(check);
    if (visible === undefined) continue;
    try {
      for (const symptom of patiently(check, visible, context))
        if (!going.has(symptom.object.namespace) && !unreadable.has(symptom.object))
          symptoms.push({
            ...symptom,
            ...shortened(symptom),
            check: id,
            cause: causeOf(check, symptom, rank),
          });
    } catch (error) {
      const detail = `The check ${id} failed and judged nothing: ${error instanceof Error ? error.message : String(error)}`;
      failed.push({ kind: `check/${id}`, namespace: null, reason: 'check-failed', detail });
    }
  }
  return { symptoms, gaps: [...unreadable.gaps, ...failed] };
}

/** What a check says with everybody's limits, and of a service with limits of its own what it says with those. */
function* patiently(check: Check, objects: Objects, context: RunContext): Iterable<Symptom> {
  const { now, topology, services } = context;
  const { id, defaults } = check.meta;
  const judge = (own: CheckLimits[string]) => {
    const thresholds = { ...defaults, ...context.limits[id], ...own };
    return check.judge(objects, { now, topology, thresholds: thresholds as typeof defaults });
  };
  const special = [...(services?.limits ?? [])].filter(([, limits]) => limits[id] !== undefined);
  const isSpecial = (name: string | null) => special.some(([service]) => service === name);
  for (const symptom of judge(undefined))
    if (special.length === 0 || !isSpecial(services?.nameOf(symptom.object) ?? null)) yield symptom;
  for (const [service, limits] of special)
    for (const symptom of judge(limits[id]))
      if (services?.nameOf(symptom.object) === service) yield symptom;
}

/** The registry is ordered by strength. */
function causeOf({ meta }: Check, { reason }: Symptom, rank: number): Cause {
  const { role = 'other', reason: canonical = reason } = meta.cause ?? {};
  return { role, reason: canonical, rank };
}

/** What is deleted with its namespace: whatever it lacks there is no news. */
function namespacesGoing({ Namespace }: Objects): ReadonlySet<string | null> {
  const going = Namespace.filter(({ status }) => status?.phase === 'Terminating');
  return new Set(going.map(({ metadata }) => metadata?.name ?? null));
}

/** Names and messages come from the cluster and may be of any length. */
function shortened({ evidence, message }: Symptom): Pick<Symptom, 'message' | 'evidence'> {
  return {
    message: sentence(message),
    evidence: evidence.map((each) => ({ ...each, text: cut(each.text, 300) })),
  };
}

/** One line, whatever a controller wrote into its words. */
function sentence(message: string): string {
  return cut(cut(message, 2000).replaceAll(/\s+/g, ' ').trim(), 300);
}

/** What a check may judge: nothing where a kind it needs is a gap, else without the namespaces in which one is. */
function visibleAmong(
  objects: Objects,
  gaps: readonly Gap[],
): (check: Check) => Objects | undefined {
  // The same array for the same namespaces: checks share what they index.
  const made = new Map<string, readonly unknown[]>();
  const without = (kind: Subject, hidden: ReadonlySet<string | null>): readonly unknown[] => {
    if (isKind(kind) && !kinds[kind].namespaced) return objects[kind];
    const key = JSON.stringify([kind, ...hidden]);
    const left =
      made.get(key) ??
      objects[kind].filter((each) => !hidden.has(each.metadata?.namespace ?? null));
    made.set(key, left);
    return left;
  };
  return ({ needs }) => {
    const needed = gaps.filter((gap) => (needs as readonly string[]).includes(gap.kind));
    if (needed.some((gap) => gap.namespace === null)) return undefined;
    const hidden = new Set(needed.map((gap) => gap.namespace));
    if (hidden.size === 0) return objects;
    const narrowed = needs.map((kind) => [kind, without(kind, hidden)]);
    return { ...objects, ...Object.fromEntries(narrowed) } as Objects;
  };
}
