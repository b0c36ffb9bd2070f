import type { Evidence, Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import type { Objects } from '../objects/kinds.ts';
import { living } from '../objects/living.ts';
import { isReadable, type Labels, refOf } from '../objects/meta.ts';
import type { NetworkPolicy, Service } from '../objects/network-and-storage.ts';
import {
  letsPort,
  meansSomebody,
  type Peer,
  type People,
  policiesOver,
  type Target,
} from '../objects/network-policy.ts';
import type { Pod } from '../objects/pod.ts';
import { isReady } from '../objects/pod.ts';
import { once } from '../objects/remembered.ts';
import { podsByLabels } from '../objects/selection.ts';
import { leadsToPods } from '../objects/service-pods.ts';
import { declaredPorts, servicePorts } from '../objects/service-ports.ts';
import { sayUser, serviceUsers } from '../objects/service-users.ts';
import { serversByLabels, workloadsByLabels } from '../objects/templates.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const networkPolicyBlocks = defineCheck({
  meta: {
    id: 'network-policy-blocks',
    title: 'Network policy lets nobody reach a Service that others use',
    why: 'Connections to its pods hang until they time out, though every pod is well.',
    likelyCauses: [
      'a policy that denies all came without the one that allows the clients',
      "the clients' labels, or their namespace's, have changed",
    ],
    commands: [
      'kubectl -n {namespace} describe networkpolicy {name}',
      'kubectl -n {namespace} get networkpolicy',
      'kubectl -n {namespace} get pods --show-labels',
    ],
    // Policies are often applied one after the other.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
    finds: { 132: ['NetworkPolicyDeniesAll', 'NetworkPolicyAllowsNobody'] },
    cause: { role: 'root', reason: 'NetworkPolicyBlocks' },
  },
  needs: ['NetworkPolicy', 'Service', 'Pod', 'Namespace'],
  helps: ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Ingress', 'CustomResource'],
  *judge(objects, { now, thresholds, topology }) {
    // Other kinds of policy may allow what these do not.
    if (objects.NetworkPolicy.length === 0 || objects.CustomResource.some(isPolicy)) return;
    const scene = sceneOf(objects, topology);
    for (const [ref, service] of living('Service', objects.Service)) {
      if (!leadsToPods(service)) continue;
      const pods = scene.podsBehind(ref, service);
      if (!pods.some(isReady)) continue;
      const blocking = blockingPolicies(ref, service, pods, scene);
      const [first] = blocking;
      const user = first === undefined ? undefined : sayUser(scene.usersOf(ref));
      if (first === undefined || user === undefined) continue;
      if (isOlder(first.metadata?.creationTimestamp, thresholds.graceSeconds, now))
        yield symptomOf(ref, first, blocking, user);
    }
  },
});

function isPolicy({ kind }: { readonly kind: string }): boolean {
  return /NetworkPolicy$/.test(kind);
}

interface Scene {
  readonly policies: readonly NetworkPolicy[];
  /** Whether a peer of a policy in this namespace means anybody who is there or will come. */
  readonly isAnybody: (peer: Peer, home: string | null) => boolean;
  readonly podsBehind: (ref: ObjectRef, service: Service) => readonly Pod[];
  readonly targetsOf: (ref: ObjectRef, service: Service) => readonly Target[];
  readonly usersOf: ReturnType<typeof serviceUsers>;
}

type Seen = Parameters<typeof serviceUsers>[0] &
  Pick<Objects, 'Pod' | 'Namespace' | 'NetworkPolicy'>;

function sceneOf(objects: Seen, topology: Topology): Scene {
  const pods = podsByLabels(objects.Pod);
  const templates = serversByLabels(objects);
  const people: People = { pods, templates: workloadsByLabels(objects) };
  const selectorOf = ({ spec }: Service): Labels => spec?.selector ?? {};
  return {
    policies: objects.NetworkPolicy,
    isAnybody: remembering(objects.Namespace, people, topology),
    podsBehind: ({ namespace }, service) => pods.carrying(namespace, selectorOf(service)),
    targetsOf: ({ namespace }, service) => {
      const declared = templates.carrying(namespace, selectorOf(service)).flatMap(declaredPorts);
      return servicePorts(service).map(({ target, protocol }) => {
        const own = declared.find(({ name, number }) => name === target || number === target);
        return typeof target === 'number'
          ? { number: target, name: own?.name, protocol }
          : { number: own?.number, name: target, protocol };
      });
    },
    usersOf: serviceUsers(objects),
  };
}

