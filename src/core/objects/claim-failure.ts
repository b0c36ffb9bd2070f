import type { MissingRef } from '../model/finding.ts';
import { classNameOf, isDefault, noProvisioner, provisionerOf } from './claim-questions.ts';
import type { Event } from './cluster-objects.ts';
import type { Objects } from './kinds.ts';
import type { PersistentVolumeClaim, StorageClass } from './network-and-storage.ts';
import { eventsOf } from './object-events.ts';
import type { Topology } from './topology.ts';

/** Why a claim gets no volume. */
export interface ClaimFailure {
  readonly reason: string;
  readonly says: string;
  readonly decidedBy: 'field' | 'message';
  readonly event?: Event | undefined;
  readonly missing?: MissingRef;
  readonly driver?: string | undefined;
  /** It does not mend itself, and is at fault also where no pod waits yet. */
  readonly hopeless?: boolean;
}

/** What is known of storage beside the claim. */
export interface Storage {
  readonly classes: ReadonlyMap<string, StorageClass>;
  /** Names of classes that some volume is of: such a class may have no object, and its volumes are made by hand. */
  readonly classesOfVolumes: ReadonlySet<string>;
  readonly hasDefault: boolean;
  readonly topology: Topology;
}

export function storageOf(
  { StorageClass, PersistentVolume }: Pick<Objects, 'StorageClass' | 'PersistentVolume'>,
  topology: Topology,
): Storage {
  return {
    classes: new Map(StorageClass.map((each) => [each.metadata?.name ?? '', each])),
    classesOfVolumes: new Set(PersistentVolume.flatMap(({ spec }) => spec?.storageClassName ?? [])),
    hasDefault: StorageClass.some(isDefault),
    topology,
  };
}

/** The class that a claim asks for by name, where it was read. */
export function classOf(claim: PersistentVolumeClaim, storage: Storage): StorageClass | undefined {
  const name = classNameOf(claim);
  return name === undefined ? undefined : storage.classes.get(name);
}

/** The first that fits: the class itself, then what the provisioner says, then that it says nothing. */
export function claimFailureOf(claim: PersistentVolumeClaim, storage: Storage): ClaimFailure {
  return (
    missingClass(claim, storage) ??
    noClass(claim, storage) ??
    noVolume(claim, storage) ??
    provisioning(claim, storage) ??
    silence(claim, storage) ?? {
      reason: 'PVCPending',
      says: 'nothing provisions its volume, and no event says why',
      decidedBy: 'field',
      driver: provisionerOf(claim, classOf(claim, storage)),
    }
  );
}

/** Its class is not there. A class that was not read may be: then only the event says so. */
function missingClass(claim: PersistentVolumeClaim, storage: Storage): ClaimFailure | undefined {
  const name = classNameOf(claim);
  if (name === undefined || name === '' || storage.classes.has(name)) return undefined;
  if (storage.classesOfVolumes.has(name)) return undefined;
  const event = lastOf(claim, 'ProvisioningFailed', storage);
  const named = /storageclass\.storage\.k8s\.io "([^"]{1,253})" not found/.exec(
    event?.message ?? '',
  )?.[1];
  const { topology } = storage;
  const known = topology.read('StorageClass') && topology.read('PersistentVolume');
  if (!known && named !== name) return undefined;
  return {
    reason: 'PVCStorageClassMissing',
    says: `storage class ${name} does not exist${named === name ? ' (ProvisioningFailed)' : ''}`,
    decidedBy: known ? 'field' : 'message',
    event: named === name ? event : undefined,
    missing: { kind: 'StorageClass', namespace: null, name },
    hopeless: true,
  };
}

/** It names no class, and no class is the default. */
function noClass(claim: PersistentVolumeClaim, storage: Storage): ClaimFailure | undefined {
  if (classNameOf(claim) !== undefined) return undefined;
  if (!storage.topology.read('StorageClass') || storage.hasDefault) return undefined;
  return {
    reason: 'PVCNoDefaultClass',
    says: 'it names no storage class, and the cluster has no default one',
    decidedBy: 'field',
    hopeless: true,
  };
}

/** Only volumes that people make can fit, and none does. */
function noVolume(claim: PersistentVolumeClaim, storage: Storage): ClaimFailure | undefined {
  const name = classNameOf(claim);
  const byHand =
    name === '' ||
    provisionerOf(claim, classOf(claim, storage)) === noProvisioner ||
    (name !== undefined && !storage.classes.has(name) && storage.classesOfVolumes.has(name));
  return byHand
    ? {
        reason: 'PVCNoMatchingVolume',
        says: 'no persistent volume that is free fits its size, access mode and class, and nobody provisions one',
        decidedBy: 'field',
      }
    : undefined;
}

function provisioning(claim: PersistentVolumeClaim, storage: Storage): ClaimFailure | undefined {
  const event = lastOf(claim, 'ProvisioningFailed', storage);
  if (event === undefined) return undefined;
  return {
    reason: 'PVCProvisioningFailed',
    says: `ProvisioningFailed: ${event.message ?? ''}`,
    decidedBy: 'field',
    event,
    driver: provisionerOf(claim, classOf(claim, storage)),
  };
}

/** The volume controller waits for a provisioner, and the provisioner says nothing. */
function silence(claim: PersistentVolumeClaim, storage: Storage): ClaimFailure | undefined {
  const event = lastOf(claim, 'ExternalProvisioning', storage);
  if (event === undefined) return undefined;
  const driver = provisionerOf(claim, classOf(claim, storage));
  const who =
    driver ?? /external provisioner ['"]([^'"]{1,253})['"]/.exec(event.message ?? '')?.[1];
  return {
    reason: 'PVCProvisionerSilent',
    says: `ExternalProvisioning: its provisioner ${who ?? ''} does not answer`.replace('  ', ' '),
    decidedBy: driver === undefined ? 'message' : 'field',
    event,
    driver: who,
  };
}

function lastOf(
  claim: PersistentVolumeClaim,
  reason: string,
  { topology }: Storage,
): Event | undefined {
  return eventsOf(claim, [reason], topology)[0];
}
