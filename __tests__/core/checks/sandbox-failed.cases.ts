import { ago, conditions, event, ofJob, pod, status, traps, vary, waiting } from './pods.ts';
import type { Case } from './suite.ts';
import { creating, ended, node, running } from './unready-pods.ts';

const sandbox = (message: string, more: object = {}) =>
  event('FailedCreatePodSandBox', message, more);
const refused = sandbox('plugin type="calico" failed (add): connection refused');
const bad = creating(6);
const one = (name: string, pods: readonly object[], expect: Case['expect']): Case => ({
  name,
  objects: { Pod: pods, Event: [refused] },
  expect,
});

export const cases: readonly Case[] = [
  one(
    'no network',
    [bad],
    [
      {
        reason: 'FailedCreatePodSandBox',
        impact: 'outage',
        since: ago(6),
        says: ['FailedCreatePodSandBox', 'calico'],
        evidence: [
          { source: 'field', at: 'status.conditions[Ready]', text: 'False ContainersNotReady' },
          {
            source: 'event',
            at: 'FailedCreatePodSandBox',
            text: 'plugin type="calico" failed (add): connection refused',
          },
        ],
        proof: { decidedBy: 'field', node: 'node-a' },
      },
    ],
  ),
  {
    name: "the plugin's own word, not what the runtime wrote around it",
    objects: {
      Pod: [bad],
      Event: [
        sandbox(
          `(combined from similar events): Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "${'5f'.repeat(32)}": plugin type="calico" failed (add): connection is unauthorized`,
        ),
      ],
    },
    expect: [
      { says: ['(FailedCreatePodSandBox): plugin type="calico" failed (add): connection is'] },
    ],
  },
  ...[
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "gvisor" is configured',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to find runtime handler gvisor from runtime list map[runc:0xc000]',
  ].map(
    (text): Case => ({
      name: `a runtime that the node has not: ${text.slice(-40)}`,
      objects: { Pod: [bad], Event: [sandbox(text)] },
      expect: [{ says: ['its runtime is missing', 'gvisor'] }],
    }),
  ),
  ...[
    'failed to assign an IP address to container',
    'no available IP',
    'no addresses available',
    'range is full',
    'no more free IPs',
    'no IP addresses available in range set',
    'IP pool of the subnet is exhausted',
  ].map(
    (text): Case => ({
      name: text,
      objects: { Pod: [bad], Event: [sandbox(text)] },
      expect: [
        {
          reason: 'PodIPExhausted',
          says: ['no address is left', 'FailedCreatePodSandBox', text],
          proof: { decidedBy: 'message' },
        },
      ],
    }),
  ),
  one(
    "a Job's pod waits for ever, too",
    [vary(bad, { metadata: ofJob })],
    [{ impact: 'degraded' }],
  ),
  one(
    'its containers are gone with a restart of the node',
    [pod(status(ended(255, 'Unknown')))],
    [{ reason: 'FailedCreatePodSandBox', since: ago(30) }],
  ),
  one('quiet: within the grace time', [creating(4)], []),
  {
    name: 'quiet: the network failed long ago',
    objects: { Pod: [creating(9)], Event: [sandbox('x', { lastTimestamp: ago(16) })] },
    expect: [],
  },
  { name: 'quiet: no event says so', objects: { Pod: [creating(9)] }, expect: [] },
  {
    name: 'quiet: an event of the pod that had its name before',
    objects: { Pod: [bad], Event: [sandbox('x', { involvedObject: { uid: 'uid-0' } })] },
    expect: [],
  },
  one(
    'quiet: it got its network since',
    [
      vary(bad, {
        status: {
          conditions: conditions({
            more: [{ type: 'PodReadyToStartContainers', status: 'True' }],
          }),
        },
      }),
    ],
    [],
  ),
  one('quiet: it runs', [pod(status(running(30)))], []),
  one('quiet: it pulls its image', [pod(status({ state: waiting('ErrImagePull') }))], []),
  {
    name: 'quiet: a volume comes first',
    objects: { Pod: [bad], Event: [refused, event('FailedMount', 'x')] },
    expect: [],
  },
  {
    name: 'quiet: its node is lost',
    objects: { Pod: [bad], Event: [refused], Node: [node('Unknown')] },
    expect: [],
  },
  ...traps(bad, { Event: [refused] }),
];
