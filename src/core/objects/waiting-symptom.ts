import type { MissingRef, Proof, Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import { troubledPods } from './judged-pods.ts';
import type { Objects } from './kinds.ts';
import { refOf } from './meta.ts';
import type { Pod } from './pod.ts';
import { containersOf, type PodContainer, pathOf } from './pod-containers.ts';
import { notReadySince, proofOf } from './pod-questions.ts';
import type { GraceContext } from './unready-symptom.ts';

/** What the kubelet's text on a waiting container says. */
export interface Wait {
  readonly reason: string;
  /** Behind the kubelet's word; empty where nothing more is known. */
  readonly says: string;
  readonly decidedBy: Proof['decidedBy'];
  readonly missing?: MissingRef | undefined;
}

/** Containers that wait with this word of the kubelet, in pods that have not been ready for the grace time. `cannot`: what they cannot, in words. */
export function* waitingSymptoms(
  { word, cannot }: { readonly word: string; readonly cannot: string },
  objects: Pick<Objects, 'Pod' | 'Job'>,
  { now, thresholds, topology }: GraceContext,
  read: (text: string, pod: Pod) => Wait,
): Iterable<Symptom> {
  for (const [pod, container] of waitingContainers([word], objects, now)) {
    const { since, exact } = notReadySince(pod);
    if (!isOlder(since, thresholds.graceSeconds, now)) continue;
    const text = container.status.state?.waiting?.message ?? '';
    const { reason, says, decidedBy, missing } = read(text, pod);
    yield {
      object: refOf('Pod', pod),
      reason,
      impact: topology.impactOf(pod),
      since,
      message: `Container ${container.name} cannot ${cannot} (${word})${says === '' ? '' : `: ${says}`}`,
      evidence: [
        { source: 'field', at: pathOf(container, 'state.waiting'), text: `${word} ${text}`.trim() },
      ],
      proof: { decidedBy, sinceExact: exact, ...proofOf(pod, container), missing },
    };
  }
}

/** Containers whose state is to wait, with one of these words; a failed pod waits for nothing any more. */
export function* waitingContainers(
  words: readonly string[],
  objects: Pick<Objects, 'Pod' | 'Job'>,
  now: number,
): Iterable<readonly [Pod, PodContainer]> {
  for (const pod of troubledPods(objects, now)) {
    if (pod.status?.phase === 'Failed') continue;
    for (const container of containersOf(pod))
      if (words.includes(container.status.state?.waiting?.reason ?? '')) yield [pod, container];
  }
}
