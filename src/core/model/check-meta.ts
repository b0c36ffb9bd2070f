import type { Role } from './finding.ts';

/** A command of a check; `for`: where it helps with these of its reasons alone. */
export type Command = string | { readonly for: readonly string[]; readonly run: string };

/** What a check says of itself. */
export interface CheckMeta {
  /** kebab-case, the file's name. */
  readonly id: string;
  readonly title: string;
  /** What it means for those who depend on it, one or two sentences. */
  readonly why: string;
  readonly likelyCauses: readonly string[];
  /** Pasteable, most useful first; `{namespace}`, `{name}`, `{kind}`, `{container}`, `{node}`, `{image}`, `{workload}` (`deployment/api`), `{missing}` (`secret/db`), `{resource}` (`certificates.cert-manager.io`) are filled in and shell-quoted. Read-only unless they say `# changes the cluster`. */
  readonly commands: readonly Command[];
  /** Grace times in seconds and counts, by name; the catalog may override each. The source of each number stands beside it. */
  readonly defaults: { readonly [threshold: string]: number };
  readonly docs: string;
  /** Rows of the taxonomy of failure conditions (docs/conditions.md) that it finds, each with the reasons it gives them. */
  readonly finds: { readonly [row: number]: readonly string[] };
  /** What its findings are to others on the same workload; `reason`: one canonical word where the check gives several. Absent: `other`. */
  readonly cause?: { readonly role: Role; readonly reason?: string };
}
