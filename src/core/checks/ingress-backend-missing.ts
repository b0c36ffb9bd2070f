import type { Symptom } from '../model/finding.ts';
import type { RefMap } from '../model/ref-map.ts';
import { keyOf, nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { servicesAlike } from '../objects/alike-services.ts';
import { servicesByRef } from '../objects/dependencies.ts';
import { type Backend, backendsOf } from '../objects/ingress-backends.ts';
import { living } from '../objects/living.ts';
import type { Ingress, Service } from '../objects/network-and-storage.ts';
import { servicePorts } from '../objects/service-ports.ts';
import { defineCheck } from './define.ts';

export const ingressBackendMissing = defineCheck({
  meta: {
    id: 'ingress-backend-missing',
    title: 'Ingress leads to a Service or port that does not exist',
    why: 'Requests for these hosts and paths end in 503 or 404.',
    likelyCauses: [
      'the Service was renamed or deleted, and the Ingress was not',
      "the Service's port was renumbered or renamed",
    ],
    commands: [
      'kubectl -n {namespace} get services',
      'kubectl -n {namespace} get ingress {name} -o yaml',
      'kubectl -n {namespace} describe ingress {name}',
    ],
    // Ingress and Service are often applied one after the other.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource',
    finds: { 110: ['IngressServiceMissing', 'IngressPortMissing'] },
    cause: { role: 'alone', reason: 'IngressBackendMissing' },
  },
  needs: ['Ingress', 'Service'],
  helps: [],
  *judge({ Ingress: ingresses, Service: services }, { now, thresholds }) {
    const known = servicesByRef(services);
    for (const [ref, ingress] of living('Ingress', ingresses)) {
      if (!isOlder(ingress.metadata?.creationTimestamp, thresholds.graceSeconds, now)) continue;
      const backends = backendsOf(ingress);
      const broken = backends.flatMap((backend) => {
        const fault = faultOf(backend, known);
        return fault === undefined ? [] : [{ backend, fault }];
      });
      const impact = broken.length === backends.length ? 'outage' : 'degraded';
      const told = new Set<string>();
      for (const { backend, fault } of broken) {
        const key = `${fault} ${keyOf(backend.service)} ${sayPort(backend)}`;
        if (told.has(key)) continue;
        told.add(key);
        yield symptomOf(ref, ingress, backend, services, fault, impact);
      }
    }
  },
});

type Fault = 'IngressServiceMissing' | 'IngressPortMissing';
type Known = RefMap<Service>;

/** A Service that stands for a name outside, or lists no ports, takes any port. */
function faultOf({ service, port }: Backend, known: Known): Fault | undefined {
  const found = known.get(service);
  if (found === undefined) return 'IngressServiceMissing';
  const ports = servicePorts(found);
  if (found.spec?.type === 'ExternalName' || ports.length === 0) return undefined;
  if (port.name === undefined && port.number === undefined) return undefined;
  const fits = ports.some((each) =>
    port.number === undefined ? each.name === port.name : each.port === port.number,
  );
  return fits ? undefined : 'IngressPortMissing';
}

function sayPort({ port }: Backend): string {
  return String(port.number ?? port.name ?? '');
}

function symptomOf(
  ref: ObjectRef,
  ingress: Ingress,
  backend: Backend,
  services: readonly Service[],
  fault: Fault,
  impact: Symptom['impact'],
): Symptom {
  const { service, serves } = backend;
  const says =
    fault === 'IngressServiceMissing'
      ? `Service ${service.name} does not exist${sayAlike(service, services)}`
      : `Service ${service.name} has no port ${sayPort(backend)} (it has ${sayPorts(servicesByRef(services).get(service))})`;
  return {
    object: ref,
    reason: fault,
    impact,
    since: ingress.metadata?.creationTimestamp ?? null,
    message: `Ingress ${nameOf(ref)} cannot serve ${serves}: ${says}`,
    evidence: [
      {
        source: 'field',
        at: 'spec.rules[].http.paths[].backend.service',
        text: `${service.name}:${sayPort(backend)}`,
      },
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: false,
      port: sayPort(backend),
      ...(fault === 'IngressServiceMissing' ? { missing: service } : { dependsOn: [service] }),
    },
  };
}

function sayPorts(service: Service | undefined): string {
  const ports = service === undefined ? [] : servicePorts(service);
  return ports
    .map(({ name, port }) => (name === '' ? `${port}` : `${port} ${name}`))
    .slice(0, 4)
    .join(', ');
}

/** Services of the namespace whose name may be meant. */
function sayAlike({ name, namespace }: ObjectRef, services: readonly Service[]): string {
  const alike = servicesAlike(name, namespace, services);
  return alike.length === 0 ? '' : ` (there is ${alike.slice(0, 3).join(', ')})`;
}
