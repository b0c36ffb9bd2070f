import {
  type Catalog,
  defaultCatalog,
  maxDowntimeByPriority,
} from '../../../src/core/model/catalog.ts';
import type { Finding, Proof } from '../../../src/core/model/finding.ts';
import type { Incident, Observation } from '../../../src/core/model/incident.ts';
import { formatTime } from '../../../src/core/model/time.ts';

export const now = Date.parse('2026-01-01T12:00:00Z');

/** A time so many seconds before now. */
export function ago(seconds: number): string {
  return formatTime(now - seconds * 1000);
}

export type FindingParts = Partial<Omit<Finding, 'proof'>> & { readonly proof?: Partial<Proof> };

/** A finding on pod shop/api-1 of Deployment api, P2, since 10 minutes. */
export function findingOf({ proof, ...parts }: FindingParts = {}): Finding {
  const workload = { kind: 'Deployment', namespace: 'shop', name: parts.service ?? 'api' };
  return {
    check: 'crash-loop',
    object: { kind: 'Pod', namespace: 'shop', name: `${workload.name}-1` },
    workload,
    reason: 'CrashLoopBackOff',
    impact: 'outage',
    since: ago(600),
    message: 'Container app exits with 1',
    evidence: [
      { source: 'field', at: 'status.restartCount', text: '6' },
      { source: 'log', at: 'app', text: 'connection refused' },
    ],
    cause: { role: 'cause', reason: parts.reason ?? 'CrashLoopBackOff', rank: 0 },
    proof: { decidedBy: 'field', sinceExact: true, ...proof },
    service: 'api',
    known: null,
    priority: 'P2',
    ...parts,
  };
}

/** One incident for each list of findings, with what grouping would say of it. */
export function observationOf(
  groups: readonly (readonly Finding[])[],
  parts: Partial<Incident> = {},
): Observation {
  const findings = groups.flat();
  const incidents = groups.map((members, place): Incident => {
    const [lead] = members;
    const root = lead?.workload ?? { kind: 'Node', namespace: null, name: 'n' };
    const priority = lead?.priority ?? 'P2';
    return {
      fingerprint: `${place}`.padStart(16, '0'),
      root: { ...root, reason: lead?.reason ?? 'Reason' },
      cause: 'proven',
      looked: null,
      symptoms: [],
      summary: lead?.message ?? 'Something',
      findings: members.map((finding) => findings.indexOf(finding)),
      impact: lead?.impact ?? 'outage',
      imminent: false,
      priority,
      services: [...new Set(members.flatMap(({ service }) => service ?? []))],
      maxDowntimeSeconds: maxDowntimeByPriority[priority],
      since: lead?.since ?? null,
      sinceExact: true,
      known: members.every(({ known }) => known !== null) ? (lead?.known ?? null) : null,
      foundation: false,
      commands: [`kubectl -n shop describe pod ${lead?.object.name ?? 'x'}`],
      digest: 'digest',
      ...parts,
    };
  });
  return {
    takenAt: formatTime(now),
    snapshotAt: formatTime(now),
    source: 'live',
    clusterUid: null,
    findings,
    incidents,
    gaps: [],
  };
}

export const catalog: Catalog = defaultCatalog;
/** The fingerprint of the first incident of `observationOf`. */
export const first = '0'.repeat(16);
