import type { Severity } from '../../../src/core/model/decision.ts';
import { idOf, type Seen } from './history.ts';
import { type Moment, type Page, type Post, routes, type Standing } from './worlds.ts';

/*
 * What people must have been told, and what not: written from the domain's rules, without the code that follows them.
 * It reads the channels as a person does, looks at the cluster as it truly is, and complains where the two disagree.
 */

const minute = 60_000;
const hour = 60 * minute;
/** A full alert again after three hours; where cycles are far apart it may come up to half of that early. */
const repeatAfter = 1.5 * hour;
/** Somebody has it for so long; a silence by word. */
const ackFor = { 'SEV-1': 4 * hour, 'SEV-2': 12 * hour, 'SEV-3': 24 * hour, 'SEV-4': 24 * hour };
const silenceFor = 4 * hour;

/** What a person knows of one incident. */
interface Story {
  readonly object: string;
  severity: Severity;
  /** Whether it goes on, by the last word in each channel that heard of it. */
  readonly channels: Map<string, 'on' | 'over'>;
  /** The cycle of the newest alert that was read of it in each channel. */
  readonly fulls: Map<string, number>;
  /** Channels whose alert was to be followed by one that Slack did not take: it is only edited there. */
  readonly excused: Set<string>;
  /** The newest alert that told of it, and when that was decided. */
  alert: string;
  fullAt: number;
  /** That cycle, and the one in which it was read, counted from the first. */
  fullIn: number;
  readIn: number;
  /** Something has happened since that lets it be told in full at once. */
  mayRepeat: boolean;
  /** It is quiet, or a part of another, as far as people know: nobody looks after it. */
  setAside: boolean;
  /** The cycle that decided its last end, counted from the first. */
  endedIn: number;
}

/** What happened to one incident in the cluster. */
interface Watch {
  readonly seen: Seen;
  seenAt: number;
  /** The cycle that saw it last, counted from the first. */
  seenIn: number;
  /** The looks in a row that did not see it, and those that did not see anything of its object. */
  absent: number;
  absentSince: number;
  gone: number;
  goneSince: number;
  hiddenSince: number | null;
  /** A SEV-3 outside business hours waits until then. */
  dueAt: number | null;
}

/** Somebody's word on an incident; void once it is worse than `severity`. */
interface Word {
  readonly until: number;
  readonly severity: Severity;
  readonly alert: string;
  readonly reaction: string | null;
}

/** The truth of one cycle, by which what it decided is judged, also where Slack takes it later. */
interface Truth {
  readonly now: number;
  readonly turn: number;
  readonly seen: ReadonlyMap<string, Seen>;
  /** As each was when it was seen last. */
  readonly severities: ReadonlyMap<string, Severity>;
  readonly reasons: ReadonlyMap<string, string>;
}

const isWorse = (one: Severity, other: Severity) => one < other;
const isLoud = (severity: Severity) => !isWorse('SEV-2', severity);
const isOn = ({ channels }: Story) => [...channels.values()].includes('on');
/** A node is found by the pods that it holds. */
const placesOf = ({ namespace = 'shop', holds = [] }: Seen) =>
  namespace === null ? holds.map((name) => (name === 'blog' ? 'blog' : 'shop')) : [namespace];
const isHidden = (seen: Seen, { hidden }: Moment) =>
  hidden === 'everywhere' || placesOf(seen).some((place) => place === hidden);
const isUnwatched = ({ namespace }: Seen, { blogless }: Moment) => blogless && namespace === 'blog';
const isInForce = (word: Word | undefined, now: number) =>
  word !== undefined && word.until > now && word.until - now <= 24 * hour;

/** Monday to Friday, 9 to 17. */
function isOpen(at: number): boolean {
  const date = new Date(at);
  const isWorkday = date.getUTCDay() % 6 !== 0;
  return isWorkday && date.getUTCHours() >= 9 && date.getUTCHours() < 17;
}

function nextOpening(at: number): number {
  let next = Math.floor(at / hour) * hour;
  while (!isOpen(next)) next += hour;
  return next;
}

