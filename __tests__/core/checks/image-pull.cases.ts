import { ago, api, conditions, event, init, pod, status, vary, waiting } from './pods.ts';
import type { Case, Expected } from './suite.ts';
import { waitingPod, waits } from './waiting-pods.ts';

const bad = waitingPod('ImagePullBackOff', 'Back-off pulling image "registry.example/shop/api:1"');
const says = (name: string, message: string, expected: Expected): Case => ({
  name,
  objects: { Pod: [waitingPod('ErrImagePull', message)] },
  expect: [{ ...expected, says: ['api', 'ErrImagePull', api.image, ...(expected.says ?? [])] }],
});
const failed = (message: string, more: object = {}) =>
  event('Failed', `Failed to pull image "${api.image}": ${message}`, more);
const containerd = `rpc error: code = NotFound desc = failed to pull and unpack image "${api.image}": failed to resolve reference "${api.image}": ${api.image}: not found`;

/** What runtimes and registries really write, verbatim but for names. */
const verbatim: readonly (readonly [from: string, reason: string, message: string])[] = [
  [
    'Docker Hub by containerd: no such repository, or private',
    'ImagePullUnauthorized',
    'rpc error: code = Unknown desc = failed to pull and unpack image "docker.io/acme/api:1": failed to resolve reference "docker.io/acme/api:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  ],
  [
    'Docker Hub by docker: no such repository, or private',
    'ImagePullUnauthorized',
    "rpc error: code = Unknown desc = Error response from daemon: pull access denied for acme/api, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
  ],
  [
    'Docker Hub by containerd: no such tag',
    'ImageNotFound',
    'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:9": failed to resolve reference "docker.io/library/nginx:9": docker.io/library/nginx:9: not found',
  ],
  [
    'Docker Hub by docker: no such tag',
    'ImageNotFound',
    'rpc error: code = Unknown desc = Error response from daemon: manifest for nginx:9 not found: manifest unknown: manifest unknown',
  ],
  [
    'Docker Hub by containerd: rate limit',
    'ImagePullRateLimited',
    'failed to pull and unpack image "docker.io/library/nginx:1": failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/nginx/manifests/sha256:0d17: 429 Too Many Requests - Server message: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
  ],
  [
    'CRI-O: no such tag',
    'ImageNotFound',
    'reading manifest 1.9 in docker.io/library/api: manifest unknown',
  ],
  [
    'CRI-O: denied',
    'ImagePullUnauthorized',
    'initializing source docker://quay.io/acme/api:1: reading manifest 1 in quay.io/acme/api: unauthorized: access to the requested resource is not authorized',
  ],
  [
    'CRI-O: Docker Hub denies',
    'ImagePullUnauthorized',
    'reading manifest latest in docker.io/acme/api: errors:\ndenied: requested access to the resource is denied\nunauthorized: authentication required\n',
  ],
  [
    'CRI-O: no DNS',
    'RegistryUnavailable',
    'pinging container registry registry.example: Get "https://registry.example/v2/": dial tcp: lookup registry.example on 10.0.0.10:53: no such host',
  ],
  [
    'containerd on musl: no DNS',
    'RegistryUnavailable',
    'failed to pull and unpack image "docker.io/library/nginx:1": failed to resolve reference "docker.io/library/nginx:1": failed to do request: Head "https://registry-1.docker.io/v2/library/nginx/manifests/1": dial tcp: lookup registry-1.docker.io: Try again',
  ],
  [
    'CRI-O: rate limit',
    'ImagePullRateLimited',
    'reading manifest 1 in docker.io/library/nginx: toomanyrequests: You have reached your pull rate limit.',
  ],
  [
    'CRI-O: a short name',
    'ImageNotFound',
    'short-name "api:1" did not resolve to an alias and no unqualified-search registries are defined in "/etc/containers/registries.conf"',
  ],
  [
    'CRI-O: another platform',
    'ImageNotFound',
    'choosing an image from manifest list docker://quay.io/acme/api:1: no image found in manifest list for architecture arm64, variant "v8", OS linux',
  ],
  [
    'containerd: another platform',
    'ImageNotFound',
    'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/acme/api:1": no match for platform in manifest: not found',
  ],
  [
    'docker: another platform',
    'ImageNotFound',
    'no matching manifest for linux/arm64/v8 in the manifest list entries',
  ],
  [
    'ECR: no credentials',
    'ImagePullUnauthorized',
    'rpc error: code = Unknown desc = Error response from daemon: Get "https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/v2/api/manifests/1": no basic auth credentials',
  ],
  [
    'ECR: the token has expired',
    'ImagePullUnauthorized',
    'rpc error: code = Unknown desc = Error response from daemon: denied: Your authorization token has expired. Reauthenticate and try again.',
  ],
  [
    'ECR: no right',
    'ImagePullUnauthorized',
    'failed to resolve reference "123456789012.dkr.ecr.eu-central-1.amazonaws.com/api:1": unexpected status from HEAD request to https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/v2/api/manifests/1: 403 Forbidden',
  ],
  [
    'ECR: no such repository',
    'ImageNotFound',
    "name unknown: The repository with name 'api' does not exist in the registry with id '123456789012'",
  ],
  [
    'ECR Public: rate limit',
    'ImagePullRateLimited',
    'failed to resolve reference "public.ecr.aws/acme/api:1": toomanyrequests: Rate exceeded',
  ],
  [
    'GAR: no right, or no such repository',
    'ImagePullUnauthorized',
    'failed to resolve reference "europe-docker.pkg.dev/acme/r/api:1": failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://europe-docker.pkg.dev/v2/token?scope=repository%3Aacme%2Fr%2Fapi%3Apull: 403 Forbidden',
  ],
  [
    'GAR by docker',
    'ImagePullUnauthorized',
    'denied: Permission "artifactregistry.repositories.downloadArtifacts" denied on resource "projects/acme/locations/europe/repositories/r" (or it may not exist)',
  ],
  [
    'GCR: no such tag',
    'ImageNotFound',
    'rpc error: code = NotFound desc = failed to pull and unpack image "gcr.io/acme/api:2": failed to resolve reference "gcr.io/acme/api:2": gcr.io/acme/api:2: not found',
  ],
  [
    'ACR: no right',
    'ImagePullUnauthorized',
    'failed to resolve reference "acme.azurecr.io/api:1": failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://acme.azurecr.io/oauth2/token?scope=repository%3Aapi%3Apull: 401 Unauthorized',
  ],
  [
    'GHCR: private',
    'ImagePullUnauthorized',
    'failed to resolve reference "ghcr.io/acme/api:1": failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aacme%2Fapi%3Apull&service=ghcr.io: 401 Unauthorized',
  ],
  ['GHCR by docker', 'ImagePullUnauthorized', 'Error response from daemon: denied'],
  [
    'Harbor: no right',
    'ImagePullUnauthorized',
    'unauthorized: unauthorized to access repository: shop/api, action: pull: unauthorized to access repository: shop/api, action: pull',
  ],
  [
    'Harbor: no such tag',
    'ImageNotFound',
    'Error response from daemon: unknown: artifact shop/api:9 not found',
  ],
  [
    'a certificate that the node does not know',
    'RegistryUnavailable',
    'failed to resolve reference "registry.example/shop/api:1": failed to do request: Head "https://registry.example/v2/shop/api/manifests/1": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  [
    'a certificate for another name',
    'RegistryUnavailable',
    'failed to do request: Head "https://registry.example/v2/api/manifests/1": x509: certificate is valid for ingress.local, not registry.example',
  ],
  [
    'a registry without TLS',
    'RegistryUnavailable',
    'failed to do request: Head "https://registry.example:5000/v2/api/manifests/1": http: server gave HTTP response to HTTPS client',
  ],
  [
    'the token server has no name here',
    'RegistryUnavailable',
    'failed to authorize: failed to fetch anonymous token: Get "https://auth.docker.io/token?scope=repository%3Alibrary%2Fnginx%3Apull": dial tcp: lookup auth.docker.io on 169.254.20.10:53: server misbehaving',
  ],
  [
    'nothing listens',
    'RegistryUnavailable',
    'failed to do request: Head "http://10.96.12.7:5000/v2/api/manifests/1": dial tcp 10.96.12.7:5000: connect: connection refused',
  ],
  [
    'no route',
    'RegistryUnavailable',
    'failed to do request: Head "https://10.0.0.9/v2/api/manifests/1": dial tcp 10.0.0.9:443: connect: no route to host',
  ],
  [
    'the registry is ill',
    'RegistryUnavailable',
    'unexpected status from HEAD request to https://registry.example/v2/api/manifests/1: 503 Service Unavailable',
  ],
  [
    "the node's credential helper",
    'ImagePullUnauthorized',
    'error getting credentials - err: exec: "docker-credential-ecr-login": executable file not found in $PATH, out: ``',
  ],
  [
    "the node's disk",
    'ImagePullNoSpace',
    'rpc error: code = Unknown desc = failed to pull and unpack image "docker.io/acme/api:1": failed to extract layer sha256:0d17: write /var/lib/containerd/tmp: no space left on device: unknown',
  ],
  ['the kubelet itself', 'ImagePullBackOff', 'pull QPS exceeded'],
  [
    'a format of old',
    'ImagePullBackOff',
    'not implemented: media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported since containerd v2.1',
  ],
];

export const cases: readonly Case[] = [
  says(
    'what the registry answers, without the question',
    `failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://gitlab.example/jwt/auth?scope=${'repository%3Aacme%2Fapi%3Apull&'.repeat(6)}service=registry: 403 Forbidden`,
    { reason: 'ImagePullUnauthorized', says: ['https://gitlab.example/jwt/auth 403 Forbidden'] },
  ),
  {
    name: 'nobody says why',
    objects: { Pod: [bad] },
    expect: [
      {
        object: { name: 'api-7d9f-x' },
        reason: 'ImagePullBackOff',
        impact: 'outage',
        since: ago(30),
        says: [
          `Container api cannot pull its image (ImagePullBackOff): ${api.image}; no event or message says why`,
        ],
        proof: {
          decidedBy: 'field',
          sinceExact: true,
          container: 'api',
          image: api.image,
          node: 'node-a',
          templateHash: '7d9f',
        },
      },
    ],
  },
  {
    name: 'ErrImagePull is the same thing',
    objects: { Pod: [waitingPod('ErrImagePull')] },
    expect: [{ reason: 'ImagePullBackOff', says: ['ErrImagePull'] }],
  },
  says('not found (containerd)', containerd, {
    reason: 'ImageNotFound',
    proof: { decidedBy: 'message' },
  }),
  says(
    'not found (docker)',
    `Error response from daemon: manifest for ${api.image} not found: manifest unknown`,
    { reason: 'ImageNotFound' },
  ),
  says('unauthorized', 'rpc error: code = Unknown desc = unexpected status code 401 Unauthorized', {
    reason: 'ImagePullUnauthorized',
  }),
  says(
    'denied, which registries also say of what is not there',
    `Error response from daemon: pull access denied for shop/api, repository does not exist or may require 'docker login'`,
    { reason: 'ImagePullUnauthorized' },
  ),
  says('rate limited', 'toomanyrequests: You have reached your pull rate limit. unauthorized', {
    reason: 'ImagePullRateLimited',
  }),
  says(
    'not reachable',
    'Get "https://registry.example/v2/": dial tcp: lookup registry.example: no such host',
    { reason: 'RegistryUnavailable', says: ['no such host'] },
  ),
  says(
    "what failed, not the image's name over again",
    `failed to pull and unpack image "${api.image}": failed to resolve reference "${api.image}": failed to do request: Head "https://registry.example/v2/shop/api/manifests/1": dial tcp 10.0.0.9:443: i/o timeout`,
    { reason: 'RegistryUnavailable', says: ['(failed to do request: Head', 'i/o timeout)'] },
  ),
  says('a certificate', 'Get "https://registry.example/v2/": x509: certificate has expired', {
    reason: 'RegistryUnavailable',
  }),
  ...(
    [
      ['ImagePullRateLimited', ['Too Many Requests', 'rate limit', 'status code 429']],
      [
        'ImagePullUnauthorized',
        [
          '403 Forbidden',
          'no basic auth credentials',
          'insufficient_scope: authorization failed',
          'authentication required',
          'status 403',
        ],
      ],
      [
        'ImageNotFound',
        [
          'name unknown',
          'repository does not exist',
          'no match for platform in manifest',
          'status code 404',
        ],
      ],
      [
        'RegistryUnavailable',
        [
          'TLS handshake',
          'context deadline exceeded',
          'network is unreachable',
          'server misbehaving',
          'connection reset by peer',
          'unexpected EOF',
          '503 Service',
        ],
      ],
    ] as const
  ).flatMap(([reason, texts]) => texts.map((text) => says(text, text, { reason }))),
  ...verbatim.map(([from, reason, message]) => says(from, message, { reason })),
  {
    name: 'the words behind the back-off (1.31 and later)',
    objects: {
      Pod: [
        waitingPod(
          'ImagePullBackOff',
          'Back-off pulling image "registry.example/shop/api:1": ErrImagePull: pull QPS exceeded',
        ),
      ],
    },
    expect: [
      {
        reason: 'ImagePullBackOff',
        message: `Container api cannot pull its image (ImagePullBackOff): ${api.image} (pull QPS exceeded)`,
        proof: { decidedBy: 'field' },
      } as Expected,
    ],
  },
  {
    name: 'words that nobody knows, of an event',
    objects: { Pod: [bad], Event: [failed('the moon is full')] },
    expect: [{ reason: 'ImagePullBackOff', says: ['(the moon is full)'] }],
  },
  {
    name: 'names say nothing about the cause',
    objects: {
      Pod: [
        vary(
          waitingPod(
            'ErrImagePull',
            'failed to resolve "acme/denied": acme/unauthorized:1 and r.example/not-found:denied: dial tcp: i/o timeout',
          ),
          { spec: { containers: [{ name: 'api', image: 'acme/unauthorized:1' }] } },
        ),
      ],
    },
    expect: [{ reason: 'RegistryUnavailable' }],
  },
  {
    name: "the pod's events refine, the newest first",
    objects: {
      Pod: [bad],
      Event: [
        failed('dial tcp: i/o timeout', { lastTimestamp: ago(9) }),
        failed('manifest unknown', { lastTimestamp: ago(3) }),
        event('Failed', 'Error: ImagePullBackOff', { lastTimestamp: ago(1) }),
      ],
    },
    expect: [{ reason: 'ImageNotFound', proof: { decidedBy: 'message' } }],
  },
  {
    name: 'only events about this container, this image and this pod',
    objects: {
      Pod: [bad],
      Event: [
        failed('not found', {
          involvedObject: { uid: 'uid-1', fieldPath: 'spec.containers{mesh}' },
        }),
        failed('not found', { involvedObject: { uid: 'uid-0' } }),
        event('Failed', 'Failed to pull image "mesh:1": not found'),
        event('FailedMount', `${api.image} not found`),
      ],
    },
    expect: [{ reason: 'ImagePullBackOff' }],
  },
  {
    name: 'a pull secret that is not there is evidence',
    objects: {
      Pod: [waitingPod('ErrImagePull', 'unauthorized: authentication required')],
      Event: [
        event(
          'FailedToRetrieveImagePullSecret',
          'Unable to retrieve some image pull secrets (regcred)',
        ),
      ],
    },
    expect: [
      {
        reason: 'ImagePullUnauthorized',
        evidence: [
          {
            source: 'field',
            at: 'status.containerStatuses[api].state.waiting',
            text: 'ErrImagePull: unauthorized: authentication required',
          },
          {
            source: 'event',
            at: 'FailedToRetrieveImagePullSecret',
            text: 'Unable to retrieve some image pull secrets (regcred)',
          },
        ],
      },
    ],
  },
  ...[
    'InvalidImageName',
    'ErrImageNeverPull',
    'RegistryUnavailable',
    'ImageInspectError',
    'SignatureValidationFailed',
  ].map(
    (reason): Case => ({
      name: reason,
      objects: { Pod: [waitingPod(reason)] },
      expect: [{ reason, says: [reason, api.image], proof: { decidedBy: 'field' } }],
    }),
  ),
  {
    name: 'what cannot mend itself is told within the grace time',
    objects: {
      Pod: [
        waitingPod('InvalidImageName', undefined, { conditions: conditions({ since: ago(1) }) }),
      ],
    },
    expect: [{ reason: 'InvalidImageName' }],
  },
  {
    name: 'an init container, with events of the pod as a whole',
    objects: { Pod: [pod(init({ state: waiting('ImagePullBackOff') }))] },
    expect: [{ proof: { container: 'migrate', image: 'registry.example/shop/migrate:1' } }],
  },
  {
    name: 'an image that the spec does not tell',
    objects: { Pod: [vary(bad, { spec: { containers: [] } })] },
    expect: [{ says: ['unknown image'] }],
  },
  {
    name: 'past the grace time',
    objects: {
      Pod: [waitingPod('ErrImagePull', undefined, { conditions: conditions({ since: ago(3) }) })],
    },
    expect: [{ reason: 'ImagePullBackOff', since: ago(3) }],
  },
  {
    name: 'its condition has not followed yet: since its start at the latest',
    objects: {
      Pod: [
        waitingPod('ErrImagePull', undefined, {
          conditions: conditions({ ready: 'True', since: ago(20) }),
        }),
      ],
    },
    expect: [{ since: ago(30), proof: { sinceExact: false } }],
  },
  {
    name: 'quiet within the grace time',
    objects: {
      Pod: [waitingPod('ErrImagePull', containerd, { conditions: conditions({ since: ago(1) }) })],
    },
    expect: [],
  },
  {
    name: 'quiet: recovered, with its old events and a pull secret that is not needed',
    objects: {
      Pod: [
        pod(
          status(
            { ready: true, state: { running: { startedAt: ago(5) } } },
            { conditions: conditions({ ready: 'True' }) },
          ),
        ),
      ],
      Event: [failed('not found'), event('FailedToRetrieveImagePullSecret', 'regcred')],
    },
    expect: [],
  },
  {
    name: 'quiet: being created',
    objects: { Pod: [waitingPod('ContainerCreating')] },
    expect: [],
  },
  ...waits(bad),
];
