import type { Priority } from './priority.ts';
import { keyOf, type ObjectRef } from './snapshot.ts';

/** How much is lost, loudest first. A check gives an impact; only the escalation stage knows severities. */
export const impacts = ['outage', 'degraded', 'at-risk', 'info'] as const;
export type Impact = (typeof impacts)[number];

/** What a finding stands on: a field's path and value, an event's reason and message, or a log line. */
export interface Evidence {
  readonly source: 'field' | 'event' | 'log';
  /** `status.containerStatuses[api].state.waiting.reason`; the event's reason; the container's name. */
  readonly at: string;
  readonly text: string;
}

/** A named object (or a key in it) that is referred to and does not exist. */
export interface MissingRef {
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly key?: string | undefined;
}

/** The line of a log that says most, at most 300 characters; `reason`: what it likely died of (`DependencyConnectionRefused`). */
export interface LastWords {
  readonly line: string;
  readonly reason?: string | undefined;
  /** They speak of a host that is no Service of this cluster. */
  readonly elsewhere?: true | undefined;
}

/** Typed facts that grouping, commands and correlation stand on; never parsed back out of a message. */
export interface Proof {
  /** `field`: typed fields say it (confidence 95). `message`: a message text had to be read (70). */
  readonly decidedBy: 'field' | 'message';
  /** Whether `since` is the object's own transition time, not an upper or lower bound. */
  readonly sinceExact: boolean;
  readonly container?: string | undefined;
  readonly image?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly missing?: MissingRef | undefined;
  /** The node the failing pod is bound to, or that itself fails. */
  readonly node?: string | undefined;
  /** `pod-template-hash` or `controller-revision-hash` of the failing pod. */
  readonly templateHash?: string | undefined;
  /** The scheduler's clause that decides, as it wrote it. */
  readonly clause?: string | undefined;
  /** Claims that the failing pod waits for. */
  readonly claims?: readonly string[] | undefined;
  readonly port?: string | undefined;
  /** Objects that this one stands on by reference (a GitRepository, an Issuer, an APIService, a Service): where one has a finding of its own, this is that one's symptom. */
  readonly dependsOn?: readonly ObjectRef[] | undefined;
  /** What stands in its way by the API's own word (a quota, a webhook), whether or not it has a finding: the root over all whom it blocks. */
  readonly blockedBy?: (ObjectRef & { readonly reason: string }) | undefined;
  /** What the container wrote last: the line that says most, and the likely cause it names, where it names one. */
  readonly lastWords?: LastWords | undefined;
  /** Objects that this one should make (the Secret of a Certificate or an ExternalSecret): where one is missed, that is this one's symptom. */
  readonly makes?: readonly ObjectRef[] | undefined;
  /** How `kubectl` names the object's resource where its kind is not enough: `certificates.cert-manager.io`. */
  readonly resource?: string | undefined;
  /** No timestamp says how long it has been so: told only when a later look sees it again. */
  readonly unconfirmed?: boolean | undefined;
  /** It only says that it fails, by a bare word or a condition without a reason: nothing here says why. */
  readonly saysNoWhy?: boolean | undefined;
  /** A typed field says why, though stronger causes of its workload go before it: the node's word for a pod that it rejects, a gate that nobody opens. */
  readonly saysWhy?: boolean | undefined;
  /** Near a limit now: at risk, and soon an outage. */
  readonly imminent?: boolean | undefined;
}

/** How many pods should serve, and how many do. */
export interface Standing {
  readonly desired: number;
  readonly ready: number;
}

/** What is lost where so many serve: nothing while all do, though something is wrong. */
export function impactOfStanding({ desired, ready }: Standing): Impact {
  if (ready >= desired) return 'at-risk';
  return ready === 0 ? 'outage' : 'degraded';
}

/** What a check yields; the runner stamps the check's id, so that a check cannot mislabel itself. */
export interface Symptom {
  readonly object: ObjectRef;
  /** Our sub-cause in CamelCase (`ImageNotFound`), or Kubernetes' own reason where there is no finer one. */
  readonly reason: string;
  readonly impact: Impact;
  /** RFC 3339, from the object itself; null where the object says none. */
  readonly since: string | null;
  /** Names the cause and the thing in one sentence, at most 300 characters; Kubernetes' own reason stays in it. */
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly proof: Proof;
}

/**
 * What a check's finding is to the others on its workload.
 * root: stands above workloads (a node, a claim, a quota) and draws in what hangs on it.
 * cause: explains the symptoms of its workload, and weaker causes of the same container.
 * alone: explains the symptoms of its workload; no other cause explains it.
 * symptom: joins the strongest cause of its workload, where there is one.
 * other: neither explains nor is explained.
 */
export type Role = 'root' | 'cause' | 'alone' | 'symptom' | 'other';

/** What a finding is to the others; stamped by the runner from the check and its place in the registry. */
export interface Cause {
  readonly role: Role;
  /** The canonical reason: one word for it, whatever sub-cause or passing state the check names; part of the fingerprint. */
  readonly reason: string;
  /** 0 is the strongest. */
  readonly rank: number;
}

/** A symptom with what the runner knows about its check. */
export interface Checked extends Symptom {
  readonly check: string;
  readonly cause: Cause;
}

/** A symptom with what the runner knows about its object. */
export interface Finding extends Checked {
  /** The controller at the top of the object's owners (Deployment, not ReplicaSet or Pod); the object itself where it has none. */
  readonly workload: ObjectRef;
  /** The catalog's service this belongs to, else the workload's name; null for what serves nobody by itself (a node, a volume). */
  readonly service: string | null;
  /** The note of the known issue, silence or maintenance that takes this finding out; null: it counts. */
  readonly known: string | null;
  /** What of the catalog takes it out; absent: a known issue, or nothing. */
  readonly quietBy?: 'silence' | 'maintenance' | undefined;
  /** Priority of the service, or the highest of what the object carries or blocks; absent: the incident's. */
  readonly priority?: Priority | undefined;
  /** How many pods the workload wants and how many serve; absent where it has no replicas or was not read. */
  readonly standing?: Standing | undefined;
}

/** Of all workloads hit, each counted once; undefined where none has a standing. */
export function standingTogether(findings: readonly Finding[]): Standing | undefined {
  const each = new Map(
    findings.flatMap(({ workload, standing }) =>
      standing === undefined ? [] : [[keyOf(workload), standing]],
    ),
  );
  if (each.size === 0) return undefined;
  const sum = (part: keyof Standing) => [...each.values()].reduce((all, one) => all + one[part], 0);
  return { desired: sum('desired'), ready: sum('ready') };
}
