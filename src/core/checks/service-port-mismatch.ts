import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import type { Objects } from '../objects/kinds.ts';
import { living } from '../objects/living.ts';
import type { Service } from '../objects/network-and-storage.ts';
import { once } from '../objects/remembered.ts';
import { type LabelIndex, podsByLabels } from '../objects/selection.ts';
import { leadsToPods, slicesOf } from '../objects/service-pods.ts';
import {
  type DeclaredPort,
  declaredPorts,
  isMetricsPort,
  portsOfPods,
  type ServicePort,
  sayPorts,
  servicePorts,
} from '../objects/service-ports.ts';
import { serversByLabels, type Templated } from '../objects/templates.ts';
import { defineCheck } from './define.ts';

export const servicePortMismatch = defineCheck({
  meta: {
    id: 'service-port-mismatch',
    title: 'Service leads to a port that its pods do not have',
    why: 'Connections to this port of the Service are refused, however well its pods are.',
    likelyCauses: [
      "the container's port was renamed or renumbered, or the Service's target port was",
      'the protocol differs: TCP for UDP',
    ],
    commands: [
      'kubectl -n {namespace} get service {name} -o jsonpath="{.spec.ports}"',
      'kubectl -n {namespace} get endpointslices -l kubernetes.io/service-name={name}',
      'kubectl -n {namespace} describe service {name}',
    ],
    // Service and workload are often applied one after the other.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
    finds: { 107: ['ServicePortMissing', 'ServicePortUndeclared', 'ServiceProtocolMismatch'] },
    cause: { role: 'root', reason: 'ServicePortMismatch' },
  },
  needs: ['Service', 'Pod', 'Deployment', 'StatefulSet', 'DaemonSet'],
  helps: ['EndpointSlice'],
  *judge(objects, { now, thresholds }) {
    const behind = surroundings(objects);
    for (const [ref, service] of living('Service', objects.Service)) {
      // Whoever uses a headless Service meets the pods' own ports.
      if (!leadsToPods(service) || service.spec?.clusterIP === 'None') continue;
      if (!isOlder(service.metadata?.creationTimestamp, thresholds.graceSeconds, now)) continue;
      const scene = behind(ref, service);
      if (scene !== undefined) yield* nameless(scene) ?? undeclared(scene);
    }
  },
});

interface Scene {
  readonly ref: ObjectRef;
  readonly service: Service;
  readonly ports: readonly ServicePort[];
  /** What the pods behind it declare; empty where none of them says anything. */
  readonly declared: readonly DeclaredPort[];
  /** Names of the Service's ports that its EndpointSlices carry; undefined where they do not say. */
  readonly resolved: ReadonlySet<string> | undefined;
  /** Ports that some Service leads to at the same pods. */
  readonly served: ReadonlySet<string>;
}

type Seen = Pick<
  Objects,
  'Service' | 'Pod' | 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'EndpointSlice'
>;

function surroundings(objects: Seen): (ref: ObjectRef, service: Service) => Scene | undefined {
  const templates = serversByLabels(objects);
  const pods = podsByLabels(objects.Pod);
  const servedBy = once(() => servedPorts(objects.Service, templates));
  return (ref, service) => {
    const selector = service.spec?.selector ?? {};
    const targets = templates
      .carrying(ref.namespace, selector)
      .filter(({ desired }) => desired > 0);
    const declared = targets.flatMap(declaredPorts);
    const ports = servicePorts(service);
    if (ports.every((port) => isDeclared(port, declared))) return undefined;
    const own = pods.carrying(ref.namespace, selector);
    if (own.length === 0) return undefined;
    const slices = slicesOf(objects.EndpointSlice, ref).filter(
      ({ ports, endpoints = [] }) => ports !== undefined && endpoints.length > 0,
    );
    return {
      ref,
      service,
      ports,
      declared: [...declared, ...portsOfPods(own)],
      resolved:
        slices.length === 0
          ? undefined
          : new Set(slices.flatMap(({ ports = [] }) => ports.map(({ name = '' }) => name))),
      served: new Set(targets.flatMap((target) => servedBy().get(target) ?? [])),
    };
  };
}

