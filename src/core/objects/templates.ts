import type { ObjectRef } from '../model/snapshot.ts';
import type { Objects } from './kinds.ts';
import { type Labels, type ObjectMeta, refOf } from './meta.ts';
import { perArray } from './remembered.ts';
import { indexLabels, joinIndexes, type LabelIndex } from './selection.ts';
import type { CronJob, DaemonSet, Deployment, Job, StatefulSet, Template } from './workloads.ts';

/** A workload as its pod template describes it. */
export interface Templated {
  readonly ref: ObjectRef;
  readonly labels: Labels;
  /** Pods that it should have: 0 where it is scaled to zero, suspended or over. */
  readonly desired: number;
  readonly created: string | undefined;
  readonly template: Template;
}

export type WorkloadObjects = Pick<Objects, 'Deployment' | 'StatefulSet' | 'DaemonSet'>;
export type RunnerObjects = Pick<Objects, 'Job' | 'CronJob'>;

/** Deployments, StatefulSets and DaemonSets that are not being deleted. */
export function servers(objects: WorkloadObjects): readonly Templated[] {
  return [
    ...ofDeployments(objects.Deployment),
    ...ofStatefulSets(objects.StatefulSet),
    ...ofDaemonSets(objects.DaemonSet),
  ];
}

/** Jobs and CronJobs. */
export function runners(objects: RunnerObjects): readonly Templated[] {
  return [...ofJobs(objects.Job), ...ofCronJobs(objects.CronJob)];
}

/** `servers` by the labels of the pods that they make. */
export function serversByLabels(objects: WorkloadObjects): LabelIndex<Templated> {
  return joinIndexes([
    byLabels(ofDeployments(objects.Deployment)),
    byLabels(ofStatefulSets(objects.StatefulSet)),
    byLabels(ofDaemonSets(objects.DaemonSet)),
  ]);
}

/** `servers` and `runners` by the labels of the pods that they make. */
export function workloadsByLabels(objects: WorkloadObjects & RunnerObjects): LabelIndex<Templated> {
  return joinIndexes([
    serversByLabels(objects),
    byLabels(ofJobs(objects.Job)),
    byLabels(ofCronJobs(objects.CronJob)),
  ]);
}

/** One index for all checks of a look. */
const byLabels = perArray((templates: readonly Templated[]) =>
  indexLabels(() => templates, {
    namespaceOf: ({ ref }) => ref.namespace,
    labelsOf: ({ labels }) => labels,
  }),
);

function templatedBy<T extends ObjectMeta>(
  kind: string,
  desired: (object: T) => number,
  templateOf: (object: T) => Template | undefined,
): (objects: readonly T[]) => readonly Templated[] {
  return perArray((objects) =>
    objects
      .filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
      .map((object) => {
        const template = templateOf(object) ?? {};
        return {
          ref: refOf(kind, object),
          labels: template.metadata?.labels ?? {},
          desired: desired(object),
          created: object.metadata?.creationTimestamp,
          template,
        };
      }),
  );
}

const ofDeployments = templatedBy<Deployment>(
  'Deployment',
  ({ spec }) => spec?.replicas ?? 1,
  ({ spec }) => spec?.template,
);
const ofStatefulSets = templatedBy<StatefulSet>(
  'StatefulSet',
  ({ spec }) => spec?.replicas ?? 1,
  ({ spec }) => spec?.template,
);
const ofDaemonSets = templatedBy<DaemonSet>(
  'DaemonSet',
  ({ status }) => status?.desiredNumberScheduled ?? 0,
  ({ spec }) => spec?.template,
);
const ofJobs = templatedBy<Job>(
  'Job',
  ({ spec, status }) => (spec?.suspend === true ? 0 : (status?.active ?? 0)),
  ({ spec }) => spec?.template,
);
const ofCronJobs = templatedBy<CronJob>(
  'CronJob',
  ({ spec }) => (spec?.suspend === true ? 0 : 1),
  ({ spec }) => spec?.jobTemplate?.spec?.template,
);
