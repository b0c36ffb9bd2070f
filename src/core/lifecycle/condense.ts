import { compareSeverity } from '../model/decision.ts';
import { groupBy } from '../model/group.ts';
import { missedMessage } from '../model/missed.ts';
import type { Missed, OutboxEntry } from '../model/notification.ts';
import { smallerForms } from '../model/slack-sizes.ts';
import { compareText } from '../model/text.ts';
import { ageSeconds } from '../model/time.ts';
import { hasEnded } from './merge.ts';

/**
 * What waits for one way out: so many alerts that are over one by one, for so many seconds, and so many characters in
 * all. The store of a state takes a megabyte, four ways and 150 open incidents must fit.
 */
const most = { over: 20, seconds: 7 * 24 * 60 * 60, size: 64 * 1024 };

/** Seconds: nothing older waits where a way out takes what it is given, however much happens at once. */
const backlog = 60 * 60;

/** All that waits about one alert. */
type Story = readonly OutboxEntry[];

/**
 * The outbox within its bound, however long a way out takes nothing. What is over and for which there is no room is
 * counted in one message, the least severe and oldest first; then alerts lose their edits, then their details. What
 * is open keeps its alert. `isBusy`: another run is sending it, so it stays as it is.
 */
export function condensed(
  outbox: readonly OutboxEntry[],
  isBusy: (entry: OutboxEntry) => boolean,
  now: number,
): readonly OutboxEntry[] {
  return [...groupBy(outbox, ({ target }) => target ?? 'slack').values()].reduce((all, way) => {
    const left = within(way, isBusy, now);
    if (left === way) return all;
    const kept = new Map(left.map((entry) => [entry.id, entry]));
    const old = new Set(way.map(({ id }) => id));
    return [
      ...all.flatMap((entry) => (old.has(entry.id) ? (kept.get(entry.id) ?? []) : [entry])),
      ...left.filter(({ id }) => !old.has(id)),
    ];
  }, outbox);
}

function within(
  way: readonly OutboxEntry[],
  isBusy: (entry: OutboxEntry) => boolean,
  now: number,
): readonly OutboxEntry[] {
  if (!way.some(({ decidedAt }) => (ageSeconds(decidedAt, now) ?? 0) > backlog)) return way;
  const digested = withDigest(way, isBusy, now);
  let excess = sizeOf(digested) - most.size;
  if (excess <= 0) return digested;
  const lessened: readonly ((entry: OutboxEntry) => OutboxEntry | null)[] = [
    (entry) => (entry.kind === 'edit' ? null : entry),
    (entry) => (entry.target === 'pagerduty' ? entry : smallest(entry)),
  ];
  return lessened.reduce(
    (entries, less) =>
      entries.flatMap((entry) => {
        if (excess <= 0 || isBusy(entry)) return [entry];
        const left = less(entry) ?? [];
        excess -= sizeOf([entry]) - sizeOf([left].flat());
        return left;
      }),
    digested,
  );
}

function smallest(entry: OutboxEntry): OutboxEntry {
  const message = smallerForms(entry.message).at(-1);
  const isDone = message === undefined || entry.message.blocks.length === 0;
  return isDone ? entry : { ...entry, message };
}

function withDigest(
  way: readonly OutboxEntry[],
  isBusy: (entry: OutboxEntry) => boolean,
  now: number,
): readonly OutboxEntry[] {
  // An end that PagerDuty is not told would leave its incident open there.
  if (way[0]?.target === 'pagerduty') return way;
  const stories = [...groupBy(way, ({ alert }) => alert).values()];
  const over = stories.filter((story) => isOver(story, isBusy)).toSorted(compareStories);
  const tooOld = over.filter((story) => story.some((entry) => isOld(entry, now)));
  const others = over.filter((story) => !tooOld.includes(story) && isUnheard(story));
  let excess = sizeOf(way) - sizeOf(tooOld.flat()) - most.size;
  const crowded = others.filter((story, at) => {
    if (excess <= 0 && others.length - at <= most.over) return false;
    excess -= sizeOf(story);
    return true;
  });
  const folded = [...tooOld, ...crowded];
  if (folded.length === 0) return way;
  const digest = way.filter((entry) => entry.missed !== undefined && !isBusy(entry));
  const gone = new Set([...folded.flat(), ...digest]);
  return [...way.filter((entry) => !gone.has(entry)), digestOf(folded, digest)];
}

