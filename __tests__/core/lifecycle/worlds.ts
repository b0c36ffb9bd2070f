import fc from 'fast-check';
import { confirm, decide, fail } from '../../../src/core/decide.ts';
import { answerables } from '../../../src/core/lifecycle/answerable.ts';
import { channelsOf } from '../../../src/core/lifecycle/channel.ts';
import { type Catalog, defaultCatalog } from '../../../src/core/model/catalog.ts';
import type { CycleStamp, Decided } from '../../../src/core/model/cycle.ts';
import { type Severity, severities } from '../../../src/core/model/decision.ts';
import type { Notification } from '../../../src/core/model/notification.ts';
import { accepted, refused } from '../../../src/core/model/receipt.ts';
import type { Heard, Response, ResponseAction } from '../../../src/core/model/response.ts';
import type { Gap } from '../../../src/core/model/snapshot.ts';
import { freshState, type MonitorState } from '../../../src/core/model/state.ts';
import { cycleIdOf, formatTime } from '../../../src/core/model/time.ts';
import { notify } from '../../../src/notify.ts';
import { assessmentsOf, lookedState, observationOf, type Seen, start, stored } from './history.ts';
import { hours, sometimes } from './lifetimes.ts';

/** What a person does to an alert in Slack: the newest one, or the one before it. `number`: `ack 2`. */
interface Deed {
  readonly alert: 'newest' | 'older';
  readonly number: 1 | 2 | null;
  readonly action: ResponseAction;
  readonly kind: Response['kind'];
  readonly by: string;
}

/** One cycle of a world. */
export interface Moment {
  /** Since the one before; less than nothing: the clock was set back. */
  readonly minutes: number;
  /** What is broken, whether it can be seen or not; null: the same as before. */
  readonly broken: readonly Seen[] | null;
  /** Where pods cannot be read. */
  readonly hidden: 'nowhere' | 'shop' | 'blog' | 'everywhere';
  /** Namespace `blog` is not watched. */
  readonly blogless: boolean;
  /** Which of `routes` the catalog has; null: the same as before. */
  readonly route: number | null;
  /** Slack is configured. */
  readonly channel: boolean;
  /** It takes so many messages; then each of the rest is refused, or taken while its answer is lost, or the run dies. */
  readonly slack: { readonly takes: number; readonly rest: 'takes' | 'refuses' | 'loses' | 'dies' };
  /** Slack's history may be read. */
  readonly looksUp: boolean;
  /** The cluster cannot be reached. */
  readonly fails: boolean;
  readonly deeds: readonly Deed[];
  /** Reactions are taken back. */
  readonly withdraws: boolean;
  /** Answers cannot be read. */
  readonly deaf: boolean;
}

export interface World {
  readonly first: boolean;
  readonly moments: readonly Moment[];
}

/** Channels by service and by severity; what neither names goes to `C1`. */
export const routes: readonly {
  readonly services: { readonly [name: string]: string };
  readonly severities: { readonly [severity in Severity]?: string };
}[] = [
  { services: {}, severities: {} },
  { services: { api: 'C2' }, severities: {} },
  { services: {}, severities: { 'SEV-1': 'C9' } },
  { services: { api: 'C3', blog: 'C2' }, severities: { 'SEV-1': 'C9', 'SEV-3': 'C2' } },
];

const workloads = ['api', 'web', 'blog'] as const;
const rarely = fc.integer({ min: 0, max: 7 }).map((drawn) => drawn === 7);

/** What is wrong with one workload. What the catalog takes out is SEV-3 at most, as the policy has it. */
const fault = fc
  .record({
    severity: fc.constantFrom(...severities),
    digest: fc.constantFrom('d1', 'd2'),
    quietBy: sometimes(fc.constantFrom('silence', 'maintenance', 'issue'), 8),
  })
  .map(({ quietBy, ...rest }): Seen => {
    if (quietBy === null) return rest;
    const known = { ...rest, known: true, severity: 'SEV-3' } as const;
    return quietBy === 'issue' ? known : { ...known, quietBy: quietBy as 'silence' };
  });

/** Of one workload: nothing, a crash loop, out of memory, or the two at once. */
const brokenOf = (name: string) =>
  fc
    .record({ crash: sometimes(fault, 2), memory: sometimes(fault, 4) })
    .map(({ crash, memory }): readonly Seen[] => {
      const where = name === 'blog' ? { name, namespace: 'blog' } : { name };
      return [
        ...(crash === null ? [] : [{ ...where, ...crash }]),
        ...(memory === null ? [] : [{ ...where, ...memory, reason: 'OOMKilled' }]),
      ];
    });

