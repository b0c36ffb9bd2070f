import type { Evidence, Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import { judgedPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import { eventsOf, eventsOfContainer } from '../objects/object-events.ts';
import type { Pod } from '../objects/pod.ts';
import { containersOf, type PodContainer, pathOf } from '../objects/pod-containers.ts';
import { notReadySince, proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const imagePull = defineCheck({
  meta: {
    id: 'image-pull',
    title: 'Image cannot be pulled',
    why: 'The container cannot start on this node, and no new pod of this revision can.',
    likelyCauses: [
      'the tag or repository does not exist, or was never pushed',
      'the pull secret is missing, expired or of the wrong service account',
      "the registry's rate limit is used up",
      'the registry cannot be reached from the node: outage, DNS, proxy, certificate',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} rollout undo {workload} # changes the cluster',
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.imagePullSecrets} {.spec.serviceAccountName}"',
    ],
    // Two minutes cover one retry of the kubelet (Robusta's fire_delay); the name of an image cannot mend itself.
    defaults: { graceSeconds: 120 },
    docs: 'https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff',
    finds: {
      14: ['ImagePullBackOff'],
      15: ['ImageNotFound'],
      16: ['ImagePullUnauthorized'],
      17: ['ImagePullRateLimited'],
      18: ['RegistryUnavailable'],
      19: ['InvalidImageName'],
      20: ['ErrImageNeverPull'],
      21: ['ImageInspectError', 'SignatureValidationFailed'],
    },
    cause: { role: 'cause', reason: 'ImagePullBackOff' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of judgedPods(objects, now)) {
      if (pod.status?.phase === 'Failed') continue;
      for (const container of containersOf(pod)) {
        const reason = container.status.state?.waiting?.reason ?? '';
        const hopeless = neverPulled.includes(reason);
        if (!hopeless && !pulling.includes(reason)) continue;
        if (!hopeless && !isOlder(notReadySince(pod).since, thresholds.graceSeconds, now)) continue;
        yield failureOf(pod, container, topology);
      }
    }
  },
});

/** The kubelet's words that alternate with every try. */
const pulling = [
  'ErrImagePull',
  'ImagePullBackOff',
  'RegistryUnavailable',
  'ImageInspectError',
  'SignatureValidationFailed',
];
/** Not even tried. */
const neverPulled = ['InvalidImageName', 'ErrImageNeverPull'];

interface Refusal {
  readonly reason: string;
  readonly says: string;
  readonly pattern: RegExp;
}

/** What registries and runtimes write, the first that matches. Registries answer "denied" also for what does not exist, and hide nothing else behind "not found". */
const refusals: readonly Refusal[] = [
  {
    reason: 'ImagePullRateLimited',
    says: "the registry's rate limit is used up",
    pattern: /toomanyrequests|too many requests|rate limit|\b429\b/i,
  },
  {
    reason: 'ImagePullUnauthorized',
    says: 'the registry denies access (or hides that the repository does not exist)',
    pattern:
      /unauthorized|denied|forbidden|no basic auth credentials|authorization failed|authentication required|\b40[13]\b/i,
  },
  {
    reason: 'ImageNotFound',
    says: 'the image or its tag does not exist',
    pattern:
      /not ?found|manifest unknown|name unknown|does not exist|no match for platform|\b404\b/i,
  },
  {
    reason: 'RegistryUnavailable',
    says: 'the registry cannot be reached',
    pattern:
      /timeout|no such host|connection (?:refused|reset)|tls|x509|deadline exceeded|unreachable|server misbehaving|\bEOF\b|\b50[0-4]\b/i,
  },
];

const plain: { readonly [reason: string]: string } = {
  InvalidImageName: 'the name is not a valid image reference',
  RegistryUnavailable: 'the registry cannot be reached',
  ErrImageNeverPull: 'it is not on the node, and imagePullPolicy Never forbids to fetch it',
  ImageInspectError: 'the container runtime cannot read the image on the node',
  SignatureValidationFailed: 'its signature is not accepted',
};

function failureOf(pod: Pod, container: PodContainer, topology: Topology): Symptom {
  const word = container.status.state?.waiting?.reason ?? '';
  const own = plain[word];
  const told = own === undefined ? refusalOf(pod, container, topology) : undefined;
  const { since, exact } = notReadySince(pod);
  return {
    object: refOf('Pod', pod),
    reason: own === undefined ? (told?.refusal.reason ?? 'ImagePullBackOff') : word,
    impact: topology.impactOf(pod),
    since,
    message: messageOf(container, own, told),
    evidence: evidenceOf(pod, container, told, topology),
    proof: {
      decidedBy: told === undefined ? 'field' : 'message',
      sinceExact: exact,
      ...proofOf(pod, container),
    },
  };
}

function messageOf(container: PodContainer, own: string | undefined, told: Told | undefined) {
  const word = container.status.state?.waiting?.reason ?? '';
  const why = own ?? told?.refusal.says;
  const image = imageOf(container);
  if (why === undefined) return `${word}: ${image}; no event or message says why`;
  const detail = told?.refusal.reason === 'ImageNotFound' ? '' : detailOf(told);
  return `Container ${container.name} cannot pull its image (${word}): ${why}: ${image}${detail}`;
}

function imageOf({ spec }: PodContainer): string {
  return spec?.image ?? 'unknown image';
}

interface Told {
  readonly refusal: Refusal;
  readonly evidence: Evidence;
}

/** The first text, of the container's own state and then of its events from the newest, that says why. */
function refusalOf(pod: Pod, container: PodContainer, topology: Topology): Told | undefined {
  const said = container.status.state?.waiting?.message ?? '';
  const texts: readonly Evidence[] = [
    { source: 'field', at: pathOf(container, 'state.waiting.message'), text: said },
    ...eventsOfContainer(pod, container.name, ['Failed'], topology)
      .map(({ message = '' }) => message)
      .filter((message) => message.includes(imageOf(container)))
      .map((text): Evidence => ({ source: 'event', at: 'Failed', text })),
  ];
  for (const evidence of texts) {
    const spoken = withoutNames(evidence.text, imageOf(container));
    const refusal = refusals.find(({ pattern }) => pattern.test(spoken));
    if (refusal !== undefined) return { refusal, evidence };
  }
  return undefined;
}

/** Without quoted names and the image: `acme/not-found:denied` says nothing about the cause. */
function withoutNames(text: string, image: string): string {
  const words = text
    .replaceAll(image, ' ')
    .replaceAll(/"[^"]*"/g, ' ')
    .split(/\s+/);
  return words.filter((word) => (word.match(/[/:@]/g) ?? []).length < 2).join(' ');
}

/** The runtime's own last words, behind the image. */
function detailOf(told: Told | undefined): string {
  const text = told?.evidence.text.split(/(?:rpc error: )?code = \w+ desc = /).at(-1);
  return text === undefined || text === '' ? '' : ` (${cut(text, 140)})`;
}

function evidenceOf(
  pod: Pod,
  container: PodContainer,
  told: Told | undefined,
  topology: Topology,
): readonly Evidence[] {
  const { reason = '', message = '' } = container.status.state?.waiting ?? {};
  const state: Evidence = {
    source: 'field',
    at: pathOf(container, 'state.waiting'),
    text: message === '' ? reason : `${reason}: ${message}`,
  };
  const secrets = eventsOf(pod, ['FailedToRetrieveImagePullSecret'], topology).slice(0, 1);
  const noSecret = secrets.map(
    ({ message: text = '' }): Evidence => ({
      source: 'event',
      at: 'FailedToRetrieveImagePullSecret',
      text,
    }),
  );
  return [state, ...(told?.evidence.source === 'event' ? [told.evidence] : []), ...noSecret];
}