/** Nothing of it is open, and nobody is sending any of it. */
function isOver(story: Story, isBusy: (entry: OutboxEntry) => boolean): boolean {
  const fingerprints = fingerprintsOf(story);
  if (fingerprints.length === 0 || story.some(isBusy)) return false;
  if (story.some(({ kind, late }) => kind === 'full' && late === true)) return true;
  return fingerprints.every((fingerprint) => hasEnded(fingerprint, story));
}

/** Nobody there knows of it: where the alert stands, people or a program wait for its end. A Slack webhook's alert that is over has left its end alone. */
function isUnheard(story: Story): boolean {
  return story.some(
    ({ kind, target, attempts }) => kind === 'full' || (target === 'slack-webhook' && attempts > 0),
  );
}

function fingerprintsOf(story: Story): readonly string[] {
  return [
    ...new Set(story.filter(({ kind }) => kind !== 'edit').flatMap((entry) => entry.fingerprints)),
  ];
}

/** The least severe first, then the oldest. */
function compareStories(a: Story, b: Story): number {
  const [one, other] = [worstIn(a), worstIn(b)];
  return (
    compareSeverity(other.severity, one.severity) ||
    compareText(one.decidedAt, other.decidedAt) ||
    compareText(one.id, other.id)
  );
}

function worstIn(story: Story): OutboxEntry {
  return story.reduce((worst, entry) =>
    compareSeverity(entry.severity, worst.severity) < 0 ? entry : worst,
  );
}

function isOld({ decidedAt }: OutboxEntry, now: number): boolean {
  return (ageSeconds(decidedAt, now) ?? 0) > most.seconds;
}

/** A message of its own each time that it counts more, so that what Slack may have taken of it before is not taken for it. */
function digestOf(folded: readonly Story[], before: readonly OutboxEntry[]): OutboxEntry {
  const all = [...before, ...folded.flat()];
  const worst = worstIn(all);
  const times = all.flatMap(
    ({ missed, decidedAt }) => missed ?? { from: decidedAt, to: decidedAt },
  );
  const earlier = before.reduce((sum, { missed }) => sum + (missed?.number ?? 0), 0);
  const missed: Missed = {
    number: earlier + folded.reduce((sum, story) => sum + fingerprintsOf(story).length, 0),
    from: times.map(({ from }) => from).toSorted(compareText)[0] ?? worst.decidedAt,
    to:
      times
        .map(({ to }) => to)
        .toSorted(compareText)
        .at(-1) ?? worst.decidedAt,
    worst: worst.missed?.worst ?? worst.message.text,
  };
  const newest = folded.flat().reduce((a, b) => (a.cycleId > b.cycleId ? a : b));
  const id = `${newest.id}-missed-${missed.number}`;
  const { target, channel, cycleId, decidedAt, severity } = { ...newest, severity: worst.severity };
  return {
    ...{ id, alert: id, kind: 'health', reason: 'MISSED', severity, channel, fingerprints: [] },
    ...(target === undefined ? {} : { target }),
    ...{ cycleId, decidedAt, missed, message: missedMessage(missed, severity) },
    ...{ status: 'undelivered', run: null, claimedAt: null, notBefore: null },
    ...{
      attempts: Math.max(...all.map(({ attempts }) => attempts)),
      error: all.findLast(({ error }) => error !== null)?.error ?? null,
    },
  };
}

function sizeOf(entries: readonly OutboxEntry[]): number {
  return entries.reduce((sum, entry) => sum + JSON.stringify(entry).length, 0);
}
