import path from 'node:path';
import { isKind, type Kind, kindNames, kinds, type Subject } from '../../core/objects/kinds.ts';

/** All that a dump may hold of what is judged. */
export const subjects: readonly Subject[] = [...kindNames, 'CustomResource'];

/** Names of folders and files beside the plurals: what support bundles and kubectl's short names say. */
const shortNames: { readonly [name: string]: Kind | undefined } = {
  po: 'Pod',
  no: 'Node',
  ns: 'Namespace',
  ev: 'Event',
  deploy: 'Deployment',
  sts: 'StatefulSet',
  ds: 'DaemonSet',
  cj: 'CronJob',
  svc: 'Service',
  ing: 'Ingress',
  pvc: 'PersistentVolumeClaim',
  pv: 'PersistentVolume',
  hpa: 'HorizontalPodAutoscaler',
  pdb: 'PodDisruptionBudget',
  'pod-disruption-budgets-info': 'PodDisruptionBudget',
};

/** The kind that a path promises: `…/pods/shop.json` by its folder, else `…/nodes.json` by its own name; null: none. The folder first, for a namespace may be called `events`. */
export function kindOfPath(file: string): Kind | null {
  const { dir, name } = path.parse(path.resolve(file));
  return kindNamed(path.basename(dir)) ?? kindNamed(name);
}

function kindNamed(name: string): Kind | null {
  const lower = name.toLowerCase();
  const names = (kind: Kind) => [kinds[kind].plural, kind.toLowerCase()];
  return (
    kindNames.find((kind) => names(kind).includes(lower)) ??
    shortNames[lower] ??
    shortNames[lower.replace(/s$/, '')] ??
    null
  );
}

/** The kind of one object; null for what is not read. A `Service` of another group (Knative's) is another kind. */
export function knownKind(kind: string, apiVersion: string | null): Kind | null {
  if (!isKind(kind)) return null;
  const group = apiVersion?.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return apiVersion === null || group === kinds[kind].group ? kind : null;
}
