import { ago, conditions, init, pod, status, vary, waiting } from './pods.ts';
import type { Case } from './suite.ts';
import { waitingPod, waits } from './waiting-pods.ts';

const refused = (message?: string, more: object = {}) =>
  waitingPod('CreateContainerConfigError', message, more);
const bad = refused('secret "db" not found');

export const cases: readonly Case[] = [
  {
    name: 'a Secret',
    objects: { Pod: [bad] },
    expect: [
      {
        object: { name: 'api-7d9f-x' },
        reason: 'SecretNotFound',
        impact: 'outage',
        since: ago(30),
        says: ['api', 'CreateContainerConfigError', 'Secret db'],
        proof: {
          decidedBy: 'message',
          sinceExact: true,
          container: 'api',
          missing: { kind: 'Secret', namespace: 'shop', name: 'db' },
        },
      },
    ],
  },
  ...(
    [
      ['secret', { env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db' } } }] }],
      ['secret', { envFrom: [{ secretRef: { name: 'db' } }] }],
      ['configmap', { env: [{ name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'db' } } }] }],
      ['configmap', { envFrom: [{ configMapRef: { name: 'db' } }] }],
    ] as const
  ).flatMap(([kind, wish]) =>
    ['containers', 'initContainers'].map(
      (list): Case => ({
        name: `a ${kind} that ${list} refer to: proven (${Object.keys(wish).join('')})`,
        objects: {
          Pod: [
            vary(refused(`${kind} "db" not found`), {
              spec: { [list]: [{ name: 'api', ...wish }] },
            }),
          ],
        },
        expect: [{ proof: { decidedBy: 'field' } }],
      }),
    ),
  ),
  {
    name: 'a Secret, as older kubelets say it',
    objects: { Pod: [refused('secrets "db" not found')] },
    expect: [{ reason: 'SecretNotFound' }],
  },
  {
    name: 'a ConfigMap',
    objects: { Pod: [refused('configmap "api-config" not found')] },
    expect: [
      {
        reason: 'ConfigMapNotFound',
        says: ['ConfigMap api-config'],
        proof: { missing: { kind: 'ConfigMap', namespace: 'shop', name: 'api-config' } },
      },
    ],
  },
  {
    name: 'a key of a Secret',
    objects: { Pod: [refused("couldn't find key url in Secret shop/db")] },
    expect: [
      {
        reason: 'SecretKeyNotFound',
        says: ['key url of Secret db'],
        proof: { missing: { kind: 'Secret', namespace: 'shop', name: 'db', key: 'url' } },
      },
    ],
  },
  {
    name: 'a key of a ConfigMap, without its namespace',
    objects: { Pod: [refused("couldn't find key LEVEL in ConfigMap logging")] },
    expect: [
      {
        reason: 'ConfigMapKeyNotFound',
        proof: { missing: { kind: 'ConfigMap', namespace: 'shop', name: 'logging', key: 'LEVEL' } },
      },
    ],
  },
  {
    name: 'root is forbidden',
    objects: { Pod: [refused('container has runAsNonRoot and image will run as root')] },
    expect: [
      {
        reason: 'RunAsNonRoot',
        says: ['image will run as root'],
        proof: { decidedBy: 'message', missing: undefined },
      },
    ],
  },
  ...[
    'container has runAsNonRoot and image has non-numeric user (nginx), cannot verify user is non-root (pod: "api_shop(1)", container: api)',
    'container\'s runAsUser breaks non-root policy (pod: "api_shop(1)", container: api)',
  ].map(
    (text): Case => ({
      name: text.slice(0, 60),
      objects: { Pod: [refused(text)] },
      expect: [{ reason: 'RunAsNonRoot', proof: { missing: undefined } }],
    }),
  ),
  {
    name: 'a subPath',
    objects: {
      Pod: [refused('failed to prepare subPath for volumeMount "data" of container "api"')],
    },
    expect: [{ reason: 'SubPathInvalid', says: ['volumeMount "data"'] }],
  },
  {
    name: 'anything else that is not found is no reference',
    objects: { Pod: [refused('plugin "x" not found')] },
    expect: [
      {
        reason: 'CreateContainerConfigError',
        says: ['plugin "x" not found'],
        proof: { decidedBy: 'field', missing: undefined },
      },
    ],
  },
  {
    name: 'no message',
    objects: { Pod: [refused()] },
    expect: [{ reason: 'CreateContainerConfigError', proof: { decidedBy: 'field' } }],
  },
  {
    name: 'an init container',
    objects: {
      Pod: [pod(init({ state: waiting('CreateContainerConfigError', 'secret "db" not found') }))],
    },
    expect: [{ reason: 'SecretNotFound', proof: { container: 'migrate' } }],
  },
  {
    name: 'past the grace time',
    objects: {
      Pod: [refused('secret "db" not found', { conditions: conditions({ since: ago(1.5) }) })],
    },
    expect: [{ since: ago(1.5) }],
  },
  {
    name: 'quiet within the grace time',
    objects: {
      Pod: [refused('secret "db" not found', { conditions: conditions({ since: ago(0.5) }) })],
    },
    expect: [],
  },
  {
    name: 'quiet: waits for something else',
    objects: { Pod: [pod(status({ state: waiting('ContainerCreating') }))] },
    expect: [],
  },
  ...waits(bad),
];
