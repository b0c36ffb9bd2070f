import { type Impact, impacts } from '../model/finding.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
} from './network-and-storage.ts';
import { hasEnded, type Pod } from './pod.ts';
import type { Topology } from './topology.ts';

/** Makes nothing: its volumes are made by people, or by a tool for local disks. */
export const noProvisioner = 'kubernetes.io/no-provisioner';

/** Pods that mount a claim and have not ended. */
export function consumersOf(claim: ObjectRef, topology: Topology): readonly Pod[] {
  return topology.podsMounting(claim).filter((pod) => !hasEnded(pod));
}

/** What the pods that mount a claim cost, the loudest; without any it is a risk. */
export function impactOn(consumers: readonly Pod[], topology: Topology): Impact {
  const felt = consumers.map((pod) => topology.impactOf(pod));
  return impacts.find((impact) => felt.includes(impact)) ?? 'at-risk';
}

/** `, and 2 pods wait for it`; empty where no pod mounts it. */
export function sayConsumers(consumers: readonly Pod[], how: 'waits for' | 'mounts'): string {
  const { length } = consumers;
  const verb = length === 1 ? how : how === 'mounts' ? 'mount' : 'wait for';
  return length === 0 ? '' : `, and ${count(length, 'pod')} ${verb} it`;
}

/** The class that a claim asks for, in its old annotation too; empty: none wanted; undefined: the default one. */
export function classNameOf({ metadata, spec }: PersistentVolumeClaim): string | undefined {
  return (
    spec?.storageClassName ?? metadata?.annotations?.['volume.beta.kubernetes.io/storage-class']
  );
}

/** Whether claims that name no class get this one. */
export function isDefault({ metadata }: StorageClass): boolean {
  const annotations = metadata?.annotations;
  return (
    annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true' ||
    annotations?.['storageclass.beta.kubernetes.io/is-default-class'] === 'true'
  );
}

/** Who is to make the claim's volume: as the volume controller wrote on the claim, else its class's. */
export function provisionerOf(
  { metadata }: PersistentVolumeClaim,
  storageClass: StorageClass | undefined,
): string | undefined {
  const annotations = metadata?.annotations;
  return (
    annotations?.['volume.kubernetes.io/storage-provisioner'] ??
    annotations?.['volume.beta.kubernetes.io/storage-provisioner'] ??
    storageClass?.provisioner
  );
}

/** The driver as an object that others stand on; none for volumes that nobody makes. */
export function driverRefs(driver: string | undefined): readonly ObjectRef[] {
  return driver === undefined || driver === '' || driver === noProvisioner
    ? []
    : [{ kind: 'CSIDriver', namespace: null, name: driver }];
}

/** The claim that a volume is bound to. */
export function claimOf({ spec }: PersistentVolume): ObjectRef | undefined {
  const { namespace = null, name } = spec?.claimRef ?? {};
  return name === undefined ? undefined : { kind: 'PersistentVolumeClaim', namespace, name };
}
