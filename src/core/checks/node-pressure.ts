import { isOlder } from '../model/time.ts';
import { conditionOf } from '../objects/meta.ts';
import { conditionSymptom, pressures, sinceOf } from '../objects/node-conditions.ts';
import { workingNodes } from '../objects/node-questions.ts';
import { defineCheck } from './define.ts';

export const nodePressure = defineCheck({
  meta: {
    id: 'node-pressure',
    title: 'Node is short of memory, disk or process ids',
    why: 'The kubelet evicts pods to save the node, and the scheduler sends no new ones.',
    likelyCauses: [
      'pods without requests or limits use more than the node has',
      'images, logs or emptyDir volumes fill its disk',
      'a process forks without end',
    ],
    commands: [
      'kubectl describe node {name}',
      'kubectl get pods -A -o wide --field-selector spec.nodeName={name}',
    ],
    defaults: {
      // kubernetes-mixin's KubeNodePressure; the kubelet itself holds a pressure for 5 min after it has gone.
      graceSeconds: 600,
      // A full disk does not empty itself: garbage collection has had its turn.
      diskSeconds: 300,
    },
    docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/',
    finds: { 85: pressures },
    cause: { role: 'root' },
  },
  needs: ['Node'],
  helps: [],
  *judge({ Node }, { now, thresholds }) {
    for (const node of workingNodes(Node))
      for (const type of pressures) {
        const condition = conditionOf(node, type);
        if (condition?.status !== 'True') continue;
        const grace = type === 'DiskPressure' ? thresholds.diskSeconds : thresholds.graceSeconds;
        if (!isOlder(sinceOf(node, condition), grace, now)) continue;
        yield conditionSymptom(node, condition, {
          reason: type,
          impact: 'at-risk',
          says: `is short of ${shortOf[type]} and evicts pods`,
        });
      }
  },
});

const shortOf = {
  MemoryPressure: 'memory',
  DiskPressure: 'disk space or inodes',
  PIDPressure: 'process ids',
} as const;
