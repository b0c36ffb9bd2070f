import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { claimOf } from './claim-questions.ts';
import type { Event } from './cluster-objects.ts';
import { refOf } from './meta.ts';
import type { PersistentVolume } from './network-and-storage.ts';
import { eventsOf } from './object-events.ts';
import type { Topology } from './topology.ts';

export function volumeRef(volume: PersistentVolume): ObjectRef {
  return refOf('PersistentVolume', volume);
}

/** ` of claim shop/data`; empty for a volume that was never bound. */
export function sayClaim(volume: PersistentVolume): string {
  const claim = claimOf(volume);
  return claim === undefined ? '' : ` of claim ${nameOf(claim)}`;
}

/** When a volume entered its phase; before Kubernetes 1.29 nothing says so. */
export function phaseSince({ status, metadata }: PersistentVolume): {
  readonly since: string | null;
  readonly told: boolean;
} {
  const told = status?.lastPhaseTransitionTime;
  return { since: told ?? metadata?.creationTimestamp ?? null, told: told !== undefined };
}

/** What the provisioner last said of its trying to delete a volume. */
export function failedDelete(volume: PersistentVolume, topology: Topology): Event | undefined {
  return eventsOf(volume, ['VolumeFailedDelete', 'VolumeFailedRecycle'], topology)[0];
}
