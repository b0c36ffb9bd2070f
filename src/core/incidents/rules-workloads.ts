import type { Finding } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { groupByRef, indexByRef, type RefMap } from '../model/ref-map.ts';
import { keyOf } from '../model/snapshot.ts';
import { once, remembering } from '../objects/remembered.ts';
import type { Link } from './origins.ts';
import type { NodeRules } from './rules-nodes.ts';
import { comesFrom, isFinding, type Rule, type Scene } from './scene.ts';

/** What one look calls a crash loop is called out of memory, or a failed start, by the next one at the same container of another pod of the revision. */
const explainedElsewhere: ReadonlyMap<string, readonly string[]> = new Map([
  ['crash-loop', ['oom-killed', 'start-error']],
  ['container-exited', ['oom-killed', 'start-error', 'crash-loop']],
  ['high-restarts', ['oom-killed', 'start-error', 'crash-loop', 'liveness-failing']],
  ['init-failing', ['init-oom']],
  ['init-stuck', ['init-oom', 'init-failing']],
  ['creating-stuck', ['sandbox-failed', 'volume-mount', 'volume-attach']],
]);

/** Findings on one workload that no node is the cause of. */
interface Own {
  readonly findings: readonly Finding[];
  readonly causes: readonly Finding[];
  /** The strongest cause on each object. */
  readonly causeOn: RefMap<Finding>;
}

/** Rules among the findings of one workload. */
export interface WorkloadRules {
  /** A cause that a stronger one of the same container, or of the whole pod, explains. */
  readonly explained: Rule;
  /** A symptom joins the cause on its own object, else the strongest of its workloads, else the node that explains all of it, else the strongest symptom. */
  readonly symptom: Rule;
}

export function workloadsIn(scene: Scene, nodes: NodeRules): WorkloadRules {
  const { around, order, sorted } = scene;
  const causes = sorted.filter(
    (each) => each.cause.role === 'cause' && nodes.nodeUnder(each) === undefined,
  );
  const onObject = groupByRef(causes, ({ object }) => object);
  const alike = once(() =>
    groupBy(causes, (each) => likenessOf(each, each.check, each.proof.container)),
  );
  const told = new Set(causes.map(({ check }) => check));
  const ownOf = remembering((workload) => ownAmong(scene.onWorkload(workload), nodes, scene));

  function explanationOf(finding: Finding): Finding | undefined {
    const near = (onObject.get(finding.object) ?? []).filter((each) => explains(each, finding));
    const { container } = finding.proof;
    const elsewhere = explainedElsewhere.get(finding.check) ?? [];
    const sisters = elsewhere
      .filter((check) => told.has(check))
      .flatMap((check) =>
        [container, undefined].flatMap((each) =>
          (alike().get(likenessOf(finding, check, each)) ?? []).slice(0, 1),
        ),
      );
    return [near[0], ...sisters]
      .filter(isFinding)
      .filter(({ cause }) => cause.rank < finding.cause.rank)
      .sort(order)[0];
  }

  function explained(finding: Finding): Link | undefined {
    return finding.cause.role === 'cause' ? comesFrom(explanationOf(finding)) : undefined;
  }

  function symptom(finding: Finding): Link | undefined {
    if (finding.cause.role !== 'symptom') return undefined;
    const about = around.aboutOf(finding.object);
    const owns = about.map(ownOf);
    const strongest = (among: readonly (Finding | undefined)[]): Finding | undefined =>
      among.filter(isFinding).sort(order)[0];
    const above =
      strongest(owns.map(({ causeOn }) => causeOn.get(finding.object))) ??
      strongest(owns.map(({ causes }) => causes[0])) ??
      nodes.behind(about) ??
      strongest([...owns.map(({ findings }) => findings[0]), ...onSame(finding)]);
    return above === undefined || above === finding ? undefined : { from: above };
  }

  /** On a Service, an Ingress, a claim: what else is wrong with the same object. */
  function onSame(finding: Finding): readonly Finding[] {
    return scene
      .on(finding.object)
      .filter(({ cause }) => cause.role !== 'other')
      .slice(0, 1);
  }

  return { explained, symptom };
}

function likenessOf(
  { workload, proof }: Finding,
  check: string,
  container: string | undefined,
): string {
  return JSON.stringify([keyOf(workload), check, proof.templateHash, container]);
}

/** In one pod the stronger cause of a container explains its weaker ones, and what holds the whole pod back explains all. Of two that name different objects each is its own. */
function explains(strong: Finding, weak: Finding): boolean {
  const [a, b] = [strong.proof.container, weak.proof.container];
  if (strong === weak || (a !== undefined && a !== b)) return false;
  const [named, others] = [namedBy(strong), namedBy(weak)];
  return others.length === 0 || named.length === 0 || others.some((each) => named.includes(each));
}

/** What it says does not exist, or stands on. */
function namedBy({ proof }: Finding): readonly string[] {
  return [...(proof.missing === undefined ? [] : [proof.missing]), ...(proof.dependsOn ?? [])].map(
    keyOf,
  );
}

function ownAmong(all: readonly Finding[], nodes: NodeRules, { around }: Scene): Own {
  const findings = all.filter(
    (each) => nodes.nodeUnder(each) === undefined || around.hasEnded(each.object),
  );
  const causes = findings.filter((each) => ['cause', 'alone'].includes(each.cause.role));
  const causeOn = indexByRef([...causes].reverse(), ({ object }) => object);
  return { findings, causes, causeOn };
}

/** The strongest finding that stands above workloads on the same object. */
export function strongerOnSame(finding: Finding, scene: Scene): Finding | undefined {
  const [first] = scene.on(finding.object).filter(({ cause }) => cause.role === 'root');
  return first !== undefined && first.cause.rank < finding.cause.rank ? first : undefined;
}