const node = sometimes(
  fc.record({
    holds: fc.subarray([...workloads], { minLength: 1 }),
    severity: fc.constantFrom('SEV-2', ...severities),
  }),
  4,
);
const broken = fc
  .record({ each: fc.tuple(...workloads.map(brokenOf)), held: node })
  .map(({ each, held }): readonly Seen[] => [
    ...each.flat().filter(({ name }) => !held?.holds.some((one) => one === name)),
    ...(held === null ? [] : [{ name: 'node', namespace: null, ...held }]),
  ]);

const deed: fc.Arbitrary<Deed> = fc.record({
  alert: fc.constantFrom('newest', 'older'),
  number: fc.constantFrom(null, 1, 2),
  action: fc.constantFrom('ack', 'ack', 'silence', 'unack', 'unsilence'),
  kind: fc.constantFrom('message', 'reaction'),
  by: fc.constantFrom('U0LISTED1', 'U0STRANGER'),
});

const moment = (cadence: number): fc.Arbitrary<Moment> =>
  fc.record({
    minutes: fc
      .constantFrom(1, 1, 1, 1, 1.2, 0.8, 6, -0.6)
      .map((stretch) => Math.round(stretch * cadence)),
    broken: sometimes(broken, 2),
    hidden: fc.constantFrom(
      'nowhere',
      'nowhere',
      'nowhere',
      'nowhere',
      'shop',
      'blog',
      'everywhere',
    ),
    blogless: rarely,
    route: sometimes(fc.nat(routes.length - 1), 5),
    channel: rarely.map((without) => !without),
    slack: fc.record({
      takes: fc.nat(3),
      rest: fc.constantFrom('takes', 'takes', 'takes', 'refuses', 'loses', 'dies'),
    }),
    looksUp: fc.boolean(),
    fails: rarely,
    deeds: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(deed, { maxLength: 2 })),
    withdraws: rarely,
    deaf: rarely,
  });

export const worlds: fc.Arbitrary<World> = fc.constantFrom(5, 15, 60, 300).chain((cadence) =>
  fc.record({
    first: fc.boolean(),
    moments: fc.array(moment(cadence), { minLength: 1, maxLength: 30 }),
  }),
);

export const calm: Moment = {
  ...{ minutes: 70, broken: [], hidden: 'nowhere', blogless: false, route: 0, channel: true },
  ...{ slack: { takes: 0, rest: 'takes' }, looksUp: true, fails: false },
  ...{ deeds: [], withdraws: false, deaf: false },
};

/** A message as it came to stand in Slack. */
export interface Post {
  readonly notification: Notification;
  readonly channel: string;
  /** The alert that it replies to; null: it stands in the channel by itself. */
  readonly thread: string | null;
}

/** What stands there whether or not it changes in a cycle. */
export interface Standing extends Moment {
  readonly broken: readonly Seen[];
  readonly route: number;
}

/** One cycle as it was lived through. */
export interface Page {
  /** ms */
  readonly now: number;
  readonly moment: Standing;
  readonly id: string;
  /** What the look saw; null: there was none, or one older than the last. */
  readonly seen: readonly Seen[] | null;
  readonly heard: Heard;
  /** What it sent, whether Slack took it or not. */
  readonly sent: readonly Notification[];
  /** What came to stand in Slack in this cycle. */
  readonly posts: readonly Post[];
  readonly decided: Decided;
}

function gapsOf({ hidden }: Moment): readonly Gap[] {
  if (hidden === 'nowhere') return [];
  const namespace = hidden === 'everywhere' ? null : hidden;
  return [{ kind: 'Pod', namespace, reason: 'forbidden', detail: 'pods is forbidden' }];
}

export function seenIn({ broken: all, hidden, blogless }: Standing): readonly Seen[] {
  return all.filter(({ namespace = 'shop' }) => {
    if (namespace === null) return true;
    return hidden !== 'everywhere' && hidden !== namespace && !(blogless && namespace === 'blog');
  });
}

export function catalogOf({ route }: Standing): Catalog {
  const { services = {}, severities: channels = {} } = routes[route] ?? {};
  const service = {
    priority: 'P1',
    namespaces: [],
    selector: {},
    maxDowntimeSeconds: 300,
  } as const;
  return {
    ...defaultCatalog,
    ...{ hours, ackUsers: ['U0LISTED1'], channels },
    services: Object.entries(services).map(([name, channel]) => ({
      ...{ ...service, knownIssues: [], name, channel },
    })),
  };
}

