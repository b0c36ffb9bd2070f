import type { Evidence, Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import { type Refusal, refusalOf } from '../objects/image-refusal.ts';
import { refOf } from '../objects/meta.ts';
import { eventsOf } from '../objects/object-events.ts';
import type { Pod } from '../objects/pod.ts';
import { type PodContainer, pathOf } from '../objects/pod-containers.ts';
import { notReadySince, proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { waitingContainers } from '../objects/waiting-symptom.ts';
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
      {
        for: ['ImagePullUnauthorized', 'ImagePullRateLimited'],
        run: 'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.imagePullSecrets} {.spec.serviceAccountName}"',
      },
      {
        for: ['ImagePullUnauthorized'],
        run: 'kubectl -n {namespace} get secrets --field-selector type=kubernetes.io/dockerconfigjson',
      },
      {
        for: ['RegistryUnavailable', 'ImagePullRateLimited'],
        run: 'kubectl get pods -A -o wide | grep -E "ErrImagePull|ImagePullBackOff"',
      },
      { for: ['ImagePullNoSpace', 'ImageInspectError'], run: 'kubectl describe node {node}' },
      'kubectl -n {namespace} describe pod {name}',
      {
        for: [
          'ImagePullBackOff',
          'ImageNotFound',
          'ImagePullUnauthorized',
          'InvalidImageName',
          'ErrImageNeverPull',
          'SignatureValidationFailed',
        ],
        run: 'kubectl -n {namespace} rollout undo {workload} # changes the cluster',
      },
    ],
    // Two minutes cover one retry of the kubelet (Robusta's fire_delay); the name of an image cannot mend itself.
    defaults: { graceSeconds: 120 },
    docs: 'https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff',
    finds: {
      14: ['ImagePullBackOff', 'ImagePullNoSpace'],
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
    const words = [...pulling, ...neverPulled];
    for (const [pod, container] of waitingContainers(words, objects, now)) {
      const isHopeless = neverPulled.includes(container.status.state?.waiting?.reason ?? '');
      if (isHopeless || isOlder(notReadySince(pod).since, thresholds.graceSeconds, now))
        yield failureOf(pod, container, topology);
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
    reason: own === undefined ? (told?.reason ?? 'ImagePullBackOff') : word,
    impact: topology.impactOf(pod),
    since,
    message: messageOf(container, own, told),
    evidence: evidenceOf(pod, container, told, topology),
    proof: {
      decidedBy: told?.reason === undefined ? 'field' : 'message',
      sinceExact: exact,
      ...proofOf(pod, container),
    },
  };
}

function messageOf(container: PodContainer, own: string | undefined, told: Refusal | undefined) {
  const word = container.status.state?.waiting?.reason ?? '';
  const image = container.spec?.image ?? 'unknown image';
  const why = own ?? told?.says;
  if (why === undefined && told === undefined)
    return `Container ${container.name} cannot pull its image (${word}): ${image}; no event or message says why`;
  // That it is not there needs no more words.
  const plainly = told?.says === 'the image or its tag does not exist';
  const detail = told === undefined || plainly ? '' : ` (${cut(told.detail, 140)})`;
  return `Container ${container.name} cannot pull its image (${word}): ${why === undefined ? '' : `${why}: `}${image}${detail}`;
}

function evidenceOf(
  pod: Pod,
  container: PodContainer,
  told: Refusal | undefined,
  topology: Topology,
): readonly Evidence[] {
  const { reason = '', message = '' } = container.status.state?.waiting ?? {};
  const state: Evidence = {
    source: 'field',
    at: pathOf(container, 'state.waiting'),
    text: message === '' ? reason : `${reason}: ${message}`,
  };
  // Evidence only: kubelets say it also of pods that pull without it.
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
