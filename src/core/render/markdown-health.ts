import { count, cut } from '../model/text.ts';
import { ageSeconds, parseTime, sayDuration } from '../model/time.ts';
import { markdownCode, markdownFence, markdownLink } from './markdown-escapes.ts';
import { sayTime } from './words.ts';

/** What the health issue tells. Times are RFC 3339; errors are raw. */
export interface HealthFacts {
  readonly cluster: string;
  readonly failedCycles: number;
  readonly lastError: string | null;
  /** null: there was none. */
  readonly lastSuccessfulCycle: string | null;
  readonly lastStatus: string | null;
  /** What Slack refuses; null: nothing. */
  readonly undelivered: {
    readonly messages: number;
    readonly cycles: number;
    readonly since: string;
    readonly channel: string;
    readonly answer: string | null;
  } | null;
  readonly runUrl: string | null;
}

/** Letters, digits, `.`, `_` and `-`: nothing that could mention or refer. A cluster's name is such a slug already. */
function slugOf(cluster: string): string {
  return cut(cluster, 100).replace(/[^A-Za-z0-9._-]+/g, '-') || 'cluster';
}

/** The title, by what is wrong. */
export function healthTitle(cluster: string, { blind, mute }: { blind: boolean; mute: boolean }) {
  const name = slugOf(cluster);
  if (!mute) return `Kube Vigil does not see cluster ${name}`;
  return blind
    ? `Kube Vigil does not see cluster ${name}, and cannot deliver its alerts`
    : `Kube Vigil cannot deliver alerts of cluster ${name}`;
}

/** The body while something is wrong. The tracker adds the hidden marker that finds it again. */
export function healthBody(facts: HealthFacts, blind: boolean): string {
  const run = markdownLink(facts.runUrl, 'The run');
  const parts = [
    ...(blind ? blindness(facts) : []),
    ...muteness(facts),
    ...(run === '' ? [] : [run]),
    'This text is kept up to date; the issue closes by itself at the first cycle that finds all this mended.',
  ];
  return `${parts.join('\n\n')}\n`;
}

function blindness(facts: HealthFacts): readonly string[] {
  const { lastError, lastSuccessfulCycle, lastStatus } = facts;
  return [
    `**Kube Vigil does not see cluster \`${slugOf(facts.cluster)}\`.** Nothing in it is watched until this is mended.`,
    [
      `- failed cycles in a row: ${facts.failedCycles}`,
      `- last status: ${lastStatus === null ? 'none' : markdownCode(lastStatus, 40)}`,
      `- last successful cycle: ${lastSuccessfulCycle === null ? 'none' : markdownCode(lastSuccessfulCycle, 40)}`,
    ].join('\n'),
    ...(lastError === null ? [] : [`What went wrong last:\n\n${markdownFence([lastError], 4000)}`]),
  ];
}

function muteness({ cluster, undelivered }: HealthFacts): readonly string[] {
  if (undelivered === null) return [];
  const { messages, cycles, since, channel, answer } = undelivered;
  return [
    `**Kube Vigil cannot deliver alerts of cluster \`${slugOf(cluster)}\`.** Nobody hears of its incidents until this is mended.`,
    [
      `- messages that wait: ${messages}, the first since ${markdownCode(since, 40)}`,
      `- cycles in a row that could not deliver: ${cycles}`,
      `- channel: ${markdownCode(channel, 100)}`,
    ].join('\n'),
    ...(answer === null ? [] : [`Slack's last answer:\n\n${markdownFence([answer], 4000)}`]),
  ];
}

/** The comment that the issue is closed with: what is mended, and how long it lasted. `was`: what was wrong before. */
export function healthClosing(
  facts: HealthFacts,
  was: { blind: boolean; mute: boolean },
  now: number,
): string {
  const name = slugOf(facts.cluster);
  const seconds = ageSeconds(facts.lastSuccessfulCycle, now);
  const since = parseTime(facts.lastSuccessfulCycle);
  const length =
    seconds === null || since === null || !was.blind
      ? ''
      : ` It did not for ${sayDuration(seconds)}, since ${sayTime(since, now)}.`;
  const sees = `Kube Vigil sees cluster \`${name}\` again: the last cycle succeeded.${length}`;
  const speaks = `Nothing waits for Slack any more: what was to be told of cluster \`${name}\` was delivered, is too old, or was set aside.`;
  const run = markdownLink(facts.runUrl, 'The run');
  return [
    ...(was.blind || !was.mute ? [sees] : []),
    ...(was.mute ? [speaks] : []),
    ...(run === '' ? [] : [run]),
  ].join(' ');
}

/** The comment where more is wrong than before. */
export function healthWorse(facts: HealthFacts, { blind }: { blind: boolean }): string {
  const { undelivered, failedCycles } = facts;
  return [
    ...(blind ? [`It got worse: ${count(failedCycles, 'cycle')} failed in a row.`] : []),
    ...(undelivered === null
      ? []
      : [`${count(undelivered.messages, 'message')} did not reach Slack.`]),
    'The text above says what went wrong last.',
  ].join(' ');
}

export const healthAgain = 'It happened again. The text above says what is wrong now.';
