import { belongings } from '../../../src/core/incidents/belonging.ts';
import { enlist } from '../../../src/core/incidents/enlist.ts';
import { groupFindings } from '../../../src/core/incidents/group.ts';
import { surround } from '../../../src/core/incidents/surroundings.ts';
import { type Catalog, defaultCatalog, type Service } from '../../../src/core/model/catalog.ts';
import type { Checked, Finding, Proof, Role, Symptom } from '../../../src/core/model/finding.ts';
import type { Incident } from '../../../src/core/model/incident.ts';
import { buildTopology } from '../../../src/core/objects/topology.ts';
import { byKind } from '../../../src/core/objects/trim.ts';
import { type RawObjects, snapshotOf } from '../../support/objects.ts';

export const now = '2026-01-01T12:00:00Z';

export type Seen = Symptom & { readonly check: string };

/** What a check would say of `kind/name` in namespace shop (a Node has none). */
export function seen(
  check: string,
  object: string,
  more: Partial<Omit<Seen, 'proof'>> & { readonly proof?: Partial<Proof> } = {},
): Seen {
  const [kind = '', name = ''] = object.split('/');
  const { proof, ...rest } = more;
  return {
    check,
    object: { kind, namespace: kind === 'Node' ? null : 'shop', name },
    reason: 'Reason',
    impact: 'outage',
    since: '2026-01-01T11:00:00Z',
    message: `${check} on ${name}`,
    evidence: [{ source: 'field', at: 'status', text: 'bad' }],
    proof: { decidedBy: 'field', sinceExact: true, ...proof },
    ...rest,
  };
}

/** A pod of Deployment `app` (revision `r1`), on `node` where one is given. */
export function podOf(
  app: string,
  suffix: string,
  more: { node?: string; ready?: boolean; claim?: string; labels?: object; deleted?: boolean } = {},
): object {
  return {
    metadata: {
      name: `${app}-r1-${suffix}`,
      namespace: 'shop',
      uid: `${app}-${suffix}`,
      labels: { app, 'pod-template-hash': 'r1', ...more.labels },
      ownerReferences: [{ kind: 'ReplicaSet', name: `${app}-r1`, controller: true }],
      ...(more.deleted === true ? { deletionTimestamp: now } : {}),
    },
    spec: {
      ...(more.node === undefined ? {} : { nodeName: more.node }),
      volumes:
        more.claim === undefined ? [] : [{ persistentVolumeClaim: { claimName: more.claim } }],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: more.ready === true ? 'True' : 'False' }],
    },
  };
}

export function deployment(name: string, replicas: number, ready: number, metadata = {}): object {
  return {
    metadata: { name, namespace: 'shop', ...metadata },
    spec: { replicas, template: { metadata: { labels: { app: name } } } },
    status: { availableReplicas: ready },
  };
}

export function service(name: string, more: Partial<Service> = {}): Service {
  return {
    name,
    priority: 'P2',
    namespaces: [],
    selector: {},
    maxDowntimeSeconds: 900,
    knownIssues: [],
    ...more,
  };
}

/** Findings and incidents of symptoms among raw objects. */
export function sceneOf(
  symptoms: readonly Seen[],
  objects: RawObjects = {},
  catalog: Partial<Catalog> = {},
  templates: (check: string) => readonly string[] = () => [],
): { readonly findings: readonly Finding[]; readonly incidents: readonly Incident[] } {
  const snapshot = snapshotOf(objects, now);
  const kinds = byKind(snapshot);
  const around = surround(kinds, buildTopology(kinds, []));
  const whole: Catalog = { ...defaultCatalog, ...catalog };
  const belonging = belongings(around, whole);
  const findings = enlist(symptoms.map(stamped), around, belonging, Date.parse(now), whole);
  return {
    findings,
    incidents: groupFindings(findings, { around, belonging, catalog: whole, templates }),
  };
}

/** Each incident as `Kind/name reason`, with the checks in it, sorted. */
export function groupsOf(
  symptoms: readonly Seen[],
  objects: RawObjects = {},
  catalog: Partial<Catalog> = {},
): { readonly [root: string]: readonly string[] } {
  const { findings, incidents } = sceneOf(symptoms, objects, catalog);
  const entries = incidents.map((incident): [string, string[]] => [
    `${incident.root.kind}/${incident.root.name} ${incident.root.reason}`,
    incident.findings.map((index) => `${findings[index]?.check} ${findings[index]?.object.name}`),
  ]);
  return Object.fromEntries(entries.sort());
}

/** With what the runner stamps of a check's meta and its place in the registry. A check that is not there is `other`. */
export function stamped(symptom: Seen): Checked {
  const rank = strengths.findIndex(([check]) => check === symptom.check);
  const [, role = 'other', reason = symptom.reason] = strengths[rank] ?? [];
  return { ...symptom, cause: { role, reason, rank: rank < 0 ? strengths.length : rank } };
}

/** Checks as the registry has them, the strongest first: id, role, canonical reason. */
const strengths: readonly (readonly [check: string, role: Role, reason?: string])[] = [
  ['node-not-ready', 'root', 'NodeNotReady'],
  ['node-pressure', 'root'],
  ['node-network-unavailable', 'root'],
  ['apiservice-unavailable', 'root'],
  ['webhook-backend-down', 'root'],
  ['issuer-not-ready', 'root'],
  ['secret-store-not-ready', 'root'],
  ['external-secret-not-synced', 'root'],
  ['certificate-not-ready', 'root'],
  ['argo-sync-failed', 'root'],
  ['flux-not-ready', 'root'],
  ['pvc-lost', 'root', 'Lost'],
  ['pvc-pending', 'root', 'Pending'],
  ['volume-attachment-error', 'root'],
  ['quota-full', 'root'],
  ['service-selector-mismatch', 'root'],
  ['namespace-stuck', 'root'],
  ['failed-create', 'alone', 'FailedCreate'],
  ['image-pull', 'cause', 'ImagePullBackOff'],
  ['config-error', 'cause'],
  ['sandbox-failed', 'cause'],
  ['volume-attach', 'cause'],
  ['volume-mount', 'cause'],
  ['start-error', 'cause'],
  ['init-failing', 'cause'],
  ['oom-killed', 'cause', 'OOMKilled'],
  ['crash-loop', 'cause', 'CrashLoopBackOff'],
  ['no-scheduler', 'cause'],
  ['unschedulable', 'cause', 'Unschedulable'],
  ['evicted', 'cause'],
  ['stuck-terminating', 'cause'],
  ['env-service-missing', 'cause'],
  ['readiness-failing', 'symptom', 'NotReady'],
  ['new-revision-broken', 'symptom', 'NotReady'],
  ['job-failed', 'symptom'],
  ['addon-down', 'symptom'],
  ['deployment-short', 'symptom', 'NotReady'],
  ['statefulset-short', 'symptom', 'NotReady'],
  ['daemonset-short', 'symptom', 'NotReady'],
  ['generation-mismatch', 'symptom'],
  ['hpa-metrics', 'symptom'],
  ['pdb-short', 'symptom'],
  ['service-no-endpoints', 'symptom', 'NoEndpoints'],
  ['ingress-tls-missing', 'symptom'],
  ['argo-app-degraded', 'symptom'],
  ['custom-resource', 'symptom'],
];
