import { isOlder } from '../model/time.ts';
import { conditionSymptom, problems, problemsOf, sinceOf } from '../objects/node-conditions.ts';
import { workingNodes } from '../objects/node-questions.ts';
import { defineCheck } from './define.ts';

export const nodeProblem = defineCheck({
  meta: {
    id: 'node-problem',
    title: 'A detector on the node reports a fault',
    why: "The node says Ready, but its kernel, file system, hardware or runtime is not sound: pods on it fail in ways that look like the application's.",
    likelyCauses: [
      'failing disk or hardware',
      'kernel deadlock or bug',
      'container runtime or kubelet that keeps restarting',
    ],
    commands: ['kubectl describe node {name}', 'kubectl cordon {name} # changes the cluster'],
    // Detectors look every half minute to few minutes; a restart of the runtime is over by then.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/tasks/debug/debug-cluster/monitor-node-health/',
    finds: { 87: Object.keys(problems) },
    cause: { role: 'root' },
  },
  needs: ['Node'],
  helps: [],
  *judge({ Node }, { now, thresholds }) {
    for (const node of workingNodes(Node))
      for (const { condition, problem } of problemsOf(node)) {
        if (!isOlder(sinceOf(node, condition), thresholds.graceSeconds, now)) continue;
        yield conditionSymptom(node, condition, {
          reason: condition.type ?? '',
          impact: problem.impact,
          says: 'is ready, but a detector on it reports a fault',
        });
      }
  },
});
