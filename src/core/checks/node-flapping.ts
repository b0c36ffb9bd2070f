import type { Symptom } from '../model/finding.ts';
import { count } from '../model/text.ts';
import { formatTime, isOlder, parseTime } from '../model/time.ts';
import { type Event, eventCount, eventTime, type Node } from '../objects/cluster-objects.ts';
import { conditionOf } from '../objects/meta.ts';
import { eventsOfNode, nodeRef, sayNode, stayingNodes } from '../objects/node-questions.ts';
import { defineCheck } from './define.ts';

export const nodeFlapping = defineCheck({
  meta: {
    id: 'node-flapping',
    title: 'Node comes and goes',
    why: 'Each time it is not ready its pods leave their Services, and after five minutes they are evicted.',
    likelyCauses: [
      'kubelet or container runtime overloaded (PLEG is not healthy)',
      'kubelet out of memory',
      'bad network between the node and the API server',
    ],
    commands: [
      'kubectl get events -A --field-selector involvedObject.kind=Node,involvedObject.name={name}',
      'kubectl describe node {name}',
    ],
    defaults: {
      // kubernetes-mixin: more than two changes in 15 min; events count only one way and live for an hour.
      timesAnHour: 3,
      windowSeconds: 3600,
      // From here on its being down is told by itself.
      downSeconds: 300,
    },
    docs: 'https://kubernetes.io/docs/concepts/architecture/nodes/#node-controller',
    finds: { 89: ['NodeReadinessFlapping'] },
    cause: { role: 'root' },
  },
  needs: ['Node', 'Event'],
  helps: [],
  *judge({ Node }, { now, thresholds, topology }) {
    for (const node of stayingNodes(Node)) {
      const ready = conditionOf(node, 'Ready');
      const isDown = ready?.status !== 'True';
      if (isDown && isOlder(ready?.lastTransitionTime, thresholds.downSeconds, now)) continue;
      const { byController, byKubelet } = eventsOfNode(node, ['NodeNotReady'], topology);
      // Both may tell of the same time.
      const told = [byController, byKubelet].map((events) =>
        fallsAmong(events, thresholds.windowSeconds, now),
      );
      const falls = told.sort((a, b) => b.times - a.times)[0];
      if (falls !== undefined && falls.times >= thresholds.timesAnHour)
        yield symptomOf(node, falls);
    }
  },
});

interface Falls {
  readonly times: number;
  readonly first: number;
}

/** How often within the window; an event that has been counted for longer gives its average. */
function fallsAmong(events: readonly Event[], windowSeconds: number, now: number): Falls {
  const window = windowSeconds * 1000;
  const recent = events.filter((event) => now - eventTime(event) <= window);
  const times = recent.map((event) => {
    const span = eventTime(event) - firstTime(event);
    return span <= window ? eventCount(event) : (eventCount(event) * window) / span;
  });
  return {
    times: Math.floor(times.reduce((sum, each) => sum + each, 0)),
    first: Math.min(...recent.map(firstTime)),
  };
}

function firstTime(event: Event): number {
  return parseTime(event.firstTimestamp) ?? eventTime(event);
}

function symptomOf(node: Node, { times, first }: Falls): Symptom {
  return {
    object: nodeRef(node),
    reason: 'NodeReadinessFlapping',
    impact: 'degraded',
    since: formatTime(first),
    message: `${sayNode(node)} comes and goes: NodeNotReady ${count(times, 'time')} within an hour`,
    evidence: [{ source: 'event', at: 'NodeNotReady', text: `${count(times, 'time')} in an hour` }],
    proof: { decidedBy: 'field', sinceExact: false, node: nodeRef(node).name },
  };
}
