import type { Severity } from './decision.ts';
import type { Priority } from './priority.ts';

/** A finding that matches every given key is taken out before severity is computed. At least one key beside `note`. */
export interface KnownIssue {
  readonly note: string;
  readonly check?: string | undefined;
  readonly reason?: string | undefined;
  readonly kind?: string | undefined;
  /** Glob (`*`, `?`), anchored at both ends. */
  readonly name?: string | undefined;
  /** RFC 3339; from then on it no longer matches. */
  readonly until?: string | undefined;
  /** Known only while the finding is younger than this (a slow start). */
  readonly forSeconds?: number | undefined;
  /** Where it stands in the file; absent: it is from no file. */
  readonly line?: number | undefined;
}

/** Grace times and limits per check, over the check's own defaults: `{"readiness-failing": {"graceSeconds": 600}}`. */
export interface CheckLimits {
  readonly [check: string]: { readonly [threshold: string]: number | undefined } | undefined;
}

/** A finding that was there when the baseline was taken, and that somebody answers for: known until it expires. */
export interface AcceptedFinding {
  readonly check: string;
  /** The canonical reason. */
  readonly reason: string;
  /** The workload, or the object itself where it has none. */
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  /** null: nobody has filled it in. */
  readonly owner: string | null;
  readonly why: string | null;
  /** RFC 3339; from then on it no longer matches. */
  readonly until: string | null;
}

/** A silence or a maintenance window: takes out the findings that match every key it has. */
export interface Quiet {
  readonly kind: 'silence' | 'maintenance';
  readonly reason: string;
  /** Who answers for it; null: nobody is named. */
  readonly by: string | null;
  readonly match: {
    readonly check?: readonly string[] | undefined;
    readonly service?: readonly string[] | undefined;
    readonly namespace?: readonly string[] | undefined;
    readonly kind?: readonly string[] | undefined;
    /** Globs (`*`, `?`), anchored at both ends. */
    readonly name?: readonly string[] | undefined;
    readonly node?: readonly string[] | undefined;
  };
  /** RFC 3339; in force from `from` (null: always has been) until just before `until` (null: `hours` says when). */
  readonly from: string | null;
  readonly until: string | null;
  /** Recurring: in force while these are open. */
  readonly hours: BusinessHours | null;
  /** Where it stands in the file; absent: it is from no file. */
  readonly line?: number | undefined;
}

/** One service of the user's file, durations in seconds. */
export interface Service {
  readonly name: string;
  readonly priority: Priority;
  /** Empty: any namespace. */
  readonly namespaces: readonly string[];
  /** Labels that the workload or pod must carry, all of them. Empty: any. */
  readonly selector: { readonly [label: string]: string | undefined };
  /** null: may be down for ever. */
  readonly maxDowntimeSeconds: number | null;
  readonly knownIssues: readonly KnownIssue[];
  /** Where its alerts go; absent: by severity, else the default. */
  readonly channel?: string | undefined;
  /** Over the catalog's, for this service. */
  readonly checks?: CheckLimits | undefined;
}

/** When SEV-3 may be told. */
export interface BusinessHours {
  /** `UTC` or an IANA `Area/City`. */
  readonly zone: string;
  readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
  /** Minutes from local midnight; `end` is exclusive, and at or before `start` it lies on the next day. */
  readonly times: readonly { readonly start: number; readonly end: number }[];
  /** Local dates, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
}

/** The user's file, checked and with every default filled in. */
export interface Catalog {
  readonly services: readonly Service[];
  /** For what no service and no `kube-vigil/priority` label or annotation names. */
  readonly defaultPriority: Priority;
  /** null: always. */
  readonly hours: BusinessHours | null;
  /** A full alert again after this long (3 h). */
  readonly repeatSeconds: number;
  /** Written in front of a SEV-1 alert, such as `<!here>` or `<@U0123ABCD>`; null: nobody is mentioned. */
  readonly mention: string | null;
  /** Where alerts of a severity go; absent: the default channel. */
  readonly channels: { readonly [severity in Severity]?: string | undefined };
  /** Slack ids of those who may silence an alert by a word or 🔕. */
  readonly ackUsers: readonly string[];
  readonly quiets: readonly Quiet[];
  readonly checks: CheckLimits;
  readonly accepted: readonly AcceptedFinding[];
  /** What of the file is allowed and likely not meant, a sentence with its line each; absent: nothing. */
  readonly remarks?: readonly string[] | undefined;
}

/** Seconds a service of each priority may be down where the catalog says nothing: P0 0, P1 5 min, P2 15 min, P3 for ever. */
export const maxDowntimeByPriority: { readonly [priority in Priority]: number | null } = {
  P0: 0,
  P1: 300,
  P2: 900,
  P3: null,
};

/** What holds without a catalog. */
export const defaultCatalog: Catalog = {
  services: [],
  defaultPriority: 'P2',
  hours: null,
  repeatSeconds: 3 * 60 * 60,
  mention: null,
  channels: {},
  ackUsers: [],
  quiets: [],
  checks: {},
  accepted: [],
};
