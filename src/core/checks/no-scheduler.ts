import type { Symptom } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { keyOf } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { waitsForNoRealNode } from '../objects/capacity.ts';
import { troubledPods } from '../objects/judged-pods.ts';
import { conditionOf, refOf } from '../objects/meta.ts';
import { eventsOf } from '../objects/object-events.ts';
import type { Pod } from '../objects/pod.ts';
import { proofOf, startOf } from '../objects/pod-questions.ts';
import { isUnbound } from '../objects/pod-refused.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const noScheduler = defineCheck({
  meta: {
    id: 'no-scheduler',
    title: 'No scheduler looks at the pod',
    why: 'Nobody says why the pod stays Pending, for nobody has tried to place it.',
    likelyCauses: [
      'its schedulerName is misspelt, or that scheduler was never installed here',
      'the scheduler is down, or has lost its leader election',
    ],
    commands: [
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.schedulerName}"',
      'kubectl -n kube-system get pods -l component=kube-scheduler',
      'kubectl -n kube-system get leases',
    ],
    defaults: {
      // A scheduler that runs writes its first word within seconds.
      graceSeconds: 180,
      // Fargate's makes the node first, and writes nothing until then.
      fargateSeconds: 600,
    },
    docs: 'https://kubernetes.io/docs/tasks/extend-kubernetes/configure-multiple-schedulers/',
    finds: { 45: ['NoScheduler'] },
    cause: { role: 'cause' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    const unseen = troubledPods(objects, now).filter((pod) => {
      const { graceSeconds, fargateSeconds } = thresholds;
      const grace = schedulerOf(pod) === 'fargate-scheduler' ? fargateSeconds : graceSeconds;
      return (
        isUnbound(pod) &&
        conditionOf(pod, 'PodScheduled') === undefined &&
        isOlder(startOf(pod), grace, now) &&
        eventsOf(pod, ['FailedScheduling'], topology).length === 0 &&
        !waitsForNoRealNode(pod, objects.Node, topology)
      );
    });
    for (const [name, pods] of groupBy(unseen, schedulerOf)) {
      const workloads = new Set(pods.map((pod) => keyOf(topology.workloadOf(pod))));
      for (const pod of pods) yield unseenBy(pod, name, workloads.size, topology);
    }
  },
});

function schedulerOf({ spec }: Pod): string {
  return spec?.schedulerName ?? 'default-scheduler';
}

function unseenBy(pod: Pod, scheduler: string, workloads: number, topology: Topology): Symptom {
  const which =
    scheduler === 'default-scheduler'
      ? 'the default scheduler is down'
      : `its schedulerName is ${scheduler}, which does not run, is misspelt, or keeps it in a queue`;
  return {
    object: refOf('Pod', pod),
    reason: 'NoScheduler',
    impact: topology.impactOf(pod),
    since: startOf(pod),
    message: `No scheduler has looked at the pod (Pending, no PodScheduled condition, no event): ${which}`,
    evidence: [
      { source: 'field', at: 'status.conditions[PodScheduled]', text: 'absent' },
      { source: 'field', at: 'spec.schedulerName', text: scheduler },
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: false,
      ...proofOf(pod),
      // Several workloads that wait for one scheduler are its one failure.
      blockedBy:
        workloads < 2
          ? undefined
          : { kind: 'Scheduler', namespace: null, name: scheduler, reason: 'NoScheduler' },
    },
  };
}
