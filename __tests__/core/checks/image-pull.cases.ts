import {
  ago,
  api,
  conditions,
  deployment,
  event,
  init,
  ofJob,
  pod,
  status,
  traps,
  vary,
  waiting,
} from './pods.ts';
import type { Case, Expected } from './suite.ts';

const pulling = (reason: string, message?: string, more: object = {}) =>
  pod(status({ state: waiting(reason, message) }, { phase: 'Pending', ...more }));
const bad = pulling('ImagePullBackOff', 'Back-off pulling image "registry.example/shop/api:1"');
const says = (name: string, message: string, expected: Expected): Case => ({
  name,
  objects: { Pod: [pulling('ErrImagePull', message)] },
  expect: [{ ...expected, says: ['api', 'ErrImagePull', api.image, ...(expected.says ?? [])] }],
});
const failed = (message: string, more: object = {}) =>
  event('Failed', `Failed to pull image "${api.image}": ${message}`, more);
const containerd = `rpc error: code = NotFound desc = failed to pull and unpack image "${api.image}": failed to resolve reference "${api.image}": ${api.image}: not found`;

export const cases: readonly Case[] = [
  {
    name: 'nobody says why',
    objects: { Pod: [bad] },
    expect: [
      {
        object: { name: 'api-7d9f-x' },
        reason: 'ImagePullBackOff',
        impact: 'outage',
        since: ago(30),
        says: [`ImagePullBackOff: ${api.image}; no event or message says why`],
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
    objects: { Pod: [pulling('ErrImagePull')] },
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
  {
    name: 'names say nothing about the cause',
    objects: {
      Pod: [
        vary(
          pulling(
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
      Pod: [pulling('ErrImagePull', 'unauthorized: authentication required')],
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
      objects: { Pod: [pulling(reason)] },
      expect: [{ reason, says: [reason, api.image], proof: { decidedBy: 'field' } }],
    }),
  ),
  {
    name: 'what cannot mend itself is told within the grace time',
    objects: {
      Pod: [pulling('InvalidImageName', undefined, { conditions: conditions({ since: ago(1) }) })],
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
    name: "a Job's pod waits for ever",
    objects: { Pod: [vary(bad, { metadata: ofJob })] },
    expect: [{ impact: 'degraded' }],
  },
  {
    name: 'a bad release while the old pods serve',
    objects: { Pod: [bad], Deployment: [deployment(2, 2)] },
    expect: [{ impact: 'at-risk' }],
  },
  {
    name: 'past the grace time',
    objects: {
      Pod: [pulling('ErrImagePull', undefined, { conditions: conditions({ since: ago(3) }) })],
    },
    expect: [{ reason: 'ImagePullBackOff', since: ago(3) }],
  },
  {
    name: 'its condition has not followed yet: since its start at the latest',
    objects: {
      Pod: [
        pulling('ErrImagePull', undefined, {
          conditions: conditions({ ready: 'True', since: ago(20) }),
        }),
      ],
    },
    expect: [{ since: ago(30), proof: { sinceExact: false } }],
  },
  {
    name: 'quiet within the grace time',
    objects: {
      Pod: [pulling('ErrImagePull', containerd, { conditions: conditions({ since: ago(1) }) })],
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
    objects: { Pod: [pulling('ContainerCreating')] },
    expect: [],
  },
  {
    name: "quiet: a failed Job's pod waits for nothing any more",
    objects: { Pod: [vary(bad, { metadata: ofJob, status: { phase: 'Failed' } })] },
    expect: [],
  },
  ...traps(bad),
];
