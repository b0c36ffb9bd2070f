/** The laws of the house. `core/x` and `adapters/x` are places; files directly in src go by their name. CONTRIBUTING prints this table. */
const core: { readonly [place: string]: readonly string[] } = {
  'core/model': [],
  'core/objects': ['core/model'],
  'core/checks': ['core/model', 'core/objects'],
  'core/incidents': ['core/model', 'core/objects'],
  'core/escalation': ['core/model'],
  'core/lifecycle': ['core/model'],
  'core/render': ['core/model'],
};
const adapters = [
  'claude',
  'config',
  'demo',
  'github',
  'heartbeat',
  'http',
  'kubernetes',
  'pagerduty',
  'slack',
  'store',
  'terminal',
  'webhook',
].map((name) => `adapters/${name}`);
const wholeCore = ['core', ...Object.keys(core)];
const entries = [...wholeCore, 'ports', 'cycle', 'wire', 'adapters/config'];

/** Place ▶ places it may import, beside itself. */
export const allowed: { readonly [place: string]: readonly string[] } = {
  ...core,
  core: Object.keys(core),
  ports: ['core/model'],
  ...Object.fromEntries(adapters.map((place) => [place, ['core/model', 'core/objects', 'ports']])),
  stages: [...wholeCore, 'ports'],
  notify: ['core/lifecycle', 'core/model', 'core/objects', 'core/render', 'ports'],
  steps: [...wholeCore, 'ports', 'stages'],
  cycle: [...wholeCore, 'ports', 'notify', 'stages', 'steps'],
  wire: [...wholeCore, ...adapters, 'ports'],
  action: entries,
  commands: [...entries, 'notify'],
  main: ['action'],
  post: ['action'],
  cli: ['commands'],
};

export const maxLines = 250;
/** cycle.ts is the story of one cycle, read top to bottom. */
export const cycleLines = 121;

/** Package ▶ the one folder that imports it. */
export const sdkHomes: { readonly [name: string]: string } = {
  '@actions/artifact': 'adapters/github',
  '@actions/core': 'adapters/github',
  '@actions/github': 'adapters/github',
  '@anthropic-ai/sdk': 'adapters/claude',
  '@kubernetes/client-node': 'adapters/kubernetes',
  '@slack/web-api': 'adapters/slack',
  commander: 'adapters/config',
};
