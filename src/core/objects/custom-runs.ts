import { groupBy } from '../model/group.ts';
import { isOlder, parseTime } from '../model/time.ts';
import { type CustomResource, groupOf } from './custom.ts';
import { endOf } from './custom-trouble.ts';
import { controllerOf, type ObjectMeta } from './meta.ts';

/** Kinds that run once and stay as a record: a backup, a job, a migration. By name, as projects call them. */
const runKind =
  /(?:Run|Job|Backup|Restore|Migration|Workflow|Request|Export|Experiment|InstallPlan|SparkApplication|DataUpload|DataDownload)$/;
const notRun = /^(?:Cron|Scaled|Scheduled|Recurring|Advanced|Volume)|(?:Schedule|Template|Policy)/;

/** Who starts runs again and again, by the label that it leaves on them. */
const makerLabels = [
  'velero.io/schedule-name',
  'workflows.argoproj.io/cron-workflow',
  'cnpg.io/scheduled-backup',
  'cnpg.io/cluster',
  'sparkoperator.k8s.io/scheduled-app-name',
];

const staleSeconds = 24 * 3600;

/** Answers for each run whether its failure is still somebody's concern. */
export interface Runs {
  concerns(resource: CustomResource, since: string | null): boolean;
}

function isRun({ kind }: CustomResource): boolean {
  return runKind.test(kind) && !notRun.test(kind);
}

/**
 * A failed run concerns people until a newer one of the same maker takes its place, at most a day (its owner makes another,
 * or says itself that none succeeds). What people start by hand or CI starts is theirs to watch.
 */
export function runsOf(resources: readonly CustomResource[], now: number): Runs {
  const runs = resources.filter(isRun);
  const byMaker = groupBy(runs, (run) => makerOf(run) ?? '');
  const newest = new Set<CustomResource>();
  for (const [maker, made] of byMaker)
    if (maker !== '') newest.add(made.reduce((a, b) => (createdAt(b) > createdAt(a) ? b : a)));
  const present = new Set(resources.map((each) => ownKey(each.kind, each.apiVersion, each)));
  return {
    concerns(run, since) {
      if (!isRun(run)) return true;
      const ended = endOf(run) ?? since ?? run.metadata?.creationTimestamp;
      if (parseTime(ended) !== null && isOlder(ended, staleSeconds, now)) return false;
      const maker = makerOf(run);
      if (maker === undefined) return !isByHand(run);
      return newest.has(run) && !isOwned(run, present);
    },
  };
}

/** Argo's workflows run builds and experiments, unless a schedule starts them. */
function isByHand({ kind, apiVersion }: CustomResource): boolean {
  return kind === 'Workflow' && apiVersion.startsWith('argoproj.io/');
}

/** Whether its owner is here and judged itself. A schedule says nothing of how its runs end. */
function isOwned(run: CustomResource, present: ReadonlySet<string>): boolean {
  const owner = controllerOf(run);
  if (owner?.kind === undefined || /Cron|Schedule/.test(owner.kind)) return false;
  const { kind, apiVersion = '', name = '' } = owner;
  const namespace = run.metadata?.namespace;
  return [namespace, undefined].some((each) =>
    present.has(ownKey(kind, apiVersion, { metadata: { name, namespace: each } })),
  );
}

function ownKey(kind: string, apiVersion: string, { metadata }: ObjectMeta): string {
  return JSON.stringify([groupOf({ apiVersion }), kind, metadata?.namespace, metadata?.name]);
}

function makerOf(run: CustomResource): string | undefined {
  const owner = controllerOf(run);
  const labels = run.metadata?.labels ?? {};
  const label = makerLabels.find((each) => labels[each] !== undefined);
  const maker = label === undefined ? undefined : labels[label];
  const by = owner?.name === undefined ? maker : `${owner.kind}/${owner.name}`;
  if (by === undefined) return undefined;
  return JSON.stringify([groupOf(run), run.kind, run.metadata?.namespace, by]);
}

function createdAt({ metadata }: CustomResource): number {
  return parseTime(metadata?.creationTimestamp) ?? 0;
}
