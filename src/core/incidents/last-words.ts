import type { Checked, Evidence, LastWords, Proof } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { type ContainerLog, keyOf, type ObjectRef } from '../model/snapshot.ts';
import { cut } from '../model/text.ts';

import { meantBy } from '../objects/dependencies.ts';
import { endMessages } from '../objects/end-messages.ts';
import type { Objects } from '../objects/kinds.ts';
import { type Words, wordsOf } from '../objects/last-words.ts';
import type { KnownWords } from '../objects/last-words-table.ts';
import type { Address } from '../objects/log-addresses.ts';
import type { Service } from '../objects/network-and-storage.ts';
import { once } from '../objects/remembered.ts';
import { type ServiceAddresses, serviceAddresses } from '../objects/service-addresses.ts';
import type { Surroundings } from './surroundings.ts';

/** UTF-16 units of a message and of the line that ends it. */
const longest = { message: 300, line: 180 };

/** Whom last words may blame. */
interface Neighbours {
  readonly around: Surroundings;
  readonly services: ServiceAddresses;
  /** The cluster's name server, where its Service was read; `fails`: something tells of it. */
  readonly dns: () => { readonly service: ObjectRef; readonly fails: boolean } | undefined;
}

/**
 * What the checks saw, with what the containers wrote last, into their log or else their termination message: the line is evidence,
 * ends the message, and may name a likely cause and the Service it depends on. Pods of one template die of the same, so that is said of all of them.
 */
export function withLastWords(
  symptoms: readonly Checked[],
  logs: readonly ContainerLog[],
  around: Surroundings,
  { Service: services, Pod: pods }: Pick<Objects, 'Service' | 'Pod'>,
): readonly Checked[] {
  const neighbours: Neighbours = {
    around,
    services: serviceAddresses(services),
    dns: once(() => nameServer(symptoms, around, services)),
  };
  const messageOf = endMessages(pods);
  const byContainer = groupBy(logs, ({ namespace, pod, container }) =>
    JSON.stringify([namespace, pod, container]),
  );
  const told = symptoms.map((symptom) => {
    const { object, proof, cause } = symptom;
    if (object.kind !== 'Pod' || cause.role === 'other') return symptom;
    const place = JSON.stringify([object.namespace, object.name, proof.container]);
    const log = byContainer.get(place)?.at(-1);
    const written = log === undefined ? undefined : wordsIn(log, symptom);
    const words = written ?? wordsOf(messageOf(object, proof.container), true);
    const source = written === undefined ? 'field' : 'log';
    return words === undefined ? symptom : withWords(symptom, words, source, neighbours);
  });
  return shared(told, around);
}

function wordsIn({ lines, previous }: ContainerLog, { proof }: Checked): Words | undefined {
  return wordsOf(lines, previous || proof.exitCode !== undefined);
}

function withWords(
  symptom: Checked,
  words: Words,
  source: 'field' | 'log',
  neighbours: Neighbours,
): Checked {
  const { line, known } = words;
  const { container = '' } = symptom.proof;
  const at = source === 'log' ? container : `state.terminated.message of container ${container}`;
  const said = [line, ...words.before].map((text): Evidence => ({ source, at, text }));
  return {
    ...symptom,
    message: endedWith(symptom.message, line, source),
    evidence: [...symptom.evidence, ...said],
    proof: {
      ...symptom.proof,
      lastWords: known === undefined ? { line } : saidOf(words, known, symptom, neighbours),
      ...(known === undefined ? {} : { decidedBy: 'message' as const }),
      ...whomOf(symptom, words, neighbours),
    },
  };
}

function saidOf(
  { line, addresses }: Words,
  { reason }: KnownWords,
  { object }: Checked,
  { services }: Neighbours,
): LastWords {
  const isOutside = ({ host }: Address) =>
    !isIP(host) && services.named(host, object.namespace) === undefined;
  const elsewhere = addresses.length > 0 && addresses.every(isOutside);
  return elsewhere ? { line, reason, elsewhere } : { line, reason };
}

/** A pod may be called by its address, which says nothing of its Service; what is on this host is nobody else. */
function isIP(host: string): boolean {
  return /^(?!127\.)[\d.]+$|:/.test(host);
}

/** `Container api is in a crash loop (exit 1); its log ends: connect ECONNREFUSED 10.0.0.5:5432`. */
function endedWith(message: string, line: string, source: 'field' | 'log'): string {
  if (message.includes(cut(line, 80).replace(/…$/, ''))) return message;
  const tail = `; its ${source === 'log' ? 'log ends' : 'last message'}: ${cut(line, longest.line)}`;
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
  const dns = known.silentDns === true ? neighbours.dns() : undefined;
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
): ReturnType<Neighbours['dns']> {
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
