import type { Finding } from '../model/finding.ts';
import { isKind } from '../objects/kinds.ts';

/** Whether it says that something fails and nobody says why: a symptom, or the kubelet's bare word for a pull that fails. A custom resource's condition says why, unless it gives no reason at all. */
export function isUnexplained({ check, object, reason, cause, proof }: Finding): boolean {
  if (proof.missing !== undefined || proof.blockedBy !== undefined) return false;
  if (proof.saysNoWhy === true) return true;
  const isBarePull = check === 'image-pull' && reason === 'ImagePullBackOff';
  return (cause.role === 'symptom' && isKind(object.kind)) || isBarePull;
}

/** What one look calls a crash loop is called out of memory, or a failed start, by the next one at the same container of another pod of the revision. */
export const explainedElsewhere: ReadonlyMap<string, readonly string[]> = new Map([
  ['crash-loop', ['oom-killed', 'start-error']],
  ['container-exited', ['oom-killed', 'start-error', 'crash-loop']],
  ['high-restarts', ['oom-killed', 'start-error', 'crash-loop', 'liveness-failing']],
  ['init-failing', ['init-oom']],
  ['init-stuck', ['init-oom', 'init-failing']],
  ['creating-stuck', ['sandbox-failed', 'volume-mount', 'volume-attach']],
]);
