import { groupBy } from '../model/group.ts';
import { indexByRef } from '../model/ref-map.ts';
import type { Since } from '../model/time.ts';
import { type Event, ownWords } from './cluster-objects.ts';
import type { Objects } from './kinds.ts';
import { conditionOf, refOf } from './meta.ts';
import { volumeOf } from './missing-reference.ts';
import type { VolumeAttachment } from './network-and-storage.ts';
import { eventsOf, isLive } from './object-events.ts';
import { claimsOf, type Pod } from './pod.ts';
import { containersOf, creatingReasons } from './pod-containers.ts';
import { startOf } from './pod-questions.ts';
import { perArray } from './remembered.ts';
import type { Topology } from './topology.ts';

/** Whether every container still waits for the pod's volumes and network: none has ever been made. */
export function isBeingCreated(pod: Pod): boolean {
  return (
    pod.status?.phase === 'Pending' &&
    pod.spec?.nodeName !== undefined &&
    containersOf(pod).every(
      ({ status: { state, lastState } }) =>
        lastState?.terminated === undefined &&
        creatingReasons.includes(state?.waiting?.reason ?? ''),
    )
  );
}

/** Since when the kubelet is at it. */
export function scheduledAt(pod: Pod): Since {
  const at = conditionOf(pod, 'PodScheduled')?.lastTransitionTime;
  return { since: at ?? startOf(pod), exact: at !== undefined };
}

/** What the kubelet or the attach controller says of a pod whose volumes do not come, the text that says most first; empty where it is not stuck on them. */
export function mountTroubleOf(pod: Pod, topology: Topology, now: number): readonly Event[] {
  return troubleOf(pod, ['FailedMount', 'FailedAttachVolume'], topology, now);
}

/** Of that, what is not about attaching: where a volume is not attached, that its mount times out says nothing. */
export function failedMountsOf(pod: Pod, topology: Topology, now: number): readonly Event[] {
  const mounts = troubleOf(pod, ['FailedMount'], topology, now);
  const [first] = mounts;
  const isNotAttached =
    first !== undefined && isSummary(first) && failedAttachOf(pod, topology, now) !== undefined;
  return isNotAttached ? [] : mounts;
}

/** The newest word of the attach controller. */
export function failedAttachOf(pod: Pod, topology: Topology, now: number): Event | undefined {
  return troubleOf(pod, ['FailedAttachVolume'], topology, now)[0];
}

function troubleOf(
  pod: Pod,
  reasons: readonly string[],
  topology: Topology,
  now: number,
): readonly Event[] {
  if (!isBeingCreated(pod)) return [];
  const events = eventsOf(pod, reasons, topology);
  if (!events.some((event) => isLive(event, now))) return [];
  return [...events.filter((each) => !isSummary(each)), ...events.filter(isSummary)];
}

/** `Unable to attach or mount volumes: …: timed out waiting for the condition` repeats that something failed, not what. */
function isSummary({ message = '' }: Event): boolean {
  return /^Unable to (?:attach or )?mount volumes/.test(ownWords(message));
}

/** The claim of the volume that an event names, by the pod's own name or the PersistentVolume's; all of the pod's where it names none. */
export function claimsBehind(
  pod: Pod,
  message: string,
  claims: Objects['PersistentVolumeClaim'],
): readonly string[] | undefined {
  const volumes = pod.spec?.volumes ?? [];
  const own = claimsOf(pod);
  const named = volumeOf(message) ?? /unmounted volumes=\[([^\]\s]+)/.exec(message)?.[1];
  const volume = volumes.find(({ name }) => name === named);
  if (volume !== undefined) return orNone(claimsOf({ spec: { volumes: [volume] } }));
  const behind = boundClaims(pod, claims)
    .filter((each) => each.volume === named)
    .map(({ name }) => name);
  return orNone(behind.length > 0 ? behind : own);
}

/** The pod's claims that are bound, with their PersistentVolumes. */
export function boundClaims(
  pod: Pod,
  claims: Objects['PersistentVolumeClaim'],
): readonly { readonly name: string; readonly volume: string }[] {
  const index = claimsByRef(claims);
  return claimsOf(pod).flatMap((name) => {
    const volume = index.get({ ...refOf('PersistentVolumeClaim', pod), name })?.spec?.volumeName;
    return volume === undefined ? [] : [{ name, volume }];
  });
}

const claimsByRef = perArray((claims: Objects['PersistentVolumeClaim']) =>
  indexByRef(claims, (each) => refOf('PersistentVolumeClaim', each)),
);

function orNone(claims: readonly string[]): readonly string[] | undefined {
  return claims.length === 0 ? undefined : claims;
}

/** Attachments by the PersistentVolume that they are of. */
export const attachmentsByVolume = perArray(
  (attachments: Objects['VolumeAttachment']): ReadonlyMap<string, readonly VolumeAttachment[]> =>
    groupBy(attachments, ({ spec }) => spec?.source?.persistentVolumeName ?? ''),
);