function isDeclared(port: ServicePort, declared: readonly DeclaredPort[]): boolean {
  return declared.some(
    ({ name, number, protocol }) =>
      protocol === port.protocol && (name === port.target || number === port.target),
  );
}

/** By template: numbers and names of its ports that any Service leads to. */
function servedPorts(
  services: readonly Service[],
  templates: LabelIndex<Templated>,
): ReadonlyMap<Templated, readonly string[]> {
  const served = new Map<Templated, string[]>();
  for (const service of services) {
    if (!leadsToPods(service)) continue;
    const targets = servicePorts(service).map(({ target }) => String(target));
    for (const each of templates.carrying(
      service.metadata?.namespace ?? null,
      service.spec?.selector ?? {},
    )) {
      const known = served.get(each);
      if (known === undefined) served.set(each, [...targets]);
      else known.push(...targets);
    }
  }
  return served;
}

/** Target ports named after no port of any pod: the endpoint controller leaves them out, so nothing listens. */
function nameless(scene: Scene): readonly Symptom[] | undefined {
  const lost = scene.ports.filter(
    (port) =>
      typeof port.target === 'string' &&
      !(scene.resolved?.has(port.name) ?? false) &&
      !isDeclared(port, scene.declared),
  );
  // Where neither slices nor pods say anything, nothing is known of the pods' ports.
  const isKnown = scene.resolved !== undefined || scene.declared.length > 0;
  if (lost.length === 0 || !isKnown) return undefined;
  const all = lost.length === scene.ports.length;
  return lost.map((port) => ({
    ...symptomOf(
      scene,
      port,
      `none of its pods has a port named ${port.target} (${port.protocol})`,
    ),
    reason: 'ServicePortMissing',
    impact: all ? 'outage' : 'degraded',
    proof: { decidedBy: 'field', sinceExact: false, port: String(port.port) },
  }));
}

/** Numbers that no pod declares. A container may listen on what it does not declare: suspicious only where it declares others, which no Service leads to. */
function undeclared(scene: Scene): readonly Symptom[] {
  const { declared, ports, served } = scene;
  const idle = declared.filter(
    (port) => !isMetricsPort(port) && !served.has(String(port.number)) && !served.has(port.name),
  );
  return ports.flatMap((port) => {
    if (typeof port.target !== 'number' || port.implied) return [];
    const same = declared.filter(({ number }) => number === port.target);
    const wrong = same.length > 0 && same.every(({ protocol }) => protocol !== port.protocol);
    if (wrong && !servesOtherwise(port, scene))
      return [suspicion(scene, port, 'ServiceProtocolMismatch')];
    if (same.length > 0 || idle.length === 0) return [];
    return [suspicion(scene, port, 'ServicePortUndeclared')];
  });
}

/** DNS and HTTP/3 are served on one number by two protocols, of which often one is declared. */
function servesOtherwise({ target, protocol }: ServicePort, { ports }: Scene): boolean {
  return ports.some((port) => port.target === target && port.protocol !== protocol);
}

function suspicion(scene: Scene, port: ServicePort, reason: string): Symptom {
  return {
    ...symptomOf(
      scene,
      port,
      `its pods declare ${sayPorts(scene.declared)}, and not ${port.target}/${port.protocol}`,
    ),
    reason,
    proof: { decidedBy: 'message', sinceExact: false, port: String(port.port) },
  };
}

function symptomOf({ ref, service }: Scene, port: ServicePort, says: string): Symptom {
  const named = port.name === '' ? '' : ` (${port.name})`;
  return {
    object: ref,
    reason: 'ServicePortMismatch',
    impact: 'at-risk',
    since: service.metadata?.creationTimestamp ?? null,
    message: `Service ${nameOf(ref)} port ${port.port}${named} leads to targetPort ${port.target}: ${says}`,
    evidence: [
      {
        source: 'field',
        at: `spec.ports[${port.port}].targetPort`,
        text: `${port.target}/${port.protocol}`,
      },
    ],
    proof: { decidedBy: 'field', sinceExact: false },
  };
}
