import type { Finding } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { parseTime } from '../model/time.ts';
import { losing } from './rules-nodes.ts';
import { firstBy, type Scene } from './scene.ts';

/** Labels that managed and self-made clusters put on the nodes of one pool. */
const poolLabels = [
  'eks.amazonaws.com/nodegroup',
  'alpha.eksctl.io/nodegroup-name',
  'cloud.google.com/gke-nodepool',
  'kubernetes.azure.com/agentpool',
  'agentpool',
  'karpenter.sh/nodepool',
  'doks.digitalocean.com/node-pool',
  'kops.k8s.io/instancegroup',
  'cluster.x-k8s.io/deployment-name',
];
const zoneLabels = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];
/** Nodes that go within this span of the first go together. */
const togetherMs = 10 * 60 * 1000;

/** Lost nodes of one zone or pool that went together. */
interface Loss {
  readonly kind: 'Zone' | 'NodePool';
  readonly name: string;
  /** How many nodes it has. */
  readonly nodes: number;
  readonly members: readonly Finding[];
}

/** Zones and pools that several nodes were lost of within ten minutes: each lost node in the one of which the greatest part is lost. */
export function lossesIn({ around, sorted }: Scene): readonly Loss[] {
  const lost = sorted.filter(({ check }) => losing.includes(check));
  const nodes = [...firstBy(lost, ({ object }) => [object.name]).values()];
  if (nodes.length < 2) return [];
  const all = [...placesOf('Zone', zoneLabels), ...placesOf('NodePool', poolLabels)];
  const taken = new Set<Finding>();
  return all
    .sort((a, b) => b.members.length / b.nodes - a.members.length / a.nodes)
    .flatMap((loss) => {
      const members = loss.members.filter((each) => !taken.has(each));
      if (members.length < 2) return [];
      for (const each of members) taken.add(each);
      return [{ ...loss, members }];
    });

  function placesOf(kind: Loss['kind'], labels: readonly string[]): readonly Loss[] {
    const placed = nodes.flatMap((node) =>
      around
        .placesOf(node.object.name, labels)
        .slice(0, 1)
        .map((place) => ({ node, place })),
    );
    return [...groupBy(placed, ({ place }) => place)].flatMap(([place, members]) =>
      together(members.map(({ node }) => node)).map((group) => ({
        kind,
        name: place.slice(place.indexOf('=') + 1),
        nodes: around.nodesAt(place),
        members: group,
      })),
    );
  }
}

/** Runs of at least two that began within the span of their first. */
function together(nodes: readonly Finding[]): readonly (readonly Finding[])[] {
  const timed = nodes
    .flatMap((node) => ({ node, at: parseTime(node.since) ?? Number.NaN }))
    .filter(({ at }) => !Number.isNaN(at))
    .sort((a, b) => a.at - b.at);
  const runs: { readonly first: number; readonly nodes: Finding[] }[] = [];
  for (const { node, at } of timed) {
    const run = runs.at(-1);
    if (run !== undefined && at - run.first <= togetherMs) run.nodes.push(node);
    else runs.push({ first: at, nodes: [node] });
  }
  return runs.map((run) => run.nodes).filter(({ length }) => length > 1);
}
