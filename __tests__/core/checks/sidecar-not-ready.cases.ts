import { ago, conditions, event, ofJob, pod, traps, vary, waiting } from './pods.ts';
import type { Case } from './suite.ts';
import { ended, meshed, node, notReady, running, startup } from './unready-pods.ts';

const up = running(30, { ready: true });
const bad = meshed(running(30, { ready: false }), up);
const pending = { ready: false, state: waiting('PodInitializing') };
const blocking = (minutes: number, probes: object = startup) =>
  vary(meshed(running(minutes, { ready: false, started: false }), pending, probes), {
    status: { phase: 'Pending', conditions: conditions({ initialized: 'False' }) },
  });

export const cases: readonly Case[] = [
  {
    name: 'the app is ready, its sidecar is not',
    objects: {
      Pod: [bad],
      Event: [
        event('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503', {
          involvedObject: { uid: 'uid-1', fieldPath: 'spec.initContainers{mesh}' },
        }),
      ],
    },
    expect: [
      {
        reason: 'SidecarNotReady',
        impact: 'outage',
        since: ago(30),
        says: ['sidecar mesh', 'readiness probe', 'statuscode: 503'],
        proof: { container: 'mesh', decidedBy: 'field' },
      },
    ],
  },
  {
    name: 'past its startup budget, and the app waits for it',
    objects: { Pod: [blocking(12)] },
    expect: [
      {
        reason: 'SidecarNotReady',
        says: ['sidecar mesh', 'startup budget', 'waits'],
        evidence: [
          { source: 'field', at: 'status.initContainerStatuses[mesh].started', text: 'false' },
        ],
        proof: { container: 'mesh' },
      },
    ],
  },
  {
    name: 'without a probe it is not started for long, and blocks an init container',
    objects: {
      Pod: [
        vary(blocking(6, {}), {
          spec: {
            initContainers: [{ name: 'mesh', restartPolicy: 'Always' }, { name: 'migrate' }],
          },
          status: {
            initContainerStatuses: [
              { name: 'mesh', ready: false, ...running(6, { started: false }) },
              { name: 'migrate', ready: false, state: waiting('PodInitializing') },
            ],
          },
        }),
      ],
    },
    expect: [{ says: ['sidecar mesh'] }],
  },
  {
    name: 'neither is ready: the app may wait for the sidecar',
    objects: { Pod: [meshed(running(30, { ready: false }), running(30, { ready: false }))] },
    expect: [{ proof: { container: 'mesh' } }],
  },
  {
    name: 'quiet: within its startup budget',
    objects: { Pod: [blocking(10)] },
    expect: [],
  },
  {
    name: 'quiet: its startup probe asks late',
    objects: {
      Pod: [blocking(12, { startupProbe: { initialDelaySeconds: 900, failureThreshold: 1 } })],
    },
    expect: [],
  },
  {
    name: 'quiet: it starts slowly by its readiness probe',
    objects: {
      Pod: [
        meshed(running(10, { ready: false }), up, {
          readinessProbe: { initialDelaySeconds: 400, periodSeconds: 60 },
        }),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet: within the grace time',
    objects: { Pod: [vary(bad, { status: notReady(4) })] },
    expect: [],
  },
  {
    name: 'quiet: it is ready, and so is the app, but for its condition',
    objects: { Pod: [meshed(up, up)] },
    expect: [],
  },
  {
    name: 'quiet: the app is not ready, the sidecar is',
    objects: { Pod: [meshed(up, running(30, { ready: false }))] },
    expect: [],
  },
  {
    name: 'quiet: a ready pod whose sidecar runs, that is what it is for',
    objects: {
      Pod: [vary(meshed(up, up), { status: { conditions: conditions({ ready: 'True' }) } })],
    },
    expect: [],
  },
  {
    name: 'quiet: the app died, which is told elsewhere',
    objects: { Pod: [meshed(running(30, { ready: false }), ended(1))] },
    expect: [],
  },
  {
    name: 'quiet: an init container behind it runs, which is told elsewhere',
    objects: {
      Pod: [
        pod({
          spec: {
            initContainers: [{ name: 'mesh', restartPolicy: 'Always' }, { name: 'migrate' }],
          },
          status: {
            initContainerStatuses: [
              { name: 'mesh', ready: false, ...running(30) },
              { name: 'migrate', ready: false, ...running(30) },
            ],
          },
        }),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet: its node is lost',
    objects: { Pod: [bad], Node: [node('Unknown')] },
    expect: [],
  },
  { name: "quiet: a Job's pod", objects: { Pod: [vary(bad, { metadata: ofJob })] }, expect: [] },
  ...traps(bad),
];
