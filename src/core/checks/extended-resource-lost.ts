import type { Symptom } from '../model/finding.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import type { Node } from '../objects/cluster-objects.ts';
import {
  type Offer,
  offersOf,
  pluginPodOn,
  pluginsFor,
  sayWaiting,
  usersOf,
  vendorOf,
} from '../objects/extended-resources.ts';
import { controllerOf } from '../objects/meta.ts';
import { joiningTaintOf, nodeRef, sayNode, workingNodes } from '../objects/node-questions.ts';
import { isReady, type Pod } from '../objects/pod.ts';
import { notReadySince } from '../objects/pod-questions.ts';
import type { DaemonSet } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

export const extendedResourceLost = defineCheck({
  meta: {
    id: 'extended-resource-lost',
    title: 'Node offers fewer devices than it has',
    why: 'Pods that ask for the device (a GPU, say) stay Pending, and pods that hold one cannot be restarted there.',
    likelyCauses: [
      'the device plugin does not run on the node, or lost its registration when the kubelet restarted',
      'the driver is broken or still being installed',
      'a device is unhealthy (Xid errors, ECC)',
    ],
    commands: [
      'kubectl describe node {name}',
      'kubectl get pods -A -o wide --field-selector spec.nodeName={name}',
    ],
    defaults: {
      // A driver is compiled or loaded on a new machine before its plugin registers.
      joiningSeconds: 900,
      // A plugin that is replaced registers anew within a minute or two; the kubelet keeps a silent one's devices for 5 min.
      pluginSeconds: 300,
    },
    docs: 'https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/',
    finds: { 128: ['ExtendedResourceLost', 'ExtendedResourceDegraded'] },
    cause: { role: 'root' },
  },
  needs: ['Node', 'Pod'],
  helps: ['DaemonSet'],
  *judge({ Node, Pod, DaemonSet }, { now, thresholds }) {
    for (const node of workingNodes(Node)) {
      const isNew = !isOlder(node.metadata?.creationTimestamp, thresholds.joiningSeconds, now);
      if (isNew || joiningTaintOf(node) !== undefined) continue;
      const offers = offersOf(node);
      for (const offer of offers.filter((each) => isDoubtful(each, offers))) {
        const plugins = pluginsFor(offer.resource, DaemonSet);
        const scene: Scene = { node, offer, pods: Pod, plugins };
        if (offer.capacity > offer.allocatable || isMissed(scene))
          yield symptomOf(scene, thresholds.pluginSeconds, now);
      }
    }
  },
});

interface Scene {
  readonly node: Node;
  readonly offer: Offer;
  readonly pods: readonly Pod[];
  readonly plugins: readonly DaemonSet[];
}

/** Less than there is; or nothing, and nothing else of the same vendor either (MIG and time slicing give a device other names). */
function isDoubtful(offer: Offer, all: readonly Offer[]): boolean {
  if (offer.capacity > offer.allocatable) return true;
  const vendor = vendorOf(offer.resource);
  return all.every(
    ({ resource, allocatable }) => vendorOf(resource) !== vendor || allocatable === 0,
  );
}

/** Nothing is offered: lost only where somebody misses it, or a label promises it and a plugin was or is meant to be there. */
function isMissed({ node, offer, pods, plugins }: Scene): boolean {
  const { on, waiting } = usersOf(offer.resource, pods);
  const promised = offer.label !== undefined;
  if (on(nodeRef(node).name) > 0) return true;
  if (waiting > 0 && (promised || offer.listed)) return true;
  return promised && (offer.listed || plugins.length > 0);
}

function symptomOf(scene: Scene, pluginSeconds: number, now: number): Symptom {
  const { node, offer, pods } = scene;
  const { resource, capacity, allocatable, label } = offer;
  const { name } = nodeRef(node);
  const { waiting } = usersOf(resource, pods);
  const plugin = pluginOf(scene);
  const told = plugin.since !== null && isOlder(plugin.since, pluginSeconds, now);
  const has = capacity > 0 ? `${allocatable} of ${capacity}` : 'no';
  return {
    object: nodeRef(node),
    reason: allocatable === 0 ? 'ExtendedResourceLost' : 'ExtendedResourceDegraded',
    impact: waiting > 0 ? 'degraded' : 'at-risk',
    since: told ? plugin.since : null,
    message: `${sayNode(node)} offers ${has} ${resource}${label === undefined || capacity > 0 ? '' : ` although label ${label} says that it has it`}: ${plugin.says}${sayWaiting(waiting)}`,
    evidence: [
      {
        source: 'field',
        at: `status.allocatable[${resource}]`,
        text: `${allocatable}, capacity ${capacity}`,
      },
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: told,
      node: name,
      dependsOn: plugin.ref === undefined ? undefined : [plugin.ref],
      unconfirmed: !told,
    },
  };
}

interface Plugin {
  readonly says: string;
  readonly since: string | null;
  /** Its DaemonSet, where that is at fault. */
  readonly ref?: ObjectRef;
}

function pluginOf({ node, pods, plugins, offer }: Scene): Plugin {
  const [first] = plugins;
  if (first === undefined)
    return { says: 'no device plugin of its vendor was found by name', since: null };
  const pod = pluginPodOn(node, plugins, pods);
  const name = (pod === undefined ? undefined : controllerOf(pod)?.name) ?? first.metadata?.name;
  const ref: ObjectRef = {
    kind: 'DaemonSet',
    namespace: first.metadata?.namespace ?? null,
    name: name ?? '',
  };
  if (pod === undefined)
    return { says: `no pod of device plugin ${ref.name} runs there`, since: null, ref };
  if (!isReady(pod))
    return {
      says: `device plugin pod ${pod.metadata?.name ?? ''} is not ready`,
      since: notReadySince(pod).since,
      ref,
    };
  return {
    says:
      offer.allocatable > 0
        ? `device plugin ${ref.name} runs and reports unhealthy devices`
        : `device plugin ${ref.name} runs and is not registered, or reports no healthy device`,
    since: null,
  };
}
