/** Every time limit of a cycle, in milliseconds: ours, not a library's. One table, passed in. */
export interface Limits {
  /** One page of a Kubernetes list, body included. */
  readonly kubernetesPage: number;
  /** All reading of the cluster together. */
  readonly kubernetesAll: number;
  /** The last words of failing containers, within what the lists have left of it. */
  readonly kubernetesLogs: number;
  /** Of that, discovering and reading custom resources, after all other lists. */
  readonly kubernetesCustom: number;
  /** If no list has succeeded by then, k8s-analyzer fails. */
  readonly kubernetesFirst: number;
  /** Claude, retries included. */
  readonly claudeAll: number;
  readonly slackCall: number;
  readonly slackAll: number;
  /** Between two messages to one channel, after a short burst. */
  readonly slackPace: number;
  /** All hearing of what people answered, in Slack and at GitHub side by side. */
  readonly hearAll: number;
  /** One call to GitHub's API. */
  readonly githubCall: number;
  /** All of one use of GitHub: load, save, health issue. */
  readonly githubAll: number;
  readonly upload: number;
  /** One ping of the heartbeat. */
  readonly heartbeat: number;
  /** The whole cycle, whatever hangs. */
  readonly cycle: number;
}

/** The most that a part may take of a cycle; the rest is kept for state, report, issue and artifacts. */
export const shares = { reading: 0.5, claude: 0.2, slack: 0.1 };

const second = 1000;

/** Source of the numbers: docs/decisions.md, 'Time limits'. */
export const limits: Limits = {
  kubernetesPage: 30 * second,
  kubernetesAll: 60 * second,
  kubernetesLogs: 10 * second,
  kubernetesCustom: 15 * second,
  kubernetesFirst: 30 * second,
  claudeAll: 60 * second,
  slackCall: 10 * second,
  slackAll: 20 * second,
  slackPace: 1.1 * second,
  hearAll: 3 * second,
  githubCall: 15 * second,
  githubAll: 20 * second,
  upload: 23 * second,
  heartbeat: 3 * second,
  cycle: 300 * second,
};

/** The table with every limit divided by `scale` (tests: 50). */
export function scaled(table: Limits, scale: number): Limits {
  return Object.fromEntries(
    Object.entries(table).map(([name, value]) => [name, Math.ceil(value / scale)]),
  ) as unknown as Limits;
}
