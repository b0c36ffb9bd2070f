import type { Symptom } from '../model/finding.ts';
import { keyOf, nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import {
  addressesOf,
  meantBy,
  type Named,
  namespaceTest,
  sayNamed,
  servicesByRef,
} from '../objects/dependencies.ts';
import type { Service } from '../objects/network-and-storage.ts';
import { type ServicePort, servicePorts } from '../objects/service-ports.ts';
import { costTo } from '../objects/template-cost.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const envPortMismatch = defineCheck({
  meta: {
    id: 'env-port-mismatch',
    title: 'A workload is told to use a port that a Service does not listen on',
    why: 'Connections to it are refused or hang: whatever the workload needs there fails.',
    likelyCauses: [
      "the Service's port was renumbered, or the environment variable is wrong",
      "the variable names the container's port where the Service's is meant",
    ],
    commands: [
      'kubectl -n {namespace} set env {workload} --list',
      'kubectl -n {namespace} get services',
    ],
    // Workload and Service are often applied one after the other.
    defaults: { graceSeconds: 600 },
    docs: 'https://kubernetes.io/docs/concepts/services-networking/service/#services-in-kubernetes',
    finds: { 130: ['EnvPortMismatch'] },
    cause: { role: 'cause', reason: 'ServicePortMismatch' },
  },
  needs: ['Service'],
  helps: ['Namespace', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'],
  *judge(objects, { now, thresholds, topology }) {
    const isNamespace = namespaceTest(objects.Namespace);
    const known = servicesByRef(objects.Service);
    const told = new Set<string>();
    for (const named of addressesOf(objects)) {
      const { workload, host, port } = named;
      if (port === undefined) continue;
      const meant = meantBy(host, workload.ref.namespace, isNamespace)?.service;
      const service = meant === undefined ? undefined : known.get(meant);
      if (meant === undefined || service === undefined || listens(service, port)) continue;
      if (!isOlder(workload.created, thresholds.graceSeconds, now)) continue;
      const key = `${keyOf(workload.ref)} ${keyOf(meant)} ${port}`;
      if (told.has(key)) continue;
      told.add(key);
      yield symptomOf(named, port, meant, service, topology);
    }
  },
});

/** A Service that stands for a name outside takes any port, and behind a headless one the pods' own ports count. */
function listens(service: Service, port: number): boolean {
  const { type, clusterIP, selector = {} } = service.spec ?? {};
  const ports = servicePorts(service);
  if (type === 'ExternalName' || clusterIP === 'None' || ports.length === 0) return true;
  if (Object.keys(selector).length === 0 && clusterIP === undefined) return true;
  return ports.some((each) => each.port === port);
}

function symptomOf(
  named: Named,
  port: number,
  service: ObjectRef,
  { spec, ...rest }: Service,
  topology: Topology,
): Symptom {
  const { ref, created } = named.workload;
  const ports = servicePorts({ ...rest, spec });
  return {
    object: ref,
    reason: 'EnvPortMismatch',
    impact: costTo(ref, topology),
    since: created ?? null,
    message: `${ref.kind} ${nameOf(ref)}: ${sayNamed(named)}, and Service ${nameOf(service)} does not listen on ${port} but on ${sayPorts(ports)}`,
    evidence: [
      {
        source: 'field',
        at: `spec.template.spec.containers[${named.container}].env[${named.variable}]`,
        text: `${named.host}:${port}`,
      },
    ],
    proof: {
      // A pair of variables belongs together by custom only, and a scheme's usual port may have been filled in.
      decidedBy: named.portVariable === undefined && !isUsual(port) ? 'field' : 'message',
      sinceExact: false,
      container: named.container,
      port: String(port),
      dependsOn: [service],
    },
  };
}

function isUsual(port: number): boolean {
  return port === 80 || port === 443;
}

function sayPorts(ports: readonly ServicePort[]): string {
  return ports
    .map(({ port }) => String(port))
    .slice(0, 4)
    .join(', ');
}
