import type { Symptom } from '../model/finding.ts';
import { keyOf, nameOf } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { servicesAlike, servicesNamed } from '../objects/alike-services.ts';
import {
  addressesOf,
  type Meant,
  meantBy,
  type Named,
  namespaceTest,
  sayNamed,
  servicesByRef,
} from '../objects/dependencies.ts';
import type { Objects } from '../objects/kinds.ts';
import { once } from '../objects/remembered.ts';
import { isFailing } from '../objects/running-failure.ts';
import { costTo } from '../objects/template-cost.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const envServiceMissing = defineCheck({
  meta: {
    id: 'env-service-missing',
    title: 'A workload is told to use a Service that does not exist',
    why: 'The name cannot be resolved: whatever the workload needs there fails.',
    likelyCauses: [
      'the name or namespace in the environment variable is misspelt, or of another environment',
      'the Service was renamed, deleted or never installed',
    ],
    commands: [
      'kubectl -n {namespace} get services',
      'kubectl -n {namespace} set env {workload} --list',
      'kubectl -n {namespace} get {workload} -o yaml',
    ],
    // Workload and Service are often applied one after the other.
    defaults: { graceSeconds: 600 },
    docs: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
    finds: { 129: ['EnvServiceMissing'] },
    cause: { role: 'cause', reason: 'ServiceMissing' },
  },
  needs: ['Service'],
  helps: ['Pod', 'Namespace', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'],
  *judge(objects, { now, thresholds, topology }) {
    const isNamespace = namespaceTest(objects.Namespace);
    const known = servicesByRef(objects.Service);
    const podNames = once(() => new Set(objects.Pod.map(({ metadata }) => metadata?.name ?? '')));
    const told = new Set<string>();
    for (const named of addressesOf(objects)) {
      const { workload, host } = named;
      const meant = meantBy(host, workload.ref.namespace, isNamespace);
      if (meant === undefined || known.get(meant.service) !== undefined) continue;
      if (!isOlder(workload.created, thresholds.graceSeconds, now)) continue;
      // Where Services of that namespace were not read, nothing is known of them.
      if (!topology.read('Service', meant.service.namespace)) continue;
      if (meant.form === 'short' && !isSurelyMeant(named, meant, objects, podNames, topology))
        continue;
      const key = `${keyOf(workload.ref)} ${keyOf(meant.service)}`;
      if (told.has(key)) continue;
      told.add(key);
      yield symptomOf(named, meant, objects, topology);
    }
  },
});

/** Variables that name what a client connects to. */
const clientVariable =
  /(?:^|_)(?:DB|DATABASE|SQL|MYSQL|MARIADB|POSTGRES|POSTGRESQL|PG|MONGO|MONGODB|REDIS|MEMCACHED|CACHE|KAFKA|RABBITMQ|AMQP|NATS|ELASTICSEARCH|OPENSEARCH|CONSUL|VAULT|API|BACKEND|UPSTREAM|SERVICE|SVC)_?(?:HOST|HOSTNAME|ADDR|ADDRESS)$/i;
/** Any other host that a variable names, where it is not what the process itself is called or listens on. */
const hostVariable = /_(?:HOST|HOSTNAME|ADDR|ADDRESS)$/i;
const ownVariable = /BIND|LISTEN|VIRTUAL|ADVERTISE|SELF|PUBLIC|EXTERNAL|NODE|POD|SERVER|INGRESS/i;
/** What is often no Service: a proxy of the network outside, the engine beside a build. */
const outerVariable = /PROXY|^DOCKER_HOST$/i;

/**
 * Whether a name without `.svc` is a host that nothing else resolves. Nodes hand their pods search domains, and `payments.shop` is a name of the world outside too:
 * it needs a Service that may be meant, or a workload that fails.
 */
function isSurelyMeant(
  named: Named,
  { service }: Meant,
  { Service: services }: Pick<Objects, 'Service'>,
  podNames: () => ReadonlySet<string>,
  topology: Topology,
): boolean {
  const { host, port, variable, workload } = named;
  const aliases = (workload.template.spec?.hostAliases ?? []).flatMap(
    ({ hostnames = [] }) => hostnames,
  );
  if (aliases.includes(host) || podNames().has(host) || !/[a-z]/.test(host)) return false;
  if (/^(?:true|false|none|null|auto|default|disabled|enabled)$/.test(host)) return false;
  if (servicesAlike(service.name, service.namespace, services).length > 0) return true;
  const isHost = port !== undefined || clientVariable.test(variable);
  if (isHost && servicesNamed(service.name, services).length > 0) return true;
  if (outerVariable.test(variable) || !isFailing(workload.ref, topology)) return false;
  return isHost || (hostVariable.test(variable) && !ownVariable.test(variable));
}

function symptomOf(
  named: Named,
  { service, form }: Meant,
  { Service: services }: Pick<Objects, 'Service'>,
  topology: Topology,
): Symptom {
  const { ref, created } = named.workload;
  return {
    object: ref,
    reason: 'EnvServiceMissing',
    impact: costTo(ref, topology),
    since: created ?? null,
    message: `${ref.kind} ${nameOf(ref)}: ${sayNamed(named)}, and Service ${nameOf(service)} does not exist${sayAlike(service.name, service.namespace, services)}`,
    evidence: [
      {
        source: 'field',
        at: `spec.template.spec.containers[${named.container}].env[${named.variable}]`,
        text: named.host,
      },
    ],
    proof: {
      decidedBy: form === 'full' ? 'field' : 'message',
      sinceExact: false,
      container: named.container,
      missing: service,
    },
  };
}

/** Services that may be meant: alike in the same namespace, or of the same name in another. */
function sayAlike(name: string, namespace: string | null, services: Objects['Service']): string {
  const elsewhere = servicesNamed(name, services).filter((each) => each.namespace !== namespace);
  const alike = [...servicesAlike(name, namespace, services), ...elsewhere.map(nameOf)].sort();
  return alike.length === 0 ? '' : ` (there is ${alike.slice(0, 3).join(', ')})`;
}
