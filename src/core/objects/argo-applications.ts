import type { ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { type CustomResource, ofKinds } from './custom.ts';
import { customKind } from './custom-names.ts';
import { type StatusWord, wordsOf } from './status-words.ts';

/** Applications that Argo CD looks after. */
export function applicationsOf(resources: readonly CustomResource[]): readonly CustomResource[] {
  return ofKinds(resources, 'argoproj.io', 'Application').filter(
    ({ metadata }) =>
      metadata?.deletionTimestamp === undefined &&
      metadata?.annotations?.['argocd.argoproj.io/skip-reconcile'] !== 'true',
  );
}

/** `status.health`: its word, message and time. */
export function healthOf(application: CustomResource): StatusWord | undefined {
  return wordsOf(application).find(({ path }) => path === 'status.health.status');
}

/** Of what it manages, what it says to be degraded or missing. (From Argo CD 3 on it may say nothing of each.) */
export function illOf({ status }: CustomResource): readonly ObjectRef[] {
  const ill = (status?.resources ?? []).filter((each) =>
    ['Degraded', 'Missing'].includes(each.health?.status ?? ''),
  );
  return ill.slice(0, 20).map(({ group = '', kind = '', namespace = null, name = '' }) => ({
    kind: group.includes('.') && !group.endsWith('.k8s.io') ? customKind(kind, group) : kind,
    namespace: namespace === '' ? null : namespace,
    name,
  }));
}

/** Whether it is so for long enough; where it says no time, since the object was made. */
export function isSteady(
  since: string | null | undefined,
  { metadata }: CustomResource,
  seconds: number,
  now: number,
): boolean {
  return isOlder(since ?? metadata?.creationTimestamp, seconds, now);
}
