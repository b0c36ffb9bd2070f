import { groupBy } from '../model/group.ts';
import type { Namespace } from './cluster-objects.ts';
import type { Labels } from './meta.ts';
import type { NetworkPolicy } from './network-and-storage.ts';
import type { Pod } from './pod.ts';
import { perArray } from './remembered.ts';
import { type LabelIndex, meets, pairsOf } from './selection.ts';
import type { Templated } from './templates.ts';
import type { Topology } from './topology.ts';

type Rule = NonNullable<NonNullable<NetworkPolicy['spec']>['ingress']>[number];
export type Peer = NonNullable<Rule['from']>[number];
type PolicyPort = NonNullable<Rule['ports']>[number];
export type Direction = 'Ingress' | 'Egress';

/** By namespace and the first pair that they ask of a pod (empty: none): of a thousand policies a pod's labels lead to a few. */
const byFirstPair = perArray((policies: readonly NetworkPolicy[]) =>
  groupBy(
    policies.filter(({ metadata }) => metadata?.deletionTimestamp === undefined),
    ({ metadata, spec }) =>
      placeOf(metadata?.namespace, pairsOf(spec?.podSelector?.matchLabels ?? {})[0]),
  ),
);

function placeOf(namespace: string | null | undefined, pair: string | undefined): string {
  return `${namespace ?? ''}/${pair ?? ''}`;
}

/** Policies that isolate pods with these labels in a direction. What all of them together allow is allowed: they only add. */
export function policiesOver(
  policies: readonly NetworkPolicy[],
  namespace: string | null,
  labels: Labels,
  direction: Direction,
): readonly NetworkPolicy[] {
  const index = byFirstPair(policies);
  return [undefined, ...pairsOf(labels)]
    .flatMap((pair) => index.get(placeOf(namespace, pair)) ?? [])
    .filter(
      (policy) => typesOf(policy).includes(direction) && meets(labels, policy.spec?.podSelector),
    );
}

/** Where it does not say: incoming always, outgoing where it has rules for that. */
function typesOf({ spec }: NetworkPolicy): readonly string[] {
  const { policyTypes = [], egress } = spec ?? {};
  if (policyTypes.length > 0) return policyTypes;
  return egress === undefined ? ['Ingress'] : ['Ingress', 'Egress'];
}

/** A port that traffic goes to; its name where the pods give it one. */
export interface Target {
  readonly number: number | undefined;
  readonly name?: string | undefined;
  readonly protocol: string;
}

/** Whether a rule's ports let traffic to a port through; no ports at all let everything. What cannot be resolved is let through. */
export function letsPort(ports: readonly PolicyPort[] | undefined, target: Target): boolean {
  if (ports === undefined || ports.length === 0) return true;
  return ports.some(({ protocol = 'TCP', port, endPort }) => {
    if (protocol !== target.protocol) return false;
    if (port === undefined || target.number === undefined) return true;
    if (typeof port === 'string') return target.name === undefined || port === target.name;
    return target.number >= port && target.number <= (endPort ?? port);
  });
}

/** Whoever carries labels in a namespace: pods, or templates that will make some. */
export interface People {
  readonly pods: LabelIndex<Pod>;
  readonly templates: LabelIndex<Templated>;
}

/** Whether a peer means anybody who is there, or may be: of a namespace that was not read nobody knows. No selector at all means everybody (see the shape). */
export function meansSomebody(
  peer: Peer,
  home: string | null,
  namespaces: readonly Namespace[],
  people: People,
  topology: Topology,
): boolean {
  const { podSelector, namespaceSelector } = peer;
  if (podSelector === undefined && namespaceSelector === undefined) return true;
  if (namespaceSelector !== undefined && !topology.knowsNamespaces) return true;
  const chosen =
    namespaceSelector === undefined
      ? [home]
      : namespaces
          .filter(({ metadata }) => meets(metadata?.labels ?? {}, namespaceSelector))
          .map(({ metadata }) => metadata?.name ?? null);
  // With namespaceSelector alone everybody in those namespaces is meant.
  return chosen.some(
    (namespace) =>
      !topology.read('Pod', namespace) ||
      people.pods.meeting(namespace, podSelector).length > 0 ||
      people.templates.meeting(namespace, podSelector).length > 0,
  );
}
