import { after, type RedactionRule } from './redaction-rule.ts';

/** Programs that take a password behind a short flag, which alone would mean anything. At most 200 characters stand between the two. */
const tools: readonly (readonly [hints: readonly string[], programs: string, flag: string])[] = [
  [['redis-cli', 'valkey-cli'], '(?:redis|valkey)-cli', '(?:-a|--pass)[ \\t]{1,4}'],
  [['mysql', 'mariadb'], '(?:mysql|mariadb)[\\w-]{0,20}', '-p'],
  [['mongo'], 'mongo[a-z]{0,10}', '-p[ \\t]{1,4}'],
  [['cqlsh'], 'cqlsh', '-p[ \\t]{0,4}'],
  [['sqlcmd'], 'sqlcmd', '-P[ \\t]{0,4}'],
  [['rabbitmqadmin'], 'rabbitmqadmin', '-p[ \\t]{1,4}'],
  [['sshpass'], 'sshpass', '-p[ \\t]{0,4}'],
  [['ldap'], 'ldap[a-z]{3,10}', '-w[ \\t]{1,4}'],
  [
    ['login'],
    '(?:registry|auth|docker|podman|nerdctl|buildah|skopeo|oras|az) login',
    '-p[ \\t]{1,4}',
  ],
];

/** `curl -u name:password`; not `docker run -u 1000:1000`. */
const basicLogin = after(
  'credentials',
  ['-u', 'user'],
  /((?<![\w-])(?:-u|--(?:proxy-)?user)(?:=|[ \t]{1,4})["']?(?!\d{1,10}:\d{1,10}(?!\S))[\w.@+-]{1,64}:)[^\s"'\\]{1,300}/g,
);

export const commandRules: readonly RedactionRule[] = [
  basicLogin,
  after(
    'credentials',
    ['curl'],
    /(\bcurl\s[^\n]{0,200}?\s-u["']?[\w.@+-]{1,64}:)[^\s"'\\]{1,300}/g,
  ),
  ...tools.map(([hints, programs, flag]) =>
    after(
      'flag',
      hints,
      new RegExp(`(\\b${programs}(?=\\s)[^\\n|;]{0,200}?\\s${flag}["']?)[^\\s"'\\\\]{1,300}`, 'g'),
    ),
  ),
];