/** A Slack that keeps what it takes, and has it looked up where it may be. */
function slack() {
  const posts: Post[] = [];
  let handled = 0;
  return {
    posts,
    /** For one cycle. */
    messenger({ slack: { takes, rest }, looksUp }: Moment) {
      handled = 0;
      return {
        deliver: async (
          notification: Notification,
          root: { channel: string; ts: string } | null,
        ) => {
          const { id, kind, maybe } = notification;
          const channel = root?.channel ?? notification.channel;
          const answer = { ...accepted(channel, root?.ts ?? `ts-${id}`), id };
          // It is looked for where it is to go, as Slack has it.
          const stands = posts.some(
            (post) => post.notification.id === id && post.channel === channel,
          );
          const how = handled++ < takes ? 'takes' : rest;
          if (how === 'refuses' || how === 'dies')
            return { ...refused('Slack has trouble', maybe === true), id };
          if (kind === 'edit') return answer;
          if (looksUp && maybe === true && stands) return { ...answer, found: true as const };
          posts.push({ notification, channel, thread: root === null ? null : notification.alert });
          return how === 'loses' ? { ...refused('No answer', true), id } : answer;
        },
      };
    },
  };
}

/** What people do in Slack, and what a listener hears of it: each reaction while it stands there, each message until it was heard. */
function people() {
  let reactions: readonly Response[] = [];
  let unheard: readonly Response[] = [];
  const forget = () => {
    unheard = [];
  };
  const hear = (
    state: MonitorState,
    posts: readonly Post[],
    { deeds, withdraws, deaf, fails }: Moment,
    now: number,
  ): Heard => {
    const roots = posts.filter(({ notification: { kind } }) => kind === 'full');
    if (withdraws) reactions = [];
    for (const [at, { alert: which, number, ...rest }] of deeds.entries()) {
      const alert = roots.at(which === 'newest' ? -1 : -2)?.notification.alert;
      if (alert === undefined) continue;
      const said = { ...rest, alert, seconds: null, trusted: false };
      if (rest.kind === 'message') unheard = [...unheard, { ...said, number, key: `${now}.${at}` }];
      else
        reactions = [
          ...reactions.filter(
            (each) => each.alert !== alert || each.action !== rest.action || each.by !== rest.by,
          ),
          { ...said, number: null, key: `${rest.action}:${rest.by}` },
        ];
    }
    if (fails) return { responses: [], read: [], troubles: [] };
    if (deaf) return { responses: [], read: [], troubles: ['Slack cannot be heard'] };
    const read = answerables(state).map(({ alert }) => alert);
    const responses = [...reactions, ...unheard].filter(({ alert }) => read.includes(alert ?? ''));
    return { responses, read, troubles: [] };
  };
  return { hear, forget };
}

/** Lives through a world on the real path: decide, save, send, confirm, save. */
export async function live({ first: begins, moments }: World): Promise<readonly Page[]> {
  const there = slack();
  const { hear, forget } = people();
  let state = begins ? freshState : lookedState;
  let first = begins;
  let now = start;
  const pages: Page[] = [];
  let moment: Standing = { ...calm, broken: [], route: 0 };
  for (const [at, next] of moments.entries()) {
    moment = { ...next, broken: next.broken ?? moment.broken, route: next.route ?? moment.route };
    now += moment.minutes * 60_000;
    const catalog = catalogOf(moment);
    const stamp: CycleStamp = {
      ...{ id: cycleIdOf(now), cluster: 'prod', startedAt: formatTime(now), now, run: `run-${at}` },
      ...{ channel: moment.channel ? 'C1' : null, channels: channelsOf(catalog), runUrl: null },
      namespaces: { include: [], exclude: moment.blogless ? ['blog'] : [] },
    };
    const look = { seen: seenIn(moment), gaps: gapsOf(moment) };
    const heard = hear(state, there.posts, moment, now);
    const failure = { status: 'failed', phase: 'k8s-analyzer', message: 'no route' } as const;
    const decided = moment.fails
      ? fail(state, failure, stamp)
      : decide(state, first, observationOf(look, now), assessmentsOf(look), stamp, catalog, {
          heard,
        });
    if (heard.troubles.length === 0 && !moment.fails && !decided.stale) forget();
    state = stored(decided.state);
    first = false;
    const before = there.posts.length;
    const receipts = await notify(there.messenger(moment), decided, async () => {});
    const named = { ...stamp, id: decided.cycleId };
    if (moment.slack.rest !== 'dies') state = stored(confirm(state, receipts, named));
    pages.push({
      ...{ now, moment, id: decided.cycleId, heard, sent: decided.due, decided },
      seen: moment.fails || decided.stale ? null : look.seen,
      posts: there.posts.slice(before),
    });
  }
  return pages;
}
