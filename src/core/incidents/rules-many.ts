import type { Finding } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import type { Root } from '../model/incident.ts';
import { distinct } from '../model/ref-map.ts';
import { keyOf } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import { lossesIn } from './losses.ts';
import type { Link, Told } from './origins.ts';
import { beganAfter, type Rule, type Scene } from './scene.ts';

/** Findings that no single one of them explains, but all of them together: what they share is the root. */
interface Gathering {
  readonly root: Root;
  /** What one finding says all the same. */
  readonly from?: Finding | undefined;
  readonly members: readonly Finding[];
  /** Whether typed fields alone say it. */
  readonly proven?: boolean;
  readonly said: string;
}

/** Rules on many findings at once: a zone, a registry, the cluster's room, its network, its control plane. */
export function gatheringsIn(scene: Scene): Rule {
  const links = new Map<Finding, Link>();
  const all = [zones, registries, room, sandboxes, generations, drivers, standards];
  for (const { root, from, members, proven, said } of all.flatMap((gather) => gather(scene))) {
    const told: Told = { cause: proven === true ? 'proven' : 'likely', said };
    const link: Link = from === undefined ? { root, told } : { from };
    for (const each of members) if (!links.has(each)) links.set(each, link);
  }
  return (finding) => links.get(finding);
}

function zones(scene: Scene): readonly Gathering[] {
  return lossesIn(scene).map(({ kind, name, nodes, members }) => ({
    root: { kind, namespace: null, name, reason: 'NodesNotReady' },
    members: members.flatMap(({ object }) =>
      scene.on(object).filter(({ check }) => members.some((each) => each.check === check)),
    ),
    proven: members.length === nodes,
    said: `${kind} ${name}: ${members.length} of ${count(nodes, 'node')} are not ready (${listed(members)})`,
  }));
}

const refusals = ['RegistryUnavailable', 'ImagePullRateLimited', 'ImagePullUnauthorized'];

/** One registry fails for three workloads, or in two namespaces. Pulls of it that do not say why fail for the same reason. */
function registries({ sorted }: Scene): readonly Gathering[] {
  const pulls = sorted.filter(({ check }) => check === 'image-pull');
  const hosts = groupBy(pulls, ({ proof }) => registryOf(proof.image ?? ''));
  return [...hosts].flatMap(([host, all]) => {
    if (host === '') return [];
    const groups = [...groupBy(all, ({ reason }) => reason)]
      .filter(([reason, each]) => refusals.includes(reason) && isSpread(each))
      .sort(([a, more], [b, less]) => less.length - more.length || (a < b ? -1 : 1));
    const silent = all.filter(({ reason }) => reason === 'ImagePullBackOff');
    return groups.map(([reason, each], place) => ({
      root: { kind: 'Registry', namespace: null, name: host, reason },
      members: place === 0 ? [...each, ...silent] : each,
      said: `Registry ${host}: ${count(workloadsIn(each), 'workload')} cannot pull from it (${reason}): ${each[0]?.message ?? ''}`,
    }));
  });
}

function isSpread(findings: readonly Finding[]): boolean {
  const namespaces = new Set(findings.map(({ object }) => object.namespace));
  return workloadsIn(findings) > 2 || namespaces.size > 1;
}

/** The host of an image's name; Docker Hub where it names none. */
export function registryOf(image: string): string {
  if (image === '') return '';
  const [first = '', ...rest] = image.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return isHost ? first : 'docker.io';
}

/** What several workloads lack alike: what nodes run out of, and a taint on them. Selectors and affinities are each workload's own. */
const shared =
  /^(?:Insufficient (\S+)|(Too many pods)|node\(s\) had (?:untolerated )?taints? \{([^}: ]*))/;

function room({ sorted }: Scene): readonly Gathering[] {
  const refused = sorted.filter(({ proof }) => shared.test(proof.clause ?? ''));
  const clauses = groupBy(refused, ({ proof }) => proof.clause ?? '');
  return [...clauses].flatMap(([clause, members]) => {
    const [pods, workloads] = [objectsIn(members), workloadsIn(members)];
    const [, resource, slots, taint] = shared.exec(clause) ?? [];
    if (workloads < 2 || (taint !== undefined && pods < 5)) return [];
    const name = resource ?? (slots === undefined ? taint : 'pods') ?? '';
    const reason = taint === undefined ? 'InsufficientCapacity' : 'UntoleratedTaint';
    return {
      root: { kind: 'Cluster', namespace: null, name, reason },
      members,
      said: `Cluster ${name}: no node takes ${count(pods, 'pod')} of ${count(workloads, 'workload')} (Unschedulable): ${clause}`,
    };
  });
}

