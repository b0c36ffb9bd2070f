import type { Impact, Symptom } from '../model/finding.ts';
import { count } from '../model/text.ts';
import { formatTime } from '../model/time.ts';
import { type Event, eventCount, eventTime, type Node } from '../objects/cluster-objects.ts';
import { nodeRef, recentEventsOfNode, sayNode, workingNodes } from '../objects/node-questions.ts';
import { defineCheck } from './define.ts';

export const nodeRebooted = defineCheck({
  meta: {
    id: 'node-rebooted',
    title: 'Node rebooted or ran out of memory',
    why: "Everything on it was restarted, or the kernel killed processes to save it: what fell there is not the application's fault.",
    likelyCauses: [
      'a crash, a power cut or an unannounced maintenance of the machine',
      'pods without memory limits, or nothing reserved for the system',
    ],
    commands: [
      'kubectl describe node {name}',
      'kubectl get events -A --field-selector involvedObject.kind=Node,involvedObject.name={name}',
    ],
    // The API server keeps events for an hour.
    defaults: { windowSeconds: 3600 },
    docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#node-out-of-memory-behavior',
    finds: { 93: ['NodeRebooted', 'NodeSystemOOM'] },
    cause: { role: 'root' },
  },
  needs: ['Node', 'Event'],
  helps: [],
  *judge({ Node }, { now, thresholds, topology }) {
    const within = { seconds: thresholds.windowSeconds, now };
    for (const node of workingNodes(Node)) {
      const events = recentEventsOfNode(node, told, topology, within);
      const kills = events.filter(isSystemKill);
      const reboots = events.filter(({ reason }) => reason === 'Rebooted');
      if (kills.length > 0) yield symptomOf(node, kills, outOfMemory);
      if (reboots.length > 0) yield symptomOf(node, reboots, rebooted);
    }
  },
});

const told = ['Rebooted', 'SystemOOM', 'OOMKilling'];

/** node-problem-detector tells of every kill, also of a container that hit its own limit: that is the container's. */
function isSystemKill({ reason, message = '' }: Event): boolean {
  if (reason === 'SystemOOM') return true;
  return reason === 'OOMKilling' && message.startsWith('Out of memory');
}

interface Told {
  readonly reason: string;
  readonly impact: Impact;
  readonly says: string;
}
const outOfMemory: Told = {
  reason: 'NodeSystemOOM',
  impact: 'at-risk',
  says: 'ran out of memory, and the kernel killed processes',
};
const rebooted: Told = { reason: 'NodeRebooted', impact: 'info', says: 'rebooted' };

function symptomOf(node: Node, events: readonly Event[], { reason, impact, says }: Told): Symptom {
  const [newest] = events;
  const times = events.reduce((sum, event) => sum + eventCount(event), 0);
  const { reason: word = '', message = '' } = newest ?? {};
  return {
    object: nodeRef(node),
    reason,
    impact,
    since: formatTime(Math.min(...events.map(eventTime))),
    message: `${sayNode(node)} ${says} (${word}${times > 1 ? `, ${count(times, 'time')}` : ''}): ${message}`,
    evidence: [{ source: 'event', at: word, text: message }],
    proof: { decidedBy: 'field', sinceExact: true, node: nodeRef(node).name },
  };
}
