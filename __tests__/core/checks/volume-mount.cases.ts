import { boundClaim, mountingPod, volumeEventCases } from './mounting-pods.ts';
import { ago, event, init, ofJob, pod, status, vary, waiting } from './pods.ts';
import type { Case, Expected } from './suite.ts';

const mount = (message: string, more: object = {}) => event('FailedMount', message, more);
const attach = (message: string) => event('FailedAttachVolume', message);
const one = (name: string, events: readonly object[], expected: Expected): Case => ({
  name,
  objects: { Pod: [mountingPod()], Event: events },
  expect: [expected],
});
const nfs = 'MountVolume.SetUp failed for volume "data" : mount failed: exit status 32';
const summary =
  'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data creds]: timed out waiting for the condition';
const bad = mountingPod();

export const cases: readonly Case[] = [
  one('a mount that fails', [mount(nfs)], {
    object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
    reason: 'MountFailed',
    impact: 'outage',
    since: ago(10),
    says: ['data', 'FailedMount', 'ContainerCreating', 'exit status 32'],
    evidence: [{ source: 'event', at: 'FailedMount', text: nfs }],
    proof: {
      decidedBy: 'message',
      sinceExact: true,
      node: 'node-a',
      claims: ['data-0'],
      missing: undefined,
    },
  }),
  one(
    'what mount says, not what was tried',
    [
      mount(
        `${nfs}\nMounting command: mount\nMounting arguments: -t nfs 10.0.0.9:/export /var/lib/kubelet/pods/${'5f'.repeat(18)}/volumes/kubernetes.io~nfs/data\nOutput: mount.nfs: Connection timed out`,
      ),
    ],
    { reason: 'MountFailed', says: ['mount failed: exit status 32', 'Connection timed out'] },
  ),
  one('a Secret', [mount('MountVolume.SetUp failed for volume "creds" : secret "db" not found')], {
    reason: 'SecretNotFound',
    says: ['Secret db', 'FailedMount'],
    proof: {
      decidedBy: 'field',
      missing: { kind: 'Secret', namespace: 'shop', name: 'db' },
      claims: undefined,
    },
  }),
  one(
    'a ConfigMap',
    [mount('MountVolume.SetUp failed for volume "config" : configmap "api-config" not found')],
    {
      reason: 'ConfigMapNotFound',
      proof: { missing: { kind: 'ConfigMap', namespace: 'shop', name: 'api-config' } },
    },
  ),
  one(
    'a key of a Secret, whose name only the pod tells',
    [
      mount(
        'MountVolume.SetUp failed for volume "creds" : references non-existent secret key: url',
      ),
    ],
    {
      reason: 'SecretKeyNotFound',
      says: ['key url of Secret db'],
      proof: { missing: { kind: 'Secret', namespace: 'shop', name: 'db', key: 'url' } },
    },
  ),
  one(
    'a key of a ConfigMap',
    [
      mount(
        'MountVolume.SetUp failed for volume "config" : references non-existent config key: a.yml',
      ),
    ],
    {
      reason: 'ConfigMapKeyNotFound',
      proof: {
        missing: { kind: 'ConfigMap', namespace: 'shop', name: 'api-config', key: 'a.yml' },
      },
    },
  ),
  {
    name: "the kind's word was redacted: the pod tells it",
    objects: {
      Pod: [
        vary(bad, { spec: { volumes: [{ name: 'db-secret', secret: { secretName: 'db' } }] } }),
      ],
      Event: [
        mount('MountVolume.SetUp failed for volume "db-secret" : [redacted:value] "db" not found'),
      ],
    },
    expect: [
      {
        reason: 'SecretNotFound',
        proof: { missing: { kind: 'Secret', namespace: 'shop', name: 'db' } },
      },
    ],
  },
  {
    name: 'a volume that is called like a secret',
    objects: {
      Pod: [
        vary(bad, { spec: { volumes: [{ name: 'db-secret', secret: { secretName: 'db' } }] } }),
      ],
      Event: [mount('MountVolume.SetUp failed for volume "db-secret" : secret "db" not found')],
    },
    expect: [{ reason: 'SecretNotFound' }],
  },
  one(
    'a key of a volume that the pod does not tell is no reference',
    [mount('MountVolume.SetUp failed for volume "x" : references non-existent secret key: url')],
    {
      reason: 'FailedMount',
      proof: { missing: undefined },
    },
  ),
  {
    name: 'the claim behind a PersistentVolume',
    objects: {
      Pod: [bad],
      Event: [mount('MountVolume.WaitForAttach failed for volume "pv-1" : volume is gone')],
      PersistentVolumeClaim: [
        boundClaim('media-0', 'pv-1'),
        boundClaim('data-0', 'pv-0'),
        boundClaim('data-0', 'pv-1', 'other'),
      ],
    },
    expect: [{ reason: 'FailedMount', proof: { claims: ['media-0'], decidedBy: 'field' } }],
  },
  {
    name: 'quiet: it is not attached, so that its mount times out says nothing',
    objects: {
      Pod: [bad],
      Event: [
        mount(summary),
        attach('Multi-Attach error for volume "pv-1" Volume is already used by pod(s) api-0'),
      ],
    },
    expect: [],
  },
  {
    name: 'another volume is not attached either',
    objects: {
      Pod: [bad],
      Event: [mount(nfs), attach('Multi-Attach error for volume "pv-1" Volume is already used')],
    },
    expect: [{ reason: 'MountFailed' }],
  },
  one(
    'a SecretProviderClass',
    [
      mount(
        'MountVolume.SetUp failed for volume "vault" : rpc error: code = Unknown desc = failed to get secretproviderclass shop/vault, error: secretproviderclasses.secrets-store.csi.x-k8s.io "vault" not found',
      ),
    ],
    {
      reason: 'SecretProviderClassNotFound',
      proof: { missing: { kind: 'SecretProviderClass', namespace: 'shop', name: 'vault' } },
    },
  ),
  ...(
    [
      [
        'MountTimedOut',
        'MountVolume.MountDevice failed for volume "pv-1" : rpc error: code = DeadlineExceeded desc = context deadline exceeded',
      ],
      ['MountTimedOut', summary],
      [
        'MountFailed',
        'MountVolume.MountDevice failed for volume "pv-1" : rpc error: code = Internal desc = mount failed: exit status 32 Mounting command: mount Output: wrong fs type, bad option, bad superblock on /dev/vdb',
      ],
      [
        'FailedMount',
        'MountVolume.SetUp failed for volume "data" : hostPath type check failed: /var/data is not a directory',
      ],
    ] as const
  ).map(([reason, text]) => one(`${reason}: ${text.slice(0, 90)}`, [mount(text)], { reason })),
  one(
    'the driver does not run there',
    [
      mount(
        'MountVolume.MountDevice failed for volume "data" : driver name ebs.csi.aws.com not found in the list of registered CSI drivers',
      ),
    ],
    {
      reason: 'VolumeDriverMissing',
      says: ['ebs.csi.aws.com'],
      proof: { dependsOn: [{ kind: 'CSIDriver', namespace: null, name: 'ebs.csi.aws.com' }] },
    },
  ),
  one(
    'what failed is told before the summary, and the newest before the older',
    [
      mount(summary, { lastTimestamp: ago(1) }),
      mount(nfs, { lastTimestamp: ago(20) }),
      mount('MountVolume.SetUp failed for volume "creds" : secret "db" not found', {
        lastTimestamp: ago(21),
      }),
    ],
    { says: ['exit status 32'] },
  ),
  ...[
    '(combined from similar events): Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data]: timed out waiting for the condition',
    'Unable to mount volumes for pod "api-7d9f-x_shop(1)": timeout expired waiting for volumes to attach or mount for pod "shop"/"api-7d9f-x". list of unmounted volumes=[data]',
  ].map((text) =>
    one(
      `another summary: ${text.slice(0, 60)}`,
      [mount(text, { lastTimestamp: ago(1) }), mount(nfs, { lastTimestamp: ago(9) })],
      { says: ['exit status 32'] },
    ),
  ),
  one('no volume is named', [mount('timed out')], { says: ['A volume cannot be mounted'] }),
  one('only the summary', [mount(summary)], {
    reason: 'MountTimedOut',
    says: ['timed out'],
    proof: { claims: ['data-0'] },
  }),
  one('of two events of one time always the same', [mount(`${nfs} b`), mount(`${nfs} a`)], {
    says: ['exit status 32 a'],
  }),
  ...(
    [
      ['series', { lastTimestamp: undefined, series: { lastObservedTime: ago(1) } }],
      ['eventTime', { lastTimestamp: undefined, eventTime: ago(1) }],
      ['firstTimestamp', { lastTimestamp: undefined, firstTimestamp: ago(1) }],
    ] as const
  ).map(([name, more]) =>
    one(`the event's time by its ${name}`, [mount(nfs, more)], { reason: 'MountFailed' }),
  ),
  {
    name: 'before the init containers',
    objects: {
      Pod: [pod(init({ state: waiting('PodInitializing') }))],
      Event: [mount(nfs)],
    },
    expect: [{ reason: 'MountFailed' }],
  },
  {
    name: 'since its start, where no condition tells',
    objects: { Pod: [vary(bad, { status: { conditions: [] } })], Event: [mount(nfs)] },
    expect: [{ since: ago(30), proof: { sinceExact: false } }],
  },
  {
    name: "a Job's pod waits for ever",
    objects: { Pod: [vary(bad, { metadata: ofJob })], Event: [mount(nfs)] },
    expect: [{ impact: 'degraded' }],
  },
  {
    name: 'what is missing is told early',
    objects: {
      Pod: [mountingPod(ago(3))],
      Event: [mount('MountVolume.SetUp failed for volume "creds" : secret "db" not found')],
    },
    expect: [{ reason: 'SecretNotFound' }],
  },
  {
    name: 'quiet: what is missing may come',
    objects: {
      Pod: [mountingPod(ago(1.5))],
      Event: [mount('MountVolume.SetUp failed for volume "creds" : secret "db" not found')],
    },
    expect: [],
  },
  {
    name: "quiet: an attach controller's word, which is told elsewhere",
    objects: { Pod: [bad], Event: [attach('AttachVolume.Attach failed for volume "pv-1"')] },
    expect: [],
  },
  {
    name: 'quiet: an event of another kind',
    objects: { Pod: [bad], Event: [event('FailedCreatePodSandBox', nfs)] },
    expect: [],
  },
  {
    name: 'quiet: mounted, and its image cannot be pulled',
    objects: {
      Pod: [vary(bad, status({ state: waiting('ImagePullBackOff') }))],
      Event: [mount(nfs)],
    },
    expect: [],
  },
  {
    name: 'quiet: was mounted before its container died',
    objects: {
      Pod: [
        vary(
          bad,
          status({
            state: waiting('ContainerCreating'),
            lastState: { terminated: { exitCode: 1 } },
          }),
        ),
      ],
      Event: [mount(nfs)],
    },
    expect: [],
  },
  ...volumeEventCases('FailedMount', nfs),
];