/** Pods that get no network: of two workloads on one node it is the node's, on three nodes the cluster's. */
function sandboxes({ sorted }: Scene): readonly Gathering[] {
  const bare = sorted.filter(
    ({ check, proof }) => check === 'sandbox-failed' && proof.node !== undefined,
  );
  return [...groupBy(bare, ({ reason }) => reason)].flatMap(([reason, all]) => {
    const nodes = groupBy(all, ({ proof }) => proof.node ?? '');
    if (nodes.size > 2)
      return [bareOf('Cluster', 'pod-network', reason, all, ` on ${count(nodes.size, 'node')}`)];
    return [...nodes]
      .filter(([, members]) => workloadsIn(members) > 1)
      .map(([name, members]) => bareOf('Node', name, reason, members, ''));
  });

  function bareOf(
    kind: string,
    name: string,
    reason: string,
    members: readonly Finding[],
    where: string,
  ): Gathering {
    const said = `${kind} ${name}: ${count(members.length, 'pod')}${where} get no sandbox (${reason}): ${members[0]?.message ?? ''}`;
    return { root: { kind, namespace: null, name, reason }, members, said };
  }
}

/** Nobody acts on new specs of three kinds: the controllers do not run. Where something is found of their pod, that explains also one, and a run that did not start since. */
function generations({ sorted }: Scene): readonly Gathering[] {
  const unseen = sorted.filter(({ check }) => check === 'generation-mismatch');
  const kinds = [...new Set(unseen.map(({ object }) => object.kind))].sort();
  const name = 'kube-controller-manager';
  const pod = sorted.find(
    ({ object }) => object.namespace === 'kube-system' && object.name.startsWith(name),
  );
  if (pod === undefined && kinds.length < 3) return [];
  const missed = sorted.filter(
    (each) =>
      each.check === 'cronjob-missed' && pod !== undefined && beganAfter(each, pod) === true,
  );
  const members = [...unseen, ...missed];
  const reason = 'ControllersNotActing';
  const said = `Cluster ${name}: new specs of ${kinds.join(', ')} are not acted on (${reason})`;
  return [{ root: { kind: 'Cluster', namespace: null, name, reason }, from: pod, members, said }];
}

/** Volumes that one driver does not make, attach or mount: of three claims or pods, of three workloads or two namespaces. */
function drivers({ sorted }: Scene): readonly Gathering[] {
  const asking = sorted.flatMap((finding) =>
    (finding.proof.dependsOn ?? [])
      .filter(({ kind }) => kind === 'CSIDriver' && finding.cause.role !== 'other')
      .map(({ name }) => ({ name, finding })),
  );
  return [...groupBy(asking, ({ name }) => name)].flatMap(([name, each]) => {
    const members = each.map(({ finding }) => finding);
    const objects = objectsIn(members);
    if (objects < 3 || !isSpread(members)) return [];
    const reason = 'VolumesFailing';
    const said = `CSIDriver ${name}: volumes of ${count(objects, 'claim or pod', 'claims and pods')} fail with it (${reason}): ${members[0]?.message ?? ''}`;
    return [{ root: { kind: 'CSIDriver', namespace: null, name, reason }, members, said }];
  });
}

/** Pods of two workloads that one namespace's pod security refuses: its level was raised, or all of them must follow it. */
function standards({ sorted }: Scene): readonly Gathering[] {
  const refused = sorted.filter(({ reason }) => reason === 'PodSecurityViolation');
  return [...groupBy(refused, ({ object }) => object.namespace ?? '')].flatMap(
    ([name, members]) => {
      if (name === '' || workloadsIn(members) < 2) return [];
      const reason = 'PodSecurityViolation';
      const said = `Namespace ${name} refuses the pods of ${count(workloadsIn(members), 'workload')} (${reason}): ${members[0]?.message ?? ''}`;
      return [{ root: { kind: 'Namespace', namespace: null, name, reason }, members, said }];
    },
  );
}

function workloadsIn(findings: readonly Finding[]): number {
  return new Set(findings.map(({ workload }) => keyOf(workload))).size;
}

function objectsIn(findings: readonly Finding[]): number {
  return distinct(findings.map(({ object }) => object)).length;
}

/** At most five names. */
function listed(findings: readonly Finding[]): string {
  const names = findings.map(({ object }) => object.name).sort();
  const rest = names.length - 5;
  return `${names.slice(0, 5).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
