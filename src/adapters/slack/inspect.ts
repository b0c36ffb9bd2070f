import * as z from 'zod';
import type { Limits } from '../../core/model/limits.ts';
import { type Probe, probe } from '../../core/model/probe.ts';
import type { Clock, Log } from '../../ports.ts';
import { defaultApiUrl, slackCalls } from './client.ts';
import { sayFault } from './errors.ts';
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
  if (!known.ok) return [probe('Slack token', 'missing', say(known.fault))];
  const { team, user, response_metadata: metadata } = identity.parse(known.body);
  const scopes = metadata?.scopes ?? null;
  return [
    probe('Slack token', 'ok', `${user} of ${team}`),
    ...ofScopes(scopes),
    ofChannel(await call('conversations.info', { channel }), channel, scopes, say),
  ];
}

function ofScopes(scopes: readonly string[] | null): readonly Probe[] {
  if (scopes === null)
    return [probe('Slack scopes', 'unknown', 'Slack did not say which there are')];
  const mend = 'add it under OAuth & Permissions and reinstall the app';
  const lacking = wishes.filter(({ scope }) => !scopes.includes(scope));
  return [
    scopes.includes('chat:write')
      ? probe('Slack scope chat:write', 'ok', 'granted')
      : probe('Slack scope chat:write', 'missing', 'nothing can be sent without it', mend),
    ...lacking.map(({ scope, without }) => probe(`Slack scope ${scope}`, 'limited', without, mend)),
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
      return probe(
        what,
        'unknown',
        'Slack tells it only with the scope channels:read; a test alert tells it too',
      );
    // A name is no id: Slack finds a public channel by it when something is sent, and not here.
    if (fault.kind === 'refused' && channel.startsWith('#'))
      return probe(what, 'unknown', 'Slack looks channels up by id: use the id (C…)');
    return probe(what, fault.kind === 'refused' ? 'missing' : 'unknown', say(fault));
  }
  const found = room.safeParse(answer.body);
  if (!found.success) return probe(what, 'unknown', 'Slack did not describe it');
  const { name, is_archived: isArchived, is_member: isMember } = found.data.channel;
  if (isArchived === true)
    return probe(
      what,
      'missing',
      `#${name} is archived`,
      'unarchive it, or choose another channel',
    );
  if (isMember === false && scopes?.includes('chat:write.public') !== true)
    return probe(what, 'missing', `the bot is not in #${name}`, 'type /invite @Kube Vigil there');
  return probe(what, 'ok', `#${name}`);
}
