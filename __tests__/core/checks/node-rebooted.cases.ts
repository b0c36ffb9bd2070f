import { leaving, node, nodeEvent, notReady, virtual } from './node-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const oom = (more: Parameters<typeof nodeEvent>[2] = {}): object =>
  nodeEvent('SystemOOM', 'System OOM encountered, victim process: java, pid: 2817', more);
const reboot = (more: Parameters<typeof nodeEvent>[2] = {}): object =>
  nodeEvent('Rebooted', 'Node node-a has been rebooted, boot id: 7e1a', more);
const kill = (message: string): object => nodeEvent('OOMKilling', message);
const quiet = (name: string, Event: readonly object[], more: object = {}): Case => ({
  name: `quiet: ${name}`,
  objects: { Node: [node(more)], Event },
  expect: [],
});

export const cases: readonly Case[] = [
  {
    name: 'the kubelet saw the system run out of memory',
    objects: { Node: [node()], Event: [oom({ count: 3 })] },
    expect: [
      {
        reason: 'NodeSystemOOM',
        impact: 'at-risk',
        since: ago(20),
        object: { name: 'node-a' },
        proof: { node: 'node-a' },
        says: ['ran out of memory', 'SystemOOM', '3 times', 'victim process: java'],
      },
    ],
  },
  {
    name: 'rebooted',
    objects: { Node: [node()], Event: [reboot()] },
    expect: [{ reason: 'NodeRebooted', impact: 'info', says: ['rebooted (Rebooted)', 'boot id'] }],
  },
  {
    name: 'rebooted, an event by its uid',
    objects: { Node: [node()], Event: [reboot({ by: 'controller' })] },
    expect: [{ reason: 'NodeRebooted' }],
  },
  {
    name: 'both, each by itself',
    objects: { Node: [node()], Event: [reboot(), oom()] },
    expect: [{ reason: 'NodeSystemOOM' }, { reason: 'NodeRebooted' }],
  },
  {
    name: 'the detector saw the system run out of memory',
    objects: {
      Node: [node()],
      Event: [kill('Out of memory: Killed process 2817 (java) total-vm:9000kB, anon-rss:8000kB')],
    },
    expect: [{ reason: 'NodeSystemOOM' }],
  },
  quiet('the detector saw a container hit its own limit', [
    kill('Memory cgroup out of memory: Killed process 2817 (java) total-vm:9000kB'),
  ]),
  quiet('the detector does not say whose limit it was', [
    kill('Killed process 2817 (java) total-vm:9000kB, anon-rss:8000kB'),
  ]),
  quiet('two hours ago', [reboot({ firstTimestamp: ago(120), lastTimestamp: ago(120) })]),
  quiet("a pod's", [reboot({ involvedObject: { kind: 'Pod', name: 'node-a', uid: 'node-a' } })]),
  quiet('another reason', [reboot({ reason: 'Starting' })]),
  quiet('it is down, which is another finding', [reboot()], { conditions: [notReady(60)] }),
  ...[...leaving, ...virtual].map(([name, parts]) =>
    quiet(`a node ${name}`, [oom(), reboot()], parts),
  ),
];
