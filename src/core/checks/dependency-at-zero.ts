import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import type { Named } from '../objects/dependencies.ts';
import { sayNamed } from '../objects/dependencies.ts';
import type { Objects } from '../objects/kinds.ts';
import { living } from '../objects/living.ts';
import { podsByLabels } from '../objects/selection.ts';
import { leadsToPods } from '../objects/service-pods.ts';
import { serviceUsers } from '../objects/service-users.ts';
import { serversByLabels, type Templated } from '../objects/templates.ts';
import { defineCheck } from './define.ts';

export const dependencyAtZero = defineCheck({
  meta: {
    id: 'dependency-at-zero',
    title: 'A workload that others use is scaled to zero',
    why: 'Those who name it as their dependency find nobody there.',
    likelyCauses: [
      'it was scaled down for maintenance and forgotten',
      'a release or a script set its replicas to 0',
    ],
    commands: [
      'kubectl -n {namespace} get {workload}',
      'kubectl -n {namespace} describe {workload}',
      'kubectl -n {namespace} scale {workload} --replicas=1 # changes the cluster',
    ],
    // A workload that was just made may be scaled up in the next step.
    defaults: { graceSeconds: 600 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#scaling-a-deployment',
    finds: { 131: ['DependencyAtZero'] },
    cause: { role: 'root' },
  },
  needs: ['Service', 'Deployment', 'StatefulSet', 'DaemonSet', 'Pod'],
  helps: ['Namespace', 'Job', 'CronJob', 'Ingress', 'HorizontalPodAutoscaler', 'CustomResource'],
  *judge(objects, { now, thresholds }) {
    const templates = serversByLabels(objects);
    const pods = podsByLabels(objects.Pod);
    const usersOf = serviceUsers(objects);
    const isScaled = scaledByOthers(objects);
    for (const [ref, service] of living('Service', objects.Service)) {
      if (!leadsToPods(service)) continue;
      const selector = service.spec?.selector ?? {};
      const behind = templates.carrying(ref.namespace, selector);
      const [idle] = behind;
      // Whatever else stands behind it serves.
      if (idle === undefined || behind.some(({ desired }) => desired > 0)) continue;
      if (pods.carrying(ref.namespace, selector).length > 0 || behind.some(isScaled)) continue;
      if (idle.ref.kind === 'DaemonSet') continue;
      if (!isOlder(idle.created, thresholds.graceSeconds, now)) continue;
      const users = usersOf(ref).dependents.filter(
        ({ workload }) => !['Job', 'CronJob'].includes(workload.ref.kind),
      );
      if (users.length > 0) yield symptomOf(idle, ref, users);
    }
  },
});

/** What an autoscaler or KEDA scales may be at zero because nobody asks for it. */
function scaledByOthers({
  HorizontalPodAutoscaler: autoscalers,
  CustomResource: resources,
}: Pick<Objects, 'HorizontalPodAutoscaler' | 'CustomResource'>): (idle: Templated) => boolean {
  const targets = new Set(
    autoscalers.map(
      ({ metadata, spec }) =>
        `${metadata?.namespace}/${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}`,
    ),
  );
  const byKeda = new Set(
    resources
      .filter(({ apiVersion }) => /(?:^|\.)keda\.sh\//.test(apiVersion))
      .map(({ metadata }) => metadata?.namespace ?? null),
  );
  return ({ ref }) =>
    targets.has(`${ref.namespace}/${ref.kind}/${ref.name}`) || byKeda.has(ref.namespace);
}

function symptomOf(idle: Templated, service: ObjectRef, users: readonly Named[]): Symptom {
  const { ref, created } = idle;
  const said = users
    .map((named) => `${named.workload.ref.kind} ${nameOf(named.workload.ref)} (${sayNamed(named)})`)
    .sort();
  const more = new Set(users.map(({ workload }) => nameOf(workload.ref))).size - 1;
  return {
    object: ref,
    reason: 'DependencyAtZero',
    impact: 'at-risk',
    since: created ?? null,
    message: `${ref.kind} ${nameOf(ref)} is scaled to zero, and ${said[0]}${more > 0 ? ` and ${more} more` : ''} depends on it through Service ${service.name}`,
    evidence: [{ source: 'field', at: 'spec.replicas', text: '0' }],
    proof: { decidedBy: 'message', sinceExact: false, unconfirmed: true },
  };
}