/** Each peer is one policy's, and so of one namespace. */
function remembering(
  namespaces: Objects['Namespace'],
  people: People,
  topology: Topology,
): Scene['isAnybody'] {
  const known = new Map<Peer, boolean>();
  return (peer, home) => {
    const told = known.get(peer) ?? meansSomebody(peer, home, namespaces, people, topology);
    known.set(peer, told);
    return told;
  };
}

/** Policies under which nobody reaches any pod of the Service, the one that names its pods most closely first; none where somebody does. */
function blockingPolicies(
  ref: ObjectRef,
  service: Service,
  pods: readonly Pod[],
  scene: Scene,
): readonly NetworkPolicy[] {
  const targets = once(() => scene.targetsOf(ref, service));
  const blocking = new Set<NetworkPolicy>();
  const judged = new Set<string>();
  for (const pod of pods) {
    const over = policiesOver(scene.policies, ref.namespace, pod.metadata?.labels ?? {}, 'Ingress');
    if (over.length === 0) return [];
    // Pods of one template are under the same policies.
    const key = over.map(({ metadata }) => metadata?.name).join('/');
    if (judged.has(key)) continue;
    judged.add(key);
    if (over.some((policy) => letsSomebody(policy, ref, targets, scene))) return [];
    for (const policy of over) blocking.add(policy);
  }
  return [...blocking].sort(
    (a, b) => width(a) - width(b) || compareText(a.metadata?.name ?? '', b.metadata?.name ?? ''),
  );
}

/** An empty selector is the namespace's default: it is behind what names the pods. */
function width({ spec }: NetworkPolicy): number {
  return spec?.podSelector === undefined ? 1 : 0;
}

function letsSomebody(
  policy: NetworkPolicy,
  { namespace }: ObjectRef,
  targets: () => readonly Target[],
  { isAnybody }: Scene,
): boolean {
  const { spec } = policy;
  // What it allows cannot be told.
  if (!isReadable(policy)) return true;
  return (spec?.ingress ?? []).some(({ from = [], ports }) => {
    const isOpen =
      ports === undefined ||
      targets().length === 0 ||
      targets().some((target) => letsPort(ports, target));
    if (!isOpen) return false;
    // No peer at all is everybody.
    return from.length === 0 || from.some((peer) => isAnybody(peer, namespace));
  });
}

function symptomOf(
  ref: ObjectRef,
  policy: NetworkPolicy,
  blocking: readonly NetworkPolicy[],
  user: string,
): Symptom {
  const isClosed = blocking.every(({ spec }) => (spec?.ingress ?? []).length === 0);
  const says = isClosed
    ? 'it allows no incoming traffic'
    : 'no pod of the cluster is among those whom it allows, on these ports';
  const evidence: readonly Evidence[] = blocking.slice(0, 3).map(({ metadata, spec }) => ({
    source: 'field',
    at: `NetworkPolicy ${metadata?.name} spec.ingress`,
    text: `${(spec?.ingress ?? []).length} rules`,
  }));
  return {
    object: refOf('NetworkPolicy', policy),
    reason: isClosed ? 'NetworkPolicyDeniesAll' : 'NetworkPolicyAllowsNobody',
    impact: isClosed ? 'degraded' : 'at-risk',
    since: policy.metadata?.creationTimestamp ?? null,
    message: `NetworkPolicy ${policy.metadata?.namespace}/${policy.metadata?.name} lets nobody reach Service ${nameOf(ref)}: ${says}, and ${user} leads there`,
    evidence,
    proof: {
      decidedBy: isClosed ? 'field' : 'message',
      sinceExact: false,
    },
  };
}