export function reference() {
  const stories = new Map<string, Story>();
  const watches = new Map<string, Watch>();
  const acks = new Map<string, Word>();
  const silences = new Map<string, Word>();
  /** By object: a silence on it that another reason of the same may have taken over. */
  const hushed = new Map<string, Word>();
  const truths = new Map<string, Truth>();
  /** The incidents of each alert, by their numbers; the alert that told of each last; messages that Slack may have. */
  const numbers = new Map<
    string,
    { readonly fingerprints: readonly string[]; readonly turn: number }
  >();
  const heirs: { readonly from: string; readonly to: string; readonly turn: number }[] = [];
  const addresses = new Map<string, string>();
  const ended = new Set<string>();
  const doubts = new Map<string, number>();
  const posted = new Map<string, number>();
  const used = new Set<string>();
  let clock = Number.NEGATIVE_INFINITY;
  let setBackIn = -1;
  const deaths: number[] = [];
  let complaints: string[] = [];
  const complain = (...what: readonly unknown[]) => complaints.push(what.join(' '));
  const nameOf = (fingerprint: string) => {
    const { name, reason = '' } = watches.get(fingerprint)?.seen ?? { name: fingerprint };
    return `${name}${reason}`;
  };

  /** The same object fails for another reason: one story, which goes on under the other name. */
  function succeed({ decided }: Page, seen: Truth['seen'], turn: number): void {
    for (const { fingerprint: from } of decided.verdicts.filter(
      (each) => each.reason === 'SUCCEEDED',
    )) {
      const object = watches.get(from)?.seen.name;
      const [to] = [...seen].find(([other, { name }]) => other !== from && name === object) ?? [];
      if (to === undefined || seen.has(from)) {
        complain('a story goes on that does not:', nameOf(from));
        continue;
      }
      heirs.push({ from, to, turn });
      const story = stories.get(from);
      if (story !== undefined) stories.set(to, { ...story, mayRepeat: true });
      stories.delete(from);
      addresses.set(to, addresses.get(from) ?? '');
      // What people said goes with it, unless it is worse now.
      for (const words of [acks, silences]) {
        const word = words.get(from);
        const { severity = 'SEV-2' } = seen.get(to) ?? {};
        if (word !== undefined && !isWorse(severity, word.severity)) words.set(to, word);
      }
      for (const kept of [acks, silences, addresses]) kept.delete(from);
    }
  }

  /** Under which name a story goes on that was told in a cycle. */
  function nowOf(fingerprint: string, told: number): string {
    const later = heirs.filter(({ turn }) => turn > told);
    return later.reduce((name, { from, to }) => (name === from ? to : name), fingerprint);
  }

  /** What people said counts before anything is decided. */
  function hear({ heard, now }: Page): void {
    for (const words of [acks, silences])
      for (const [fingerprint, { alert, reaction }] of words) {
        const stands = heard.responses.some(
          (each) => each.alert === alert && each.key === reaction,
        );
        if (reaction !== null && heard.read.includes(alert) && !stands) words.delete(fingerprint);
      }
    for (const { alert, number, action, by, key, kind } of heard.responses) {
      const reaction = kind === 'reaction' ? key : null;
      if (alert === null || used.has(`${alert} ${key}`)) continue;
      used.add(`${alert} ${key}`);
      const { fingerprints = [], turn = 0 } = numbers.get(alert) ?? {};
      const told = fingerprints.map((each) => nowOf(each, turn));
      const meant = number === null ? told : told.slice(number - 1, number);
      for (const fingerprint of meant.filter(
        (each) => addresses.get(each) === alert && !ended.has(each),
      )) {
        const severity = watches.get(fingerprint)?.seen.severity ?? 'SEV-2';
        const story = stories.get(fingerprint);
        if (action === 'ack') {
          acks.set(fingerprint, { until: now + ackFor[severity], severity, alert, reaction });
          if (story !== undefined) story.mayRepeat = true;
        }
        if (action === 'unack') acks.delete(fingerprint);
        if (action === 'unsilence') silences.delete(fingerprint);
        if (action !== 'silence' || by !== 'U0LISTED1' || severity === 'SEV-1') continue;
        const word = { until: now + silenceFor, severity, alert, reaction };
        silences.set(fingerprint, word);
        hushed.set(watches.get(fingerprint)?.seen.name ?? '', word);
      }
    }
    for (const alert of heard.read)
      for (const each of used) {
        const stands = heard.responses.some(({ key }) => each === `${alert} ${key}`);
        if (each.startsWith(`${alert} `) && !stands) used.delete(each);
      }
  }

  /** What the look says of everything that was ever seen. */
  function look({ now, moment }: Page, seen: ReadonlyMap<string, Seen>): void {
    const objects = new Set([...seen.values()].map(({ name }) => name));
    const held = new Set([...seen.values()].flatMap(({ holds = [] }) => holds));
    for (const [fingerprint, each] of seen) {
      const severity = each.severity ?? 'SEV-2';
      const waits = severity === 'SEV-3' && each.known !== true && !stories.has(fingerprint);
      const dueAt = watches.get(fingerprint)?.dueAt ?? (isOpen(now) ? null : nextOpening(now));
      const away = { absent: 0, absentSince: now, gone: 0, goneSince: now, hiddenSince: null };
      watches.set(fingerprint, {
        seen: each,
        seenAt: now,
        seenIn: truths.size,
        ...away,
        dueAt: waits ? dueAt : null,
      });
      ended.delete(fingerprint);
      for (const words of [acks, silences])
        if (isWorse(severity, words.get(fingerprint)?.severity ?? severity))
          words.delete(fingerprint);
      const story = stories.get(fingerprint);
      const quiet = each.known === true || isInForce(silences.get(fingerprint), now);
      if (story !== undefined && quiet) story.mayRepeat = true;
    }
    for (const [fingerprint, watch] of watches) {
      if (seen.has(fingerprint)) continue;
      watch.dueAt = null;
      // A time that lies ahead was of a clock that was wrong.
      watch.seenAt = Math.min(watch.seenAt, now);
      const { name = '' } = watch.seen;
      if (held.has(name))
        for (const story of stories.values()) story.mayRepeat ||= story.object === name;
      if (isHidden(watch.seen, moment) && !isUnwatched(watch.seen, moment)) {
        if (held.has(name)) watch.gone = 0;
        watch.hiddenSince ??= now;
        continue;
      }
      watch.absentSince = watch.absent === 0 ? now : Math.min(watch.absentSince, now);
      watch.absent++;
      watch.hiddenSince = null;
      const isThere = objects.has(name) || held.has(name) || !moment.channel;
      watch.goneSince = isThere || watch.gone === 0 ? now : Math.min(watch.goneSince, now);
      watch.gone = isThere ? 0 : watch.gone + 1;
    }
  }

  /** What this cycle decided to say, whether Slack takes it now or later. */
  function judge({ now, moment, decided, id }: Page, seen: Truth['seen']): void {
    const said = decided.state.outbox.filter(({ cycleId }) => cycleId === id);
    const roots = said.filter(({ kind }) => kind === 'full').map(({ channel }) => channel);
    if (new Set(roots).size < roots.length) complain('two alerts at once in one channel');
    for (const { kind, fingerprints, alert, severity: worst } of said) {
      if (kind === 'full') numbers.set(alert, { fingerprints, turn: truths.size - 1 });
      for (const fingerprint of fingerprints) {
        const watch = watches.get(fingerprint);
        const { severity = 'SEV-2', known = false } = seen.get(fingerprint) ?? {};
        if (kind === 'full') {
          addresses.set(fingerprint, alert);
          if (known) complain('full although known or quiet:', nameOf(fingerprint));
          if (seen.has(fingerprint) && isWorse(severity, worst)) complain('milder than it is');
          if (isInForce(silences.get(fingerprint), now))
            complain('full although silenced:', nameOf(fingerprint));
          const isNews = isWorse(severity, stories.get(fingerprint)?.severity ?? severity);
          if (isInForce(acks.get(fingerprint), now) && !isNews)
            complain('full although taken:', nameOf(fingerprint));
          acks.delete(fingerprint);
        }
        if (kind !== 'resolved' || watch === undefined) continue;
        for (const words of [acks, silences]) words.delete(fingerprint);
        ended.add(fingerprint);
        if (seen.has(fingerprint)) complain('ended and still seen:', nameOf(fingerprint));
        if (isUnwatched(watch.seen, moment)) continue;
        const unseen = watch.hiddenSince === null ? 0 : now - watch.hiddenSince;
        if (unseen > 7 * 24 * hour) continue;
        if (isHidden(watch.seen, moment)) complain('ended out of sight:', nameOf(fingerprint));
        const looks = watch.absent >= 2 && now - watch.absentSince >= 10 * minute;
        if (!looks && now - watch.seenAt < hour) complain('ended too soon:', nameOf(fingerprint));
      }
    }
  }

  /** It was told in full lately, as far as clocks can say. */
  function isRecent(story: Story | undefined, now: number): story is Story {
    if (story === undefined || !isOn(story) || story.fullIn <= setBackIn) return false;
    return now - story.fullAt < repeatAfter;
  }

  /** A person reads one message. */
  function read({ notification, channel, thread }: Post, page: Page): void {
    const { kind, id, alert, fingerprints, reason, cycleId } = notification;
    if (kind === 'health' || kind === 'test') return;
    const truth = truths.get(cycleId);
    if (truth === undefined) throw new TypeError(`no cycle ${cycleId}`);
    const { seen, severities, now, turn } = truth;
    const times = (posted.get(id) ?? 0) + 1;
    posted.set(id, times);
    if (times > 1 && page.moment.looksUp) complain('repeated although it could be looked up:', id);
    if (times > 1 + (doubts.get(id) ?? 0)) complain('repeated for no reason:', id);
    if (kind === 'full') {
      // Its words name all that it was decided for, also what a newer alert tells since or goes on under another name.
      const all = notification.late === true ? fingerprints : numbers.get(alert)?.fingerprints;
      for (const each of all ?? fingerprints) tell(nowOf(each, turn), each);
      return;
    }
    if (thread === null) complain(kind, reason, 'without its alert:', fingerprints.map(nameOf));
    for (const each of fingerprints) {
      const fingerprint = nowOf(each, turn);
      const story = stories.get(fingerprint);
      const last = story?.channels.get(channel);
      if (story === undefined || last === undefined) {
        complain(kind, reason, 'about what nobody heard of:', nameOf(fingerprint));
        continue;
      }
      // A word of before, which comes behind an alert that was read already, is about the older one.
      if ((story.fulls.get(channel) ?? -1) > turn && story.readIn < truths.size - 1) continue;
      // A return that Slack did not take is told by the end that follows it.
      const wasBack = (watches.get(fingerprint)?.seenIn ?? 0) > story.endedIn;
      if (kind === 'resolved' && last === 'over' && !doubts.has(id) && !wasBack)
        complain('ended twice:', nameOf(fingerprint));
      // Where it is said to go on in another channel, people wait for its end too; unless that one told it here as well.
      if (reason === 'CONTINUED' && (story.fulls.get(channel) ?? -1) >= turn) continue;
      story.channels.set(channel, kind === 'resolved' ? 'over' : 'on');
      if (kind === 'resolved') story.endedIn = turn;
      if (kind === 'resolved') story.mayRepeat = true;
      if (reason === 'CONTINUED') continue;
      story.setAside = reason === 'ABSORBED' || reason === 'SILENCE_STARTED';
      if (story.setAside) story.mayRepeat = true;
      const { severity, known } = seen.get(fingerprint) ?? {};
      if (severity !== undefined && known !== true) story.severity = severity;
    }

    function tell(fingerprint: string, then: string): void {
      const before = stories.get(fingerprint);
      const object = watches.get(fingerprint)?.seen.name ?? '';
      const severity = severities.get(then) ?? severities.get(fingerprint) ?? 'SEV-2';
      if (
        isRecent(before, now) &&
        before.channels.has(channel) &&
        turn > before.fullIn &&
        times === 1 &&
        !before.mayRepeat &&
        !isWorse(severity, before.severity)
      )
        complain('told in full again:', reason, nameOf(fingerprint));
      const isLate = notification.late === true;
      const channels = new Map(before?.channels);
      // One that may be a repeat says so, and begins nothing anew.
      const isOutdone =
        before !== undefined &&
        before.fullIn > turn &&
        before.readIn < truths.size - 1 &&
        page.seen?.some((each) => idOf(each) === fingerprint) === true;
      if (!channels.has(channel) || (!isOutdone && (times === 1 || isLate)))
        channels.set(channel, isLate ? 'over' : 'on');
      const mayRepeat = isLate;
      const newest =
        before !== undefined && before.fullIn > turn
          ? before // An older alert that Slack took later.
          : {
              severity,
              alert,
              fullAt: now,
              fullIn: turn,
              readIn: truths.size - 1,
              endedIn: before?.endedIn ?? turn,
              mayRepeat,
            };
      const fulls = new Map(before?.fulls).set(channel, turn);
      const excused = new Set(before?.excused);
      stories.set(fingerprint, { ...newest, object, channels, fulls, excused, setAside: false });
    }
  }

  /** What people must know once Slack has taken all of a cycle. */
  function demand({ now, id, posts }: Page, seen: Truth['seen']): void {
    for (const { notification } of posts.filter((each) => each.notification.reason === 'ABSORBED'))
      for (const { name = '' } of notification.fingerprints.flatMap(
        (each) => watches.get(each)?.seen ?? [],
      )) {
        const holders = [...seen].filter(([, { holds = [] }]) => holds.includes(name));
        const isKnown = holders.some(([holder]) =>
          [stories.get(holder)].some((story) => story && isOn(story)),
        );
        if (notification.cycleId === id && !isKnown)
          complain('a part of what nobody heard of:', name);
      }
    for (const [fingerprint, each] of seen) {
      const { severity = 'SEV-2', known = false, name = '' } = each;
      const due = watches.get(fingerprint)?.dueAt ?? Number.POSITIVE_INFINITY;
      const counts = isLoud(severity) || (severity === 'SEV-3' && (isOpen(now) || now >= due));
      const hush = hushed.get(name);
      const isHushed = isInForce(hush, now) && !isWorse(severity, hush?.severity ?? severity);
      if (!counts || known || isHushed) continue;
      const story = stories.get(fingerprint);
      if (story === undefined || !isOn(story))
        complain('nobody was told of', nameOf(fingerprint), severity);
      else if (isWorse(severity, story.severity))
        complain('people believe', story.severity, 'of', nameOf(fingerprint), severity);
      else if (story.setAside && !isCalm(fingerprint))
        complain('people believe it is looked after:', nameOf(fingerprint));
    }
    /** Somebody has it, or it comes and goes: then it is not told again. */
    function isCalm(fingerprint: string): boolean {
      const isFlapping = truths.get(id)?.reasons.get(fingerprint) === 'FLAPPING';
      return isFlapping || isInForce(acks.get(fingerprint), now);
    }
    for (const [fingerprint, story] of stories) {
      const watch = watches.get(fingerprint);
      if (!isOn(story) || watch === undefined || seen.has(fingerprint)) continue;
      const open = [...story.channels].flatMap(([channel, last]) =>
        last === 'on' && !story.excused.has(channel) ? channel : [],
      );
      if (open.length > 0 && watch.gone >= 4 && now - watch.goneSince >= 10 * minute)
        complain('no end in', open, 'of', nameOf(fingerprint));
    }
  }

  /** Where its alert goes: the channel of its service, of its severity, or the default. */
  function routeOf({ name = '', severity = 'SEV-2' }: Seen, { route }: Standing): string {
    const { services, severities } = routes[route] ?? { services: {}, severities: {} };
    return services[name] ?? severities[severity] ?? 'C1';
  }

  /** Everything that is wrong in one cycle. */
  return (page: Page): readonly string[] => {
    complaints = [];
    const { now, moment, id, decided, posts, sent } = page;
    const seen = new Map(page.seen?.map((each) => [idOf(each), each]));
    if (now < clock) setBackIn = truths.size;
    clock = now;
    // What has run out once does not hold again, also where the clock is set back.
    for (const words of [acks, silences])
      for (const [each, word] of words) if (!isInForce(word, now)) words.delete(each);
    if (page.seen !== null) {
      hear(page);
      look(page, seen);
    }
    const reasons = new Map(
      decided.verdicts.map(({ fingerprint, reason }) => [fingerprint, reason]),
    );
    const severities = new Map(
      [...watches].map(([each, watch]) => [each, watch.seen.severity ?? 'SEV-2']),
    );
    truths.set(id, { now, turn: truths.size, seen, severities, reasons });
    succeed(page, seen, truths.size - 1);
    judge(page, seen);
    for (const post of posts) {
      read(post, page);
      const { kind, cycleId, fingerprints } = post.notification;
      const right = fingerprints
        .flatMap((each) => seen.get(each) ?? [])
        .map((each) => routeOf(each, moment));
      if (kind === 'full' && cycleId === id && right.some((channel) => channel !== post.channel))
        complain('told in', post.channel, 'instead of', right);
    }
    for (const each of sent.filter(({ kind, cycleId }) => kind === 'full' && cycleId === id))
      if (!posts.some(({ notification }) => notification.id === each.id))
        for (const fingerprint of each.fingerprints)
          stories.get(fingerprint)?.excused.add(each.channel);
    const isDoubtful = moment.slack.rest === 'loses' || moment.slack.rest === 'dies';
    for (const each of isDoubtful ? sent : []) doubts.set(each.id, (doubts.get(each.id) ?? 0) + 1);
    if (moment.slack.rest === 'dies') deaths.push(now);
    const isFree = deaths.every((at) => Math.abs(now - at) >= 15 * minute);
    if (page.seen !== null && moment.channel && moment.slack.rest === 'takes' && isFree)
      demand(page, seen);
    return complaints;
  };
}
