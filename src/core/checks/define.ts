import type { Role, Symptom } from '../model/finding.ts';
import type { Objects, Subject } from '../objects/kinds.ts';
import type { Topology } from '../objects/topology.ts';

export interface CheckMeta {
  /** kebab-case, the file's name. */
  readonly id: string;
  readonly title: string;
  /** What it means for those who depend on it, one or two sentences. */
  readonly why: string;
  readonly likelyCauses: readonly string[];
  /** Pasteable, most useful first; `{namespace}`, `{name}`, `{kind}`, `{container}`, `{node}`, `{image}`, `{workload}` (`deployment/api`), `{resource}` (`certificates.cert-manager.io`) are filled in and shell-quoted. Read-only unless they say `# changes the cluster`. */
  readonly commands: readonly string[];
  /** Grace times in seconds and counts, by name; the catalog may override each. The source of each number stands beside it. */
  readonly defaults: { readonly [threshold: string]: number };
  readonly docs: string;
  /** Rows of the taxonomy of failure conditions (docs/conditions.md) that it finds, each with the reasons it gives them. */
  readonly finds: { readonly [row: number]: readonly string[] };
  /** What its findings are to others on the same workload; `reason`: one canonical word where the check gives several. Absent: `other`. */
  readonly cause?: { readonly role: Role; readonly reason?: string };
}

export interface CheckContext<T extends string = string> {
  /** The snapshot's time in ms. */
  readonly now: number;
  readonly thresholds: { readonly [name in T]: number };
  readonly topology: Topology;
}

/** A pure rule over a snapshot. */
export interface Check<N extends Subject = Subject, H extends Subject = Subject> {
  readonly meta: CheckMeta;
  /** Without these it cannot judge: where one is a gap it says nothing, per kind and namespace. */
  readonly needs: readonly N[];
  /** These only refine the cause; empty where they were not read (ask `topology.read`). */
  readonly helps: readonly H[];
  readonly judge: (
    objects: { readonly [K in N | H]: Objects[K] },
    context: CheckContext,
  ) => Iterable<Symptom>;
}

/** A check whose objects and thresholds are typed by what it declares. */
export function defineCheck<
  const N extends Subject,
  const M extends CheckMeta,
  const H extends Subject = never,
>(check: {
  readonly meta: M;
  readonly needs: readonly N[];
  readonly helps: readonly H[];
  readonly judge: (
    objects: { readonly [K in N | H]: Objects[K] },
    context: CheckContext<keyof M['defaults'] & string>,
  ) => Iterable<Symptom>;
}): Check {
  return check as unknown as Check;
}
