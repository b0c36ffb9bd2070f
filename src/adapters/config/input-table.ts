/** One input of the action. `secret`: a whole value that must be masked. */
export interface InputRow {
  readonly description: string;
  /** What an absent or empty input means; `''`: nothing is set. */
  readonly default: string;
  readonly kind: 'text' | 'secret' | 'list' | 'boolean' | 'number' | 'choice';
  readonly choices?: readonly string[];
}

/** The default model, also of the command line. */
export const defaultModel = 'claude-sonnet-5-5';

/** Every input of the action: action.yml, the README's table and `readInputs` follow it. */
export const inputTable = {
  kubeconfig: {
    description:
      'Kubeconfig of the cluster: its text, base64 of it, or a path. Default: $KUBECONFIG, else the service account of the pod that the runner is.',
    default: '',
    kind: 'text',
  },
  context: {
    description: "Context of the kubeconfig. Default: the kubeconfig's current context.",
    default: '',
    kind: 'text',
  },
  'cluster-name': {
    description:
      'Name of the cluster in alerts, and of its memory; made a slug of a-z, 0-9 and dashes. Default: the context.',
    default: '',
    kind: 'text',
  },
  namespaces: {
    description:
      'Namespaces to watch, separated by commas, blanks or lines; !name leaves one out. Default: all.',
    default: '',
    kind: 'list',
  },
  catalog: {
    description:
      "Path of the catalog in the repository: from the workspace, else through GitHub's API at the run's commit, else defaults.",
    default: '.github/kube-vigil.yml',
    kind: 'text',
  },
  'slack-bot-token': {
    description: "Slack app's bot token (xoxb-…). Without it nothing is sent.",
    default: '',
    kind: 'secret',
  },
  'slack-channel': {
    description: 'Slack channel for alerts: its id (C0123ABCD), or #name of a public channel.',
    default: '',
    kind: 'text',
  },
  'slack-webhook-url': {
    description:
      'URL of an incoming Slack webhook, beside the app or in its place: alerts and ends only, without threads and without edits.',
    default: '',
    kind: 'secret',
  },
  'webhook-url': {
    description:
      "URL of a webhook that takes JSON: alerts, ends and the monitor's own health. https only.",
    default: '',
    kind: 'secret',
  },
  'webhook-secret': {
    description:
      'Secret of that webhook: X-Kube-Vigil-Signature is sha256= and the hex HMAC-SHA256 of the body. Required with webhook-url.',
    default: '',
    kind: 'secret',
  },
  'pagerduty-routing-key': {
    description:
      "Integration key of PagerDuty's Events API v2: an alert triggers, its end resolves.",
    default: '',
    kind: 'secret',
  },
  'anthropic-api-key': {
    description: 'Key for Claude, which then judges new and worse incidents. Default: rules alone.',
    default: '',
    kind: 'secret',
  },
  model: {
    description: 'Claude model to ask.',
    default: defaultModel,
    kind: 'text',
  },
  'github-token': {
    description:
      "Token for the state branch and the health issue: contents: write and issues: write. Default: the job's own.",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's syntax, not JavaScript's
    default: '${{ github.token }}',
    kind: 'secret',
  },
  'state-store': {
    description:
      "Where the memory lies: branch (of this repository), cache (GitHub's; needs actions: read and a concurrency group) or file.",
    default: 'branch',
    kind: 'choice',
    choices: ['branch', 'cache', 'file'],
  },
  'state-branch': {
    description: 'Branch that holds the memory with state-store branch.',
    default: 'kube-vigil-state',
    kind: 'text',
  },
  'state-file': {
    description:
      'Path of the memory with state-store file, where it is required; keep it on a volume that outlives the job.',
    default: '',
    kind: 'text',
  },
  'heartbeat-url': {
    description:
      'URL of a check at healthchecks.io or alike, which calls for help when no cycle runs: each cycle asks for its /start, then for itself, or for its /fail where the cycle failed, the memory was not saved or Slack did not take an alert. https only.',
    default: '',
    kind: 'secret',
  },
  'artifact-retention-days': {
    description: 'Days that reports and backups are kept as artifacts, 1 to 400.',
    default: '14',
    kind: 'number',
  },
  snapshot: {
    description:
      'When the redacted snapshot of the cluster goes into the artifact: changes (an incident is new, worse or resolved, or the cycle failed), always or never.',
    default: 'changes',
    kind: 'choice',
    choices: ['changes', 'always', 'never'],
  },
  'fail-on': {
    description:
      'When the job fails: never, failed-cycle (also on an error), degraded (three failed cycles in a row), undelivered (Slack did not take an alert), SEV-1 or SEV-2 (that severity or louder). All but never also fail where the memory could not be saved.',
    default: 'failed-cycle',
    kind: 'choice',
    choices: ['never', 'failed-cycle', 'degraded', 'undelivered', 'SEV-1', 'SEV-2'],
  },
  'dry-run': {
    description:
      'true: look and decide, but send nothing, open nothing and save nothing; report and artifact are written.',
    default: 'false',
    kind: 'boolean',
  },
  'test-alert': {
    description: 'true: send one message marked as a test to each channel, and nothing else.',
    default: 'false',
    kind: 'boolean',
  },
  'allow-public-repository': {
    description:
      'true: run although the repository is public, where everybody can read logs, artifacts, issues and the state branch.',
    default: 'false',
    kind: 'boolean',
  },
} as const satisfies { readonly [name: string]: InputRow };

/** Every output of the action. */
export const outputTable = {
  'cycle-id': 'Id of this cycle, YYYYMMDD_HHMMSS in UTC.',
  'cycle-number': 'How many cycles this cluster has had, this one included.',
  status: 'healthy, completed, failed or error.',
  health: 'healthy, or degraded from three failed cycles in a row on.',
  'failed-cycles': 'Failed cycles in a row, this one included.',
  severity: 'Severity of the loudest incident, SEV-1 to SEV-4; empty where there is none.',
  notified: 'true if Slack accepted a message in this cycle.',
  findings: 'Number of findings.',
  incidents: 'Number of incidents.',
  'state-saved': 'true if the memory was saved.',
  'report-path': "Path of the cycle's report.",
  'artifact-url': 'Page of the uploaded artifact; empty where nothing was uploaded.',
  'health-issue-url':
    "Page of the open issue about the monitor's own health; empty where there is none.",
} as const;

export type OutputName = keyof typeof outputTable;
