import type { RawByKind } from '../../src/adapters/demo/api-server.ts';
import { firstLook, secondLook, shopCatalog, shopObjects } from '../../src/adapters/demo/shop.ts';
import type { MonitorState } from '../../src/core/model/state.ts';
import { type JobOptions, job } from './job.ts';
import { type Issue, issuesOf, remember, remembered } from './memory.ts';
import type { Taken } from './sink.ts';
import type { Message } from './slack-stub.ts';
import type { World } from './world.ts';

export type SituationName =
  | 'first'
  | 'deaf'
  | 'uncatalogued'
  | 'told'
  | 'further ways'
  | 'sick'
  | 'well again'
  | 'answered'
  | 'first cached'
  | 'cached';

/** What people must have been told, and how often they were; more than once is a repeat. */
export interface Fact {
  readonly what: string;
  readonly count: (end: Ending) => number;
  /** It says the same however often it is done. */
  readonly manyTimes?: true;
}

/** What stands in Slack and at GitHub in the end. */
export interface Ending {
  readonly messages: readonly Message[];
  readonly issues: readonly Issue[];
  /** What the further ways out took. */
  readonly taken: readonly Taken[];
}

/** A moment at which a cycle begins, with what came before. */
export interface Situation {
  readonly at: number;
  readonly job: JobOptions;
  readonly objects: (at: number) => RawByKind;
  /** When the cycles before it were; these make the seed. */
  readonly before: readonly { readonly at: number; readonly job: JobOptions }[];
  readonly mayRead: boolean;
  /** What somebody wrote on the health issue. */
  readonly comment?: string;
  readonly facts: readonly Fact[];
}

const minute = 60_000;
const gone: JobOptions = { clusterGone: true };
const failed = [0, 20].map((minutes) => ({ at: firstLook + minutes * minute, job: gone }));

const isRoot = ({ thread_ts: thread }: Message): boolean => thread === undefined;
const saysIt = ({ text, blocks, attachments }: Message, what: RegExp): boolean =>
  what.test(`${text} ${blocks} ${attachments}`);

/** An alert of its own that names something. */
function alert(what: string, pattern: RegExp): Fact {
  const told = (message: Message): boolean => isRoot(message) && saysIt(message, pattern);
  return { what, count: ({ messages }) => messages.filter(told).length };
}

/** What a further way out took of a service's being down. */
function outside(path: string, pattern: RegExp): Fact {
  const took = (each: Taken): boolean => each.path === path && pattern.test(each.body);
  return { what: `payments is down, at ${path}`, count: ({ taken }) => taken.filter(took).length };
}

function word(what: string, pattern: RegExp): Fact {
  return {
    what,
    count: ({ messages }) => messages.filter(({ text }) => pattern.test(text)).length,
  };
}

const payments = alert('payments is down', /payments-api/);
const smtp = alert('notifications is down', /SEV-2 notifications/);
const search = alert('search restarts', /SEV-3 search/);
const nodeC = alert('node-c is lost', /node-c/);

const first: Situation = {
  at: firstLook,
  job: {},
  objects: shopObjects,
  before: [],
  mayRead: true,
  facts: [payments, smtp, search],
};

const told: Situation = {
  ...first,
  at: secondLook,
  before: [{ at: firstLook, job: {} }],
  facts: [
    payments,
    nodeC,
    word('notifications is well again', /^RESOLVED notifications/),
    {
      what: 'the first alert is edited',
      count: ({ messages }) => messages.filter(({ edits }) => edits > 0).length,
      manyTimes: true,
    },
  ],
};

const sick: Situation = {
  ...first,
  at: firstLook + 40 * minute,
  job: gone,
  before: failed,
  facts: [
    word('the monitor is blind', /^DEGRADED/),
    {
      what: 'the issue is open',
      count: ({ issues }) => issues.filter(({ state }) => state === 'open').length,
    },
  ],
};

const wellAgain: Situation = {
  ...first,
  at: secondLook,
  before: [...failed, { at: sick.at, job: gone }],
  facts: [
    payments,
    nodeC,
    word('the monitor sees again', /^RESOLVED Kube Vigil/),
    {
      what: 'the issue is closed',
      count: ({ issues }) => issues.filter(({ state }) => state === 'closed').length,
    },
  ],
};

/** Alerts are open, the monitor was blind since, and somebody has answered on its issue. */
const answered: Situation = {
  ...told,
  before: [
    { at: firstLook, job: {} },
    ...[20, 40, 60].map((minutes) => ({ at: firstLook + minutes * minute, job: gone })),
  ],
  comment: '/ack',
  facts: [...told.facts, ...wellAgain.facts.slice(-2)],
};

export const situations: { readonly [name in SituationName]: Situation } = {
  first,
  deaf: { ...first, mayRead: false },
  uncatalogued: { ...first, job: { catalogIn: 'repository' } },
  told,
  'further ways': {
    ...first,
    job: { furtherWays: true },
    facts: [
      ...first.facts,
      outside('/webhook', /"event":"alert".*payments-api/),
      outside('/slack-webhook', /payments is down/),
      outside('/pagerduty', /"trigger".*payments-api/),
    ],
  },
  sick,
  'well again': wellAgain,
  answered,
  'first cached': { ...first, job: { store: 'cache' } },
  cached: {
    ...told,
    job: { store: 'cache' },
    before: [{ at: firstLook, job: { store: 'cache' } }],
  },
};

/** What the cycles before left behind. */
export interface Seed {
  readonly state: MonitorState | null;
  readonly messages: readonly Message[];
  readonly issues: readonly Issue[];
}

/** Lives through what was before, with the built action. */
export async function seedOf(world: World, situation: Situation): Promise<Seed> {
  world.reset();
  world.objects = situation.objects;
  for (const [index, { at, job: options }] of situation.before.entries()) {
    world.setTime(at);
    const run = await job(world, `before-${index}`, options);
    await run.main();
    run.remove();
  }
  if (situation.before.length === 0) return { state: null, messages: [], issues: [] };
  const { state } = await remembered(world, situation.job);
  return { state, messages: withAnswers(world.slack.messages), issues: await issuesOf(world) };
}

/** Somebody says something in each thread, so that threads are read. */
function withAnswers(messages: readonly Message[]): readonly Message[] {
  const said = messages.filter(isRoot).map(
    ({ ts }): Message => ({
      ts: `${Number(ts.split('.')[0]) + 60}.000000`,
      user: 'U0PERSON',
      thread_ts: ts,
      text: 'I am looking at it',
      blocks: '[]',
      attachments: '[]',
      edits: 0,
    }),
  );
  return [...messages, ...said];
}

/** Puts a world into a situation. */
export async function enter(world: World, situation: Situation, seed: Seed): Promise<void> {
  world.reset();
  world.objects = situation.objects;
  world.slack.mayRead = situation.mayRead;
  world.slack.messages = structuredClone([...seed.messages]);
  world.setTime(situation.at);
  for (const { title, body, labels } of seed.issues)
    await world.github.ask('POST', '/issues', { title, body, labels });
  if (situation.comment !== undefined)
    await world.github.ask('POST', '/issues/1/comments', { body: situation.comment });
  if (situation.job.catalogIn === 'repository') await commitCatalog(world);
  if (seed.state !== null) await remember(world, situation.job, seed.state);
  world.clearFaults();
}

async function commitCatalog({ github }: World): Promise<void> {
  const content = Buffer.from(shopCatalog).toString('base64');
  const body = { message: 'catalog', content, branch: 'main' };
  await github.ask('PUT', '/contents/kube-vigil.yml', body);
}
