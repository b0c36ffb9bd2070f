import type { Finding } from '../model/finding.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { remembering } from '../objects/remembered.ts';
import type { Surroundings } from './surroundings.ts';

const dataKinds = ['StatefulSet', 'PersistentVolumeClaim'];
const ingressControllers =
  /(?:^|-)(?:ingress-nginx|nginx-ingress|ingress-controller|haproxy-ingress|traefik|contour|kong)(?:-|$)/;

/** Whether `finding` says that what a P0 service stands on is out: its data layer, or the ingress controller it is reached through. */
export function foundationRule(
  around: Surroundings,
  isP0: (workload: ObjectRef) => boolean,
): (finding: Finding) => boolean {
  const isController = remembering((workload) => isIngressController(workload, around));
  let exposed: boolean | undefined;
  const anyP0Exposed = (): boolean => (exposed ??= around.exposed().some(isP0));
  return ({ impact, workload, priority }) => {
    if (impact !== 'outage') return false;
    if (dataKinds.includes(workload.kind)) return priority === 'P0';
    return isController(workload) && (priority === 'P0' || anyP0Exposed());
  };
}

/** By its name or the label that every chart sets; a Deployment or DaemonSet, so that no Ingress, Pod or client passes for one. */
function isIngressController(workload: ObjectRef, around: Surroundings): boolean {
  if (workload.kind !== 'Deployment' && workload.kind !== 'DaemonSet') return false;
  const names = around.traitsOf(workload).labels.map((each) => each['app.kubernetes.io/name']);
  return [workload.name, ...names].some(
    (name) => name !== undefined && ingressControllers.test(name),
  );
}
