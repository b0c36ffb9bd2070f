import { expect, test } from '@jest/globals';
import type { EchoLine } from '../../../src/core/model/response.ts';
import { echoReply } from '../../../src/core/render/slack-echo.ts';
import { slackProblems } from '../../support/slack-checker.ts';

const now = Date.parse('2026-11-24T10:00:00Z');
const until = '2026-11-24T12:00:00Z';
const reply = (...lines: readonly EchoLine[]) =>
  echoReply({ lines, cluster: 'prod', now, runUrl: 'https://github.com/acme/ops/actions/runs/1' });
const said = (...lines: readonly EchoLine[]): string => JSON.stringify(reply(...lines).blocks);

test('what stands in names and in what is no id of Slack pings nobody and links nowhere', () => {
  const names = ['<!channel>', '@here', '<https://evil.example|x>', '`<@U0123ABCD>`'];
  const text = said(
    { by: '<!here>', action: 'ack', names, until },
    { by: 'U0123ABCD', action: 'silence', names, until },
  );
  expect(text).not.toMatch(/<!channel|<!here|@here|<https:\/\/evil/);
  expect(text.match(/<@U0123ABCD>/g)).toHaveLength(1);
});

test.each<[string, readonly EchoLine[]]>([
  ['very many people', Array.from({ length: 300 }, () => ({ by: 'U0123ABCD', why: 'may not' }))],
  [
    'very many long names',
    Array.from({ length: 12 }, () => ({
      ...{ by: 'U0123ABCD', action: 'ack' as const, until },
      names: Array.from({ length: 300 }, () => 'x'.repeat(253)),
    })),
  ],
])('%s fit into one reply, and are counted', (_, lines) => {
  expect(slackProblems(reply(...lines))).toEqual([]);
  expect(said(...lines)).toMatch(/… and (290|2) more/);
});

test('the lock screen says first what was not done', () => {
  const done = { by: 'U0123ABCD', action: 'unack', names: ['api'], until: null } as const;
  expect(reply(done).text).toBe('HEARD on prod: what was answered to the alert counts');
  expect(reply(done, { by: 'U0123ABCD', why: 'may not silence a SEV-1' }).text).toBe(
    'NOT DONE on prod: you may not silence a SEV-1',
  );
});
