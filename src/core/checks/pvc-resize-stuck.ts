import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder, parseTime } from '../model/time.ts';
import { consumersOf, driverRefs, provisionerOf } from '../objects/claim-questions.ts';
import type { Event } from '../objects/cluster-objects.ts';
import { eventEvidence } from '../objects/event-evidence.ts';
import { living } from '../objects/living.ts';
import { type Condition, conditionOf } from '../objects/meta.ts';
import type { PersistentVolumeClaim } from '../objects/network-and-storage.ts';
import { eventsOf } from '../objects/object-events.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const pvcResizeStuck = defineCheck({
  meta: {
    id: 'pvc-resize-stuck',
    title: 'Volume claim is not made larger',
    why: 'The volume keeps its old size while somebody counts on the new one: it will be full.',
    likelyCauses: [
      'the storage has no such size, or its quota is used up',
      'the driver cannot expand a volume that is in use, or the file system on the node refuses',
      'the pod must be restarted to finish it',
    ],
    commands: [
      'kubectl -n {namespace} describe pvc {name}',
      { for: ['PVCResizeFailed', 'PVCResizeStuck'], run: 'kubectl get storageclass' },
    ],
    // A cloud's disk is larger within minutes; a busy one may first be optimised.
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims',
    finds: { 101: ['PVCResizeFailed', 'PVCResizeStuck', 'PVCFileSystemResizePending'] },
  },
  needs: ['PersistentVolumeClaim'],
  helps: ['Pod', 'Event'],
  *judge({ PersistentVolumeClaim: claims }, { now, thresholds, topology }) {
    for (const [ref, claim] of living('PersistentVolumeClaim', claims)) {
      const stuck = stuckAt(ref, claim, topology);
      if (stuck !== undefined && isOlder(stuck.since, thresholds.graceSeconds, now))
        yield symptomOf(ref, claim, stuck);
    }
  },
});

interface Stuck {
  readonly reason: string;
  readonly says: string;
  readonly at: string;
  readonly since: string | null;
  readonly event?: Event | undefined;
}

function stuckAt(
  ref: ObjectRef,
  claim: PersistentVolumeClaim,
  topology: Topology,
): Stuck | undefined {
  const resizing = trueOf(claim, 'Resizing');
  const pending = trueOf(claim, 'FileSystemResizePending');
  const status = claim.status?.allocatedResourceStatuses?.['storage'] ?? '';
  const condition = resizing ?? pending;
  const since = condition?.lastTransitionTime ?? null;
  if (/(?:Infeasible|Failed)$/.test(status))
    return {
      reason: 'PVCResizeFailed',
      says: [status, ...detailOf(condition)].join(': '),
      at: 'status.allocatedResourceStatuses.storage',
      since,
      event: failureOf(claim, since, topology),
    };
  if (resizing !== undefined) {
    const event = failureOf(claim, since, topology);
    return {
      reason: event === undefined ? 'PVCResizeStuck' : 'PVCResizeFailed',
      says: event === undefined ? ['Resizing', ...detailOf(resizing)].join(': ') : said(event),
      at: 'status.conditions[Resizing]',
      since,
      event,
    };
  }
  // The node does the rest when a pod mounts it: without one there is nothing to wait for.
  if (pending === undefined || consumersOf(ref, topology).length === 0) return undefined;
  const event = failureOf(claim, since, topology);
  return {
    reason: 'PVCFileSystemResizePending',
    says:
      event === undefined ? 'FileSystemResizePending: its pod has not taken it up' : said(event),
    at: 'status.conditions[FileSystemResizePending]',
    since,
    event,
  };
}

function trueOf(claim: PersistentVolumeClaim, type: string): Condition | undefined {
  const condition = conditionOf(claim, type);
  return condition?.status === 'True' ? condition : undefined;
}

function detailOf(condition: Condition | undefined): readonly string[] {
  return condition?.message === undefined || condition.message === '' ? [] : [condition.message];
}

function said({ reason = '', message = '' }: Event): string {
  return `${reason}: ${message}`;
}

/** The last failure that is not of an earlier resize. */
function failureOf(
  claim: PersistentVolumeClaim,
  since: string | null,
  topology: Topology,
): Event | undefined {
  const began = parseTime(since) ?? 0;
  return eventsOf(claim, ['VolumeResizeFailed', 'FileSystemResizeFailed'], topology).find(
    (event) => (parseTime(event.lastTimestamp ?? event.eventTime) ?? began) >= began,
  );
}

function symptomOf(ref: ObjectRef, claim: PersistentVolumeClaim, stuck: Stuck): Symptom {
  const { reason, says, at, since, event } = stuck;
  const size = claim.spec?.resources?.requests?.['storage'];
  return {
    object: ref,
    reason,
    impact: 'at-risk',
    since,
    message: `PersistentVolumeClaim ${nameOf(ref)} is not resized${size === undefined ? '' : ` to ${size}`}: ${says}`,
    evidence: [{ source: 'field', at, text: says }, ...eventEvidence(event)],
    proof: {
      decidedBy: 'field',
      sinceExact: since !== null,
      claims: [ref.name],
      dependsOn: driverRefs(provisionerOf(claim, undefined)),
      unconfirmed: since === null,
    },
  };
}
