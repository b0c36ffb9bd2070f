import type { Finding } from '../model/finding.ts';
import { keyOf, type ObjectRef } from '../model/snapshot.ts';
import { type AddonRole, addonRoleOf } from '../objects/addons.ts';
import {
  beganAfter,
  comesFrom,
  failureOf,
  firstBy,
  lacksNetwork,
  type Rule,
  type Scene,
} from './scene.ts';

/** An add-on that does not do its work: the workload, what is wrong with it, and the nodes on which its pods fail. */
interface Down {
  readonly workload: ObjectRef;
  readonly finding: Finding;
  readonly nodes: ReadonlySet<string>;
}

/** What pods and nodes lack without the cluster's network, its volume drivers, its ingress controllers. */
export function addonsIn(scene: Scene): Rule {
  const down = downIn(scene);
  const network = down.get('network') ?? [];
  const bare = firstBy(
    scene.sorted.filter(({ check }) => check === 'node-network-unavailable'),
    ({ object }) => [object.name],
  );
  const networkOn = (node: string | undefined): Finding | undefined =>
    node === undefined
      ? undefined
      : (network.find(({ nodes }) => nodes.has(node))?.finding ?? bare.get(node));

  return (finding) => {
    if (network.some(({ workload }) => keyOf(workload) === keyOf(finding.workload)))
      return undefined;
    return comesFrom(unnetworked(finding) ?? driverless(finding) ?? unrouted(finding));
  };

  function unnetworked(finding: Finding): Finding | undefined {
    if (network.length === 0 && bare.size === 0) return undefined;
    const node = finding.proof.node ?? nodeNamed(finding.object);
    if (lacksNetwork(finding)) {
      const found = networkOn(node) ?? wholly(network);
      return found === finding ? undefined : found;
    }
    // A probe goes over the pod's network.
    const found = finding.check === 'readiness-failing' ? networkOn(node) : undefined;
    return found !== undefined && beganAfter(finding, found) === true ? found : undefined;
  }

  function driverless({ proof, workload }: Finding): Finding | undefined {
    const storage = down.get('storage') ?? [];
    if (storage.length === 0) return undefined;
    const drivers = (proof.dependsOn ?? []).filter(({ kind }) => kind === 'CSIDriver');
    return drivers
      .flatMap(({ name }) => storage.filter((each) => isAbout(each.workload, name)))
      .map((each) => each.finding)
      .filter((each) => keyOf(each.workload) !== keyOf(workload))
      .sort(scene.order)[0];
  }

  function unrouted({ object, proof }: Finding): Finding | undefined {
    const controllers = down.get('ingress') ?? [];
    if (controllers.length === 0 || !['Ingress', 'Gateway'].includes(object.kind)) return undefined;
    const classes = (proof.dependsOn ?? []).filter(({ kind }) =>
      ['IngressClass', 'GatewayClass'].includes(kind),
    );
    const found = classes.flatMap((each) =>
      controllers.filter(({ workload }) => isAbout(workload, served.get(each.name) ?? each.name)),
    );
    return found.map((each) => each.finding).sort(scene.order)[0];
  }
}

/** Classes that are not called as the controller is. */
const served: ReadonlyMap<string, string> = new Map([
  ['alb', 'aws-load-balancer-controller'],
  ['azure-application-gateway', 'ingress-appgw'],
]);

/** Add-ons that fail, by role. */
function downIn(scene: Scene): ReadonlyMap<AddonRole, readonly Down[]> {
  const found = new Map<AddonRole, Down[]>();
  const workloads = new Map(scene.sorted.map(({ workload }) => [keyOf(workload), workload]));
  for (const workload of workloads.values()) {
    const role = roleOf(workload, scene);
    const finding = role === undefined ? undefined : failureOf(workload, scene);
    if (role === undefined || finding === undefined) continue;
    const nodes = new Set(scene.onWorkload(workload).flatMap(({ proof }) => proof.node ?? []));
    found.set(role, [...(found.get(role) ?? []), { workload, finding, nodes }]);
  }
  return found;
}

function roleOf(workload: ObjectRef, { around }: Scene): AddonRole | undefined {
  // Labels are only asked of what could be one: ten thousand workloads may have findings.
  const byName = addonRoleOf(workload);
  if (byName !== undefined || !['Deployment', 'DaemonSet', 'StatefulSet'].includes(workload.kind))
    return byName;
  const [labels] = around.traitsOf(workload).labels;
  return labels === undefined ? undefined : addonRoleOf(workload, labels);
}

/** The only network there is, where it fails as a whole. */
function wholly(network: readonly Down[]): Finding | undefined {
  return network.find(({ finding }) => finding.impact === 'outage')?.finding;
}

function nodeNamed({ kind, name }: ObjectRef): string | undefined {
  return kind === 'Node' ? name : undefined;
}

/** Words of a driver's name that say nothing about which it is. */
const common = new Set([
  ...['csi', 'com', 'io', 'org', 'net', 'dev', 'k8s', 'driver', 'storage', 'provisioner'],
  ...['aws', 'gke', 'azure', 'amazon', 'google', 'kubernetes', 'sigs', 'x-k8s'],
]);

/** Whether a workload serves a driver or a class by its name: `ebs-csi-controller` serves `ebs.csi.aws.com`, `ingress-nginx-controller` `k8s.io/ingress-nginx`. */
function isAbout(workload: ObjectRef, name: string | undefined): boolean {
  const words = (name ?? '').toLowerCase().split(/[./]/);
  const telling = words.filter((word) => word.length > 1 && !common.has(word));
  return telling.some(
    (word) => workload.name.includes(word) || (workload.namespace ?? '').includes(word),
  );
}
