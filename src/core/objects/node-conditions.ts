import type { Impact, Symptom } from '../model/finding.ts';
import type { Node } from './cluster-objects.ts';
import { type Condition, conditionOf } from './meta.ts';
import { nodeRef, sayNode } from './node-questions.ts';

/** What the kubelet says of its own reserves; True is bad. */
export const pressures = ['MemoryPressure', 'DiskPressure', 'PIDPressure'] as const;

interface Problem {
  /** The status that means trouble. */
  readonly bad: 'True' | 'False';
  readonly impact: Impact;
}

const broken: Problem = { bad: 'True', impact: 'degraded' };
const ailing: Problem = { bad: 'True', impact: 'at-risk' };
const vendorBroken: Problem = { bad: 'False', impact: 'degraded' };

/**
 * Conditions that known detectors write, and what each means. Every other type is ignored: vendors add conditions
 * whose True is good, bad or a mere notice. Sources: the configurations that node-problem-detector ships
 * (kernel, readonly, docker, systemd and health-checker monitors), AKS's, and the EKS node monitoring agent.
 */
export const problems: { readonly [type: string]: Problem } = {
  KernelDeadlock: broken,
  ReadonlyFilesystem: broken,
  XfsShutdown: broken,
  FilesystemCorruptionProblem: broken,
  CperHardwareErrorFatal: broken,
  CorruptDockerOverlay2: broken,
  KubeletUnhealthy: ailing,
  KubeletProblem: ailing,
  ContainerRuntimeUnhealthy: ailing,
  ContainerRuntimeProblem: ailing,
  FrequentKubeletRestart: ailing,
  FrequentDockerRestart: ailing,
  FrequentContainerdRestart: ailing,
  FrequentUnregisterNetDevice: ailing,
  AcceleratedHardwareReady: vendorBroken,
  ContainerRuntimeReady: vendorBroken,
  KernelReady: vendorBroken,
  // One line in a log latches it until the agent restarts, also on a node that has recovered.
  NetworkingReady: { bad: 'False', impact: 'at-risk' },
  StorageReady: vendorBroken,
};

/** The known problems that a node has now, by type. */
export function problemsOf({
  status,
}: Node): readonly { readonly condition: Condition; readonly problem: Problem }[] {
  return (status?.conditions ?? []).flatMap((condition) => {
    const { type = '' } = condition;
    const problem = Object.hasOwn(problems, type) ? problems[type] : undefined;
    return problem !== undefined && problem.bad === condition.status
      ? [{ condition, problem }]
      : [];
  });
}

/** Types of all conditions that say trouble beside Ready: what a node that is down says of the cause. */
export function troublesOf(node: Node): readonly string[] {
  const known = [...pressures, 'NetworkUnavailable'].filter(
    (type) => conditionOf(node, type)?.status === 'True',
  );
  return [...known, ...problemsOf(node).flatMap(({ condition }) => condition.type ?? [])];
}

/** When a condition became what it is; a node that tells no time has had it since it was made. */
export function sinceOf(node: Node, condition: Condition | undefined): string | null {
  return condition?.lastTransitionTime ?? node.metadata?.creationTimestamp ?? null;
}

/** What a bad condition of a node is told as. */
export function conditionSymptom(
  node: Node,
  condition: Condition,
  told: { readonly reason: string; readonly impact: Impact; readonly says: string },
): Symptom {
  const { type = '', status = '', reason, message, lastTransitionTime } = condition;
  const detail = [reason, message].filter((each) => each !== undefined && each !== '');
  return {
    object: nodeRef(node),
    reason: told.reason,
    impact: told.impact,
    since: sinceOf(node, condition),
    message: `${sayNode(node)} ${told.says} (${type} ${status})${detail.length === 0 ? '' : `: ${detail.join(': ')}`}`,
    evidence: [
      {
        source: 'field',
        at: `status.conditions[${type}].status`,
        text: `${status} ${reason ?? ''}`.trim(),
      },
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: lastTransitionTime !== undefined,
      node: nodeRef(node).name,
    },
  };
}
