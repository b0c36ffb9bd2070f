import * as z from 'zod';
import type { Limits } from '../../core/model/limits.ts';
import { lacks, type Probe, works } from '../../core/model/probe.ts';
import type { Clock, Log } from '../../ports.ts';
import { defaultApiUrl, slackCalls } from './client.ts';
import { classOf, sayFault } from './errors.ts';
import type { Fault } from './faults.ts';

const identity = z.looseObject({
  team: z.string().catch('?'),
  user: z.string().catch('?'),
  response_metadata: z
    .looseObject({ scopes: z.array(z.string()) })
    .optional()
    .catch(undefined),
});
const room = z.looseObject({
  channel: z.looseObject({
    name: z.string().catch('?'),
    is_archived: z.boolean().optional().catch(undefined),
    is_member: z.boolean().optional().catch(undefined),
  }),
});

/** What each scope beside chat:write is for (docs/slack-app.yml). */
const wishes: readonly { readonly scope: string; readonly without: string }[] = [
  {
    scope: 'channels:history',
    without:
      'a message whose answer was lost may be sent twice, and words in threads are not heard',
  },
  { scope: 'groups:history', without: 'the same holds in private channels' },
  { scope: 'reactions:read', without: 'reactions on alerts are not heard' },
];

/** Tries the token, its scopes and the channel; sends nothing. Never throws. */
export async function inspectSlack(options: {
  readonly token: string;
  readonly channel: string;
  /** null: Slack's own. */
  readonly apiUrl: string | null;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<readonly Probe[]> {
  const { channel, limits, clock, log } = options;
  const apiUrl = options.apiUrl ?? defaultApiUrl;
  const call = slackCalls({
    token: options.token.trim(),
    apiUrl,
    limit: () => limits.slackCall,
    log,
  });
  const say = (fault: Fault): string => sayFault(fault, { channel, apiUrl, now: clock.now() });
  const known = await call('auth.test', {});
  if (!known.ok) return [ofFault('Slack token', 'missing', known.fault, say)];
  const { team, user, response_metadata: metadata } = identity.parse(known.body);
  const scopes = metadata?.scopes ?? null;
  return [
    works('Slack token', `${user} of ${team}`),
    ...ofScopes(scopes),
    ofChannel(await call('conversations.info', { channel }), channel, scopes, say),
  ];
}

function ofScopes(scopes: readonly string[] | null): readonly Probe[] {
  if (scopes === null)
    return [
      lacks(
        'Slack scopes',
        'unknown',
        'Slack did not say which there are',
        'compare them, under OAuth & Permissions, with docs/slack-app.yml',
      ),
    ];
  const mend = 'add it under OAuth & Permissions and reinstall the app';
  const lacking = wishes.filter(({ scope }) => !scopes.includes(scope));
  return [
    scopes.includes('chat:write')
      ? works('Slack scope chat:write', 'granted')
      : lacks('Slack scope chat:write', 'missing', 'nothing can be sent without it', mend),
    ...lacking.map(({ scope, without }) => lacks(`Slack scope ${scope}`, 'limited', without, mend)),
  ];
}

function ofChannel(
  answer: Awaited<ReturnType<ReturnType<typeof slackCalls>>>,
  channel: string,
  scopes: readonly string[] | null,
  say: (fault: Fault) => string,
): Probe {
  const what = `Slack channel ${channel}`;
  if (!answer.ok) {
    const { fault } = answer;
    if (fault.kind === 'refused' && fault.code === 'missing_scope')
      return lacks(
        what,
        'unknown',
        'not looked up: Slack tells of a channel only with the scope channels:read',
        'test-alert: true in the action shows it; or grant the scope',
      );
    // A name is no id: Slack finds a public channel by it when something is sent, and not here.
    if (fault.kind === 'refused' && channel.startsWith('#'))
      return lacks(
        what,
        'unknown',
        'not looked up: Slack looks channels up by their id only',
        'use the id (C…, at the end of "About" in the channel)',
      );
    return ofFault(what, fault.kind === 'refused' ? 'missing' : 'unknown', fault, say);
  }
  const found = room.safeParse(answer.body);
  if (!found.success)
    return lacks(
      what,
      'unknown',
      'Slack did not describe it',
      'test-alert: true in the action shows whether it takes messages',
    );
  const { name, is_archived: isArchived, is_member: isMember } = found.data.channel;
  if (isArchived === true)
    return lacks(
      what,
      'missing',
      `#${name} is archived`,
      'unarchive it, or choose another channel',
    );
  if (isMember === false && scopes?.includes('chat:write.public') !== true)
    return lacks(what, 'missing', `the bot is not in #${name}`, 'type /invite @Kube Vigil there');
  return works(what, `#${name}`);
}

/** The sentence about a fault says what happened, then what to do; here nothing waits for a next cycle. */
function ofFault(
  what: string,
  state: 'missing' | 'unknown',
  fault: Fault,
  say: (fault: Fault) => string,
): Probe {
  const [, said = '', todo = ''] = /^(.*?)(?:[:;] (.*))?$/s.exec(say(fault)) ?? [];
  if (fault.kind !== 'silent' && classOf(fault) === 'mend' && todo !== '')
    return lacks(what, state, said, todo);
  const mend =
    fault.kind === 'silent'
      ? 'the runner must reach it: check firewall, HTTPS_PROXY and SLACK_API_URL'
      : 'run doctor again in a minute; slack-status.com says whether it is Slack';
  return lacks(what, state, said, mend);
}
