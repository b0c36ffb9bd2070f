import type { Finding } from '../model/finding.ts';

/** Whether it says that something fails and nobody says why: a symptom, or the kubelet's bare word for a pull that fails. */
export function isUnexplained({ check, reason, cause }: Finding): boolean {
  const isBarePull = check === 'image-pull' && reason === 'ImagePullBackOff';
  return cause.role === 'symptom' || isBarePull;
}

/** What one look calls a crash loop is called out of memory, or a failed start, by the next one at the same container. */
const explainedElsewhere: { readonly [check: string]: readonly string[] } = {
  'crash-loop': ['oom-killed', 'start-error'],
};

/** Whether `strong` on one pod may explain `weak` on another pod of the same revision and container. */
export function explainsAcrossPods(strong: string, weak: string): boolean {
  return explainedElsewhere[weak]?.includes(strong) ?? false;
}
