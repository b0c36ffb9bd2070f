import type { Evidence } from '../model/finding.ts';
import { ownWords } from './cluster-objects.ts';
import { eventsOfContainer } from './object-events.ts';
import type { Pod } from './pod.ts';
import { type PodContainer, pathOf } from './pod-containers.ts';
import type { Topology } from './topology.ts';

/** What a text says of a pull that failed. */
export interface Refusal {
  /** Our sub-cause; undefined where the text is none that we know. */
  readonly reason: string | undefined;
  readonly says: string | undefined;
  /** The runtime's own last words. */
  readonly detail: string;
  readonly evidence: Evidence;
}

interface Rule {
  readonly reason: string;
  readonly says: string;
  readonly pattern: RegExp;
}

/** What registries and runtimes (containerd, CRI-O, dockershim) write, the first that matches. Registries answer "denied" also for what does not exist, and hide nothing else behind "not found". */
const rules: readonly Rule[] = [
  {
    reason: 'ImagePullRateLimited',
    says: "the registry's rate limit is used up",
    pattern: /toomanyrequests|too many requests|rate limit|rate exceeded|\b429\b/i,
  },
  {
    reason: 'ImageNotFound',
    says: "the image is not built for the node's platform",
    pattern:
      /no match for platform|no matching manifest for|cannot be used on this platform|no image found in (?:manifest list|image index) for/i,
  },
  {
    reason: 'RegistryUnavailable',
    says: "the node does not trust the registry's certificate",
    pattern: /x509:|certificate/i,
  },
  {
    reason: 'ImagePullUnauthorized',
    says: "the node's credential helper fails",
    pattern: /error getting credentials|credential.{0,80}executable file not found/i,
  },
  {
    reason: 'ImagePullUnauthorized',
    says: 'the registry denies access (or hides that the repository does not exist)',
    pattern:
      /unauthorized|denied|forbidden|no basic auth credentials|authorization failed|authentication required|authorization token has expired|\b40[13]\b/i,
  },
  {
    reason: 'ImagePullNoSpace',
    says: "the node's disk is full",
    pattern: /no space left on device|disk quota exceeded/i,
  },
  {
    reason: 'RegistryUnavailable',
    says: "the registry's name cannot be resolved on the node",
    pattern: /no such host|server misbehaving|name resolution|\bdial tcp: lookup\b/i,
  },
  {
    reason: 'ImageNotFound',
    says: 'the image or its tag does not exist',
    pattern:
      /not ?found|manifest unknown|name unknown|does not exist|did not resolve to an alias|\b404\b/i,
  },
  {
    reason: 'RegistryUnavailable',
    says: 'the registry cannot be reached',
    pattern:
      /timeout|connection (?:refused|reset)|\btls\b|deadline exceeded|unreachable|no route to host|HTTP response to HTTPS client|proxyconnect|\bEOF\b|\b50[0-4]\b/i,
  },
];

/** The first text that says why, of the container's own state and then of its events from the newest; else the first that says anything. */
export function refusalOf(
  pod: Pod,
  container: PodContainer,
  topology: Topology,
): Refusal | undefined {
  const image = container.spec?.image ?? '';
  const said = container.status.state?.waiting?.message ?? '';
  const texts: readonly Evidence[] = [
    { source: 'field', at: pathOf(container, 'state.waiting.message'), text: said },
    ...eventsOfContainer(pod, container.name, ['Failed'], topology)
      .map(({ message = '' }) => message)
      .filter((message) => image !== '' && message.includes(image))
      .map((text): Evidence => ({ source: 'event', at: 'Failed', text })),
  ];
  const read = texts.map((evidence) => readRefusal(evidence, image));
  return (
    read.find(({ reason }) => reason !== undefined) ?? read.find(({ detail }) => detail !== '')
  );
}

function readRefusal(evidence: Evidence, image: string): Refusal {
  const spoken = withoutNames(evidence.text, image);
  const rule = rules.find(({ pattern }) => pattern.test(spoken));
  return { reason: rule?.reason, says: rule?.says, detail: detailOf(evidence.text), evidence };
}

/** Without quoted names and the image: `acme/not-found:denied` says nothing about the cause. */
function withoutNames(text: string, image: string): string {
  const words = (image === '' ? text : text.replaceAll(image, ' '))
    .replaceAll(/"[^"]*"/g, ' ')
    .split(/\s+/);
  return words.filter((word) => (word.match(/[/:@]/g) ?? []).length < 2).join(' ');
}

/** What stands behind the kubelet's own words and the runtime's code; empty where nothing does. */
function detailOf(text: string): string {
  const last = text.split(/(?:rpc error: )?code = \w+ desc = /).at(-1) ?? '';
  return ownWords(last)
    .replace(/^(?:Back-off pulling image|Failed to pull image) "[^"]*"(?:: )?/, '')
    .replace(/^ErrImagePull(?:: )?/, '')
    .replace(/^(?:failed to (?:pull and unpack image|resolve reference) "[^"]*": ){1,2}/, '')
    .replace(/(https?:\/\/[^\s"?]{1,300})\?[^\s"]{1,2000}/g, '$1');
}
