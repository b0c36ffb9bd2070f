import { ago, bare, conditions, deployment, event, ofJob, pod, setAside, vary } from './pods.ts';
import type { Case } from './suite.ts';

const told = (name = 'api-7d9f5c-x2k4p', more: object = {}, minutes = 12) =>
  event('Preempted', 'Preempted by pod 4b1c on node node-a', {
    metadata: { namespace: 'shop', name: `${name}.1` },
    lastTimestamp: ago(minutes),
    involvedObject: { kind: 'Pod', namespace: 'shop', name, uid: 'gone', ...more },
  });
const leaving = (minutes = 12) =>
  pod({
    metadata: { deletionTimestamp: ago(minutes) },
    status: {
      conditions: conditions({
        ready: 'True',
        more: [
          {
            type: 'DisruptionTarget',
            status: 'True',
            reason: 'PreemptionByScheduler',
            message: 'default-scheduler: preempting to accommodate a higher priority pod',
            lastTransitionTime: ago(minutes),
          },
        ],
      }),
    },
  });
const bad = leaving();
const short = { Deployment: [deployment(2, 1)] };
const set = { metadata: { namespace: 'shop', name: 'db' }, spec: { replicas: 1 }, status: {} };
const daemons = {
  metadata: { namespace: 'shop', name: 'agent' },
  status: { desiredNumberScheduled: 3, numberReady: 2 },
};
const failed = (more: object = {}) =>
  vary(bad, {
    metadata: { deletionTimestamp: undefined },
    status: {
      phase: 'Failed',
      reason: 'Preempting',
      message: 'Preempted in order to admit critical pod',
      startTime: ago(12),
      conditions: [],
      ...more,
    },
  });

export const cases: readonly Case[] = [
  {
    name: 'the pods are gone, their events are there',
    objects: { Event: [told(), told('api-7d9f5c-zzzzz')], ...short },
    expect: [
      {
        object: { kind: 'Deployment', namespace: 'shop', name: 'api' },
        reason: 'Preempted',
        impact: 'degraded',
        since: ago(12),
        says: ['Deployment shop/api lost 2 pods', 'Preempted', '1 of 2 serve', 'on node node-a'],
        evidence: [
          { source: 'event', at: 'Preempted', text: 'Preempted by pod 4b1c on node node-a' },
        ],
        proof: { decidedBy: 'message', sinceExact: false },
      },
    ],
  },
  {
    name: 'of a StatefulSet',
    objects: { Event: [told('db-0')], StatefulSet: [set] },
    expect: [{ object: { kind: 'StatefulSet', name: 'db' }, impact: 'outage' }],
  },
  {
    name: 'of a DaemonSet',
    objects: { Event: [told('agent-x2k4p')], DaemonSet: [daemons] },
    expect: [{ object: { kind: 'DaemonSet', name: 'agent' } }],
  },
  {
    name: 'it says so itself, on its way out',
    objects: { Pod: [bad], ...short },
    expect: [
      {
        object: { kind: 'Deployment', name: 'api' },
        since: ago(12),
        says: ['higher priority pod'],
        evidence: [
          {
            source: 'field',
            at: 'status.conditions[DisruptionTarget]',
            text: 'default-scheduler: preempting to accommodate a higher priority pod',
          },
        ],
        proof: { decidedBy: 'field', sinceExact: true },
      },
    ],
  },
  {
    name: 'pod and event are one loss',
    objects: { Pod: [bad], Event: [told('api-7d9f-x', { uid: 'uid-1' })], ...short },
    expect: [{ says: ['lost 1 pod '] }],
  },
  {
    name: 'by the kubelet, for a critical pod',
    objects: { Pod: [failed()], ...short },
    expect: [
      {
        since: ago(12),
        says: ['admit critical pod'],
        evidence: [
          {
            source: 'field',
            at: 'status.reason',
            text: 'Preempted in order to admit critical pod',
          },
        ],
      },
    ],
  },
  {
    name: 'nothing replaces a bare pod',
    objects: { Pod: [vary(failed(), { metadata: bare })] },
    expect: [{ object: { kind: 'Pod', name: 'api-7d9f-x' }, impact: 'outage' }],
  },
  {
    name: 'quiet: the event, and all serve again',
    objects: { Event: [told()], Deployment: [deployment(2, 2)] },
    expect: [],
  },
  {
    name: 'quiet: the pod, and all serve again',
    objects: { Pod: [bad], Deployment: [deployment(2, 2)] },
    expect: [],
  },
  {
    name: 'quiet: nobody has such pods',
    objects: { Event: [told('other-7d9f5c-x2k4p'), told('api')], ...short },
    expect: [],
  },
  {
    name: 'quiet: an event about something else',
    objects: {
      Event: [
        told('api-7d9f5c-x2k4p', { kind: 'Workload' }),
        event('Killing', 'api', {
          involvedObject: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f5c-x2k4p' },
        }),
      ],
      ...short,
    },
    expect: [],
  },
  {
    name: 'quiet: a replacement may still come',
    objects: { Pod: [leaving(3)], Event: [told('api-7d9f5c-x2k4p', {}, 3)], ...short },
    expect: [],
  },
  {
    name: 'quiet: more than an hour ago',
    objects: { Pod: [leaving(70)], Event: [told('api-7d9f5c-x2k4p', {}, 70)], ...short },
    expect: [],
  },
  {
    name: 'quiet: moved for another reason',
    objects: {
      Pod: [
        vary(bad, {
          status: {
            conditions: conditions({
              more: [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }],
            }),
          },
        }),
      ],
      ...short,
    },
    expect: [],
  },
  {
    name: "quiet: a Job's pod is tried again",
    objects: { Pod: [vary(bad, { metadata: ofJob })], ...short },
    expect: [],
  },
  ...setAside(bad, short),
];
