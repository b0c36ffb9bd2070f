import type { Checked, Evidence, Proof } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { type ContainerLog, keyOf, type ObjectRef } from '../model/snapshot.ts';
import { cut } from '../model/text.ts';
import { meantBy } from '../objects/dependencies.ts';
import { type Words, wordsOf } from '../objects/last-words.ts';
import type { Service } from '../objects/network-and-storage.ts';
import { type ServiceAddresses, serviceAddresses } from '../objects/service-addresses.ts';
import type { Surroundings } from './surroundings.ts';

/** UTF-16 units of a message and of the line that ends it. */
const longest = { message: 300, line: 180 };

/** Whom last words may blame. */
interface Neighbours {
  readonly around: Surroundings;
  readonly services: ServiceAddresses;
  /** The cluster's name server, where its Service was read; `fails`: something tells of it. */
  readonly dns: { readonly service: ObjectRef; readonly fails: boolean } | undefined;
}

/**
 * What the checks saw, with what the containers wrote last: the line is evidence, ends the message, and may name a
 * likely cause and the Service it depends on. Pods of one template die of the same, so that is said of all of them.
 */
export function withLastWords(
  symptoms: readonly Checked[],
  logs: readonly ContainerLog[],
  around: Surroundings,
  services: readonly Service[],
): readonly Checked[] {
  if (logs.length === 0) return symptoms;
  const neighbours: Neighbours = {
    around,
    services: serviceAddresses(services),
    dns: nameServer(symptoms, around, services),
  };
  const byContainer = groupBy(logs, ({ namespace, pod, container }) =>
    JSON.stringify([namespace, pod, container]),
  );
  const told = symptoms.map((symptom) => {
    const { object, proof, cause } = symptom;
    if (object.kind !== 'Pod' || cause.role === 'other') return symptom;
    const place = JSON.stringify([object.namespace, object.name, proof.container]);
    const log = byContainer.get(place)?.at(-1);
    return log === undefined ? symptom : withWords(symptom, log, neighbours);
  });
  return shared(told, around);
}

function withWords(symptom: Checked, log: ContainerLog, neighbours: Neighbours): Checked {
  const ended = log.previous || symptom.proof.exitCode !== undefined;
  const words = wordsOf(log.lines, ended);
  if (words === undefined) return symptom;
  const { line, known } = words;
  const said = [line, ...words.before].map(
    (text): Evidence => ({ source: 'log', at: log.container, text }),
  );
  return {
    ...symptom,
    message: endedWith(symptom.message, line),
    evidence: [...symptom.evidence, ...said],
    proof: {
      ...symptom.proof,
      lastWords: known === undefined ? { line } : { line, reason: known.reason },
      ...(known === undefined ? {} : { decidedBy: 'message' as const }),
      ...whomOf(symptom, words, neighbours),
    },
  };
}

/** `Container api is in a crash loop (exit 1); its log ends: connect ECONNREFUSED 10.0.0.5:5432`. */
function endedWith(message: string, line: string): string {
  if (message.includes(line)) return message;
  const tail = `; its log ends: ${cut(line, longest.line)}`;
  return `${cut(message, longest.message - tail.length)}${tail}`;
}

/** Whom the words blame: a Service of this cluster, the name server where it did not answer, or a Service that does not exist. Never itself. */
function whomOf(
  symptom: Checked,
  { known, addresses }: Words,
  neighbours: Neighbours,
): Pick<Proof, 'dependsOn' | 'missing'> {
  if (known?.dependency !== true) return {};
  const { namespace } = symptom.object;
  const service = addresses
    .map(({ host }) => neighbours.services.named(host, namespace))
    .find((ref) => ref !== undefined);
  const dns = known.silentDns === true ? neighbours.dns : undefined;
  if (dns !== undefined && (service !== undefined || dns.fails))
    return dependingOn(dns.service, symptom);
  if (service !== undefined)
    return isOwn(service, symptom, neighbours.around) ? {} : dependingOn(service, symptom);
  const claimed = addresses
    .map(({ host }) => meantBy(host, namespace, () => false))
    .find((meant) => meant?.form === 'full')?.service;
  if (known.reason !== 'DependencyNotResolved' || claimed === undefined) return {};
  const read = neighbours.around.topology.read('Service', claimed.namespace);
  return read && symptom.proof.missing === undefined ? { missing: claimed } : {};
}

function dependingOn(service: ObjectRef, { proof }: Checked): Pick<Proof, 'dependsOn'> {
  const others = (proof.dependsOn ?? []).filter((ref) => keyOf(ref) !== keyOf(service));
  return { dependsOn: [service, ...others] };
}

/** Members of one workload look for each other through its Service. */
function isOwn(service: ObjectRef, { object }: Checked, around: Surroundings): boolean {
  const own = keyOf(around.workloadOf(object));
  return around.selectedBy(service).some((each) => keyOf(each) === own);
}

/** CoreDNS goes by kube-dns' label and name, so that resolvers find it. */
function nameServer(
  symptoms: readonly Checked[],
  around: Surroundings,
  services: readonly Service[],
): Neighbours['dns'] {
  const found = services.find(
    ({ metadata }) =>
      (metadata?.namespace === 'kube-system' && metadata.labels?.['k8s-app'] === 'kube-dns') ||
      (metadata?.namespace === 'kube-system' && metadata.name === 'kube-dns') ||
      (metadata?.namespace === 'openshift-dns' && metadata.name === 'dns-default'),
  );
  if (found === undefined) return undefined;
  const { namespace = null, name = '' } = found.metadata ?? {};
  const service = { kind: 'Service', namespace, name };
  const itself = new Set([service, ...around.selectedBy(service)].map(keyOf));
  const fails = symptoms.some(({ object }) => itself.has(keyOf(around.workloadOf(object))));
  return { service, fails };
}

/** One pod of each is asked; the others of its template and check die of the same, as far as anybody knows. */
function shared(symptoms: readonly Checked[], around: Surroundings): readonly Checked[] {
  const kin = ({ check, object, proof }: Checked) =>
    JSON.stringify([check, keyOf(around.workloadOf(object)), proof.container, proof.templateHash]);
  const blaming = symptoms.filter(({ proof }) => proof.lastWords?.reason !== undefined);
  if (blaming.length === 0) return symptoms;
  const first = new Map(blaming.map((each) => [kin(each), each]).reverse() as [string, Checked][]);
  return symptoms.map((symptom) => {
    if (symptom.proof.lastWords !== undefined || symptom.object.kind !== 'Pod') return symptom;
    const asked = first.get(kin(symptom));
    return asked === undefined ? symptom : { ...symptom, proof: likeProof(symptom, asked) };
  });
}

function likeProof({ proof }: Checked, asked: Checked): Proof {
  const { dependsOn, missing } = asked.proof;
  return {
    ...proof,
    decidedBy: 'message',
    ...(dependsOn === undefined ? {} : { dependsOn }),
    ...(missing === undefined || proof.missing !== undefined ? {} : { missing }),
  };
}
