import type { Finding } from '../model/finding.ts';
import type { Root } from '../model/incident.ts';
import type { Order } from './order.ts';
import { type Link, type Origin, originsOf } from './origins.ts';
import { addonsIn } from './rules-addons.ts';
import { clientsIn } from './rules-clients.ts';
import { gatheringsIn } from './rules-many.ts';
import { nodesIn } from './rules-nodes.ts';
import { waitsBelow } from './rules-owners.ts';
import { referencesIn } from './rules-references.ts';
import { strongerOnSame, workloadsIn } from './rules-workloads.ts';
import { comesFrom, type Rule, rootAt, type Scene, sceneOf } from './scene.ts';
import type { Surroundings } from './surroundings.ts';

/** Where each finding comes from. It depends on the set of findings only, not on their order. */
export function rootsOf(
  findings: readonly Finding[],
  around: Surroundings,
  order: Order,
): ReadonlyMap<Finding, Origin> {
  const scene = sceneOf(findings, around, order);
  const rules = rulesIn(scene);
  const linkOf = (finding: Finding): Link => {
    for (const rule of rules) {
      const link = rule(finding);
      if (link !== undefined) return link;
    }
    return { root: ownRoot(finding) };
  };
  return originsOf(scene.sorted, linkOf, ownRoot, order);
}

/** The first rule that knows wins. What no rule knows comes from its own object or workload. */
function rulesIn(scene: Scene): readonly Rule[] {
  const references = referencesIn(scene);
  const nodes = nodesIn(scene);
  const workloads = workloadsIn(scene, nodes);
  const gathered = gatheringsIn(scene);
  const addons = addonsIn(scene);
  return [
    references.missing,
    references.blocked,
    references.claims,
    references.depends,
    addons,
    (finding) =>
      finding.cause.role === 'root'
        ? (comesFrom(nodes.lostUnder(finding)) ??
          waitsBelow(finding, scene) ??
          aboveWorkloads(finding, gathered, scene))
        : undefined,
    nodes.rule,
    gathered,
    workloads.explained,
    workloads.symptom,
    references.heard,
    clientsIn(scene),
  ];
}

/** A node, a claim, a quota: one of many that fail together, or its own root, or what a stronger trouble on it brings. */
function aboveWorkloads(finding: Finding, gathered: Rule, scene: Scene): Link {
  return (
    gathered(finding) ?? comesFrom(strongerOnSame(finding, scene)) ?? { root: ownRoot(finding) }
  );
}

function ownRoot({ cause, object, workload }: Finding): Root {
  return rootAt(cause.role === 'root' ? object : workload, cause.reason);
}
