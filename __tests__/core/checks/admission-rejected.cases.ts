import { ago, bare, deployment, event, ofJob, pod, setAside, vary } from './pods.ts';
import type { Case } from './suite.ts';

const message =
  'Pod was rejected: Allocate failed due to requested number of devices unavailable for nvidia.com/gpu. Requested: 1, Available: 0, which is unexpected';
const rejected = (reason: string, minutes = 20) =>
  pod({
    metadata: { creationTimestamp: ago(minutes) },
    status: { phase: 'Failed', reason, message, startTime: ago(minutes), conditions: [] },
  });
const bad = rejected('UnexpectedAdmissionError');
const short = { Deployment: [deployment(2, 1)] };

export const cases: readonly Case[] = [
  {
    name: 'a device plugin',
    objects: { Pod: [bad], ...short },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
        reason: 'UnexpectedAdmissionError',
        impact: 'degraded',
        since: ago(20),
        says: ['node-a', 'api-7d9f-x', 'UnexpectedAdmissionError', 'nvidia.com/gpu'],
        proof: {
          decidedBy: 'field',
          sinceExact: false,
          node: 'node-a',
          templateHash: '7d9f',
          saysWhy: false,
        },
      },
    ],
  },
  ...(
    [
      ['NodeAffinity', 'NodeAffinity'],
      ['OutOfcpu', 'OutOfcpu'],
      ['OutOfmemory', 'OutOfmemory'],
      ['OutOfpods', 'OutOfpods'],
      ['OutOfnvidia.com/gpu', 'OutOfResource'],
      ['NodePorts', 'NodePorts'],
      ['PodOSNotSupported', 'PodOSNotSupported'],
      ['TopologyAffinityError', 'TopologyAffinityError'],
      ['Terminated', 'Terminated'],
      ['NodeShutdown', 'NodeShutdown'],
    ] as const
  ).map(
    ([word, reason]): Case => ({
      name: word,
      objects: { Pod: [rejected(word)], ...short },
      expect: [{ reason, says: [word], proof: { saysWhy: true } }],
    }),
  ),
  {
    name: 'its condition tells when its node was shut down',
    objects: {
      Pod: [
        vary(rejected('Terminated', 6000), {
          status: {
            conditions: [
              {
                type: 'DisruptionTarget',
                status: 'True',
                reason: 'TerminationByKubelet',
                lastTransitionTime: ago(10),
              },
            ],
          },
        }),
      ],
      ...short,
    },
    expect: [{ since: ago(10), proof: { sinceExact: true } }],
  },
  {
    name: 'its event tells when',
    objects: {
      Pod: [rejected('UnexpectedAdmissionError', 6000)],
      Event: [event('UnexpectedAdmissionError', message, { lastTimestamp: ago(10) })],
      ...short,
    },
    expect: [{ since: ago(10), proof: { sinceExact: true } }],
  },
  {
    name: 'one after the other: told once, by the first',
    objects: {
      Pod: [
        bad,
        vary(rejected('UnexpectedAdmissionError', 2), { metadata: { name: 'api-7d9f-y' } }),
      ],
      ...short,
    },
    expect: [{ object: { name: 'api-7d9f-x' }, says: ['one of 2 pods'] }],
  },
  {
    name: 'nothing replaces a bare pod',
    objects: { Pod: [vary(rejected('NodeAffinity', 600), { metadata: bare })] },
    expect: [{ impact: 'outage' }],
  },
  {
    name: "quiet: a bare pod's tombstone",
    objects: { Pod: [vary(rejected('NodeAffinity', 1500), { metadata: bare })] },
    expect: [],
  },
  {
    name: 'quiet: replaced',
    objects: { Pod: [bad], Deployment: [deployment(2, 2)] },
    expect: [],
  },
  {
    name: 'quiet: the race at the start of a node',
    objects: { Pod: [rejected('NodeAffinity', 4)], ...short },
    expect: [],
  },
  {
    name: 'quiet: more than an hour ago',
    objects: { Pod: [rejected('NodeShutdown', 70)], ...short },
    expect: [],
  },
  {
    name: 'quiet: evicted, which is told elsewhere',
    objects: { Pod: [rejected('Evicted')], ...short },
    expect: [],
  },
  {
    name: "quiet: a Job's pod is tried again",
    objects: { Pod: [vary(bad, { metadata: ofJob })], ...short },
    expect: [],
  },
  ...setAside(bad, short),
];
