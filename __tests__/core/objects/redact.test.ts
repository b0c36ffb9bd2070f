import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redact } from '../../../src/core/objects/redact.ts';

// Every secret here is made up. They are put together so that no scanner takes this file for a leak.
const word = 'Xq7pLm2Zt9Rv';
const long = `${word}Kw4Ns8Bd1Hc6Yj3Fg5Ta0Ue`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const url64 = (text: string): string => Buffer.from(text).toString('base64url');
const keyLines = Array.from({ length: 4 }, (_, at) => base64(`${at}${long}${long}`).slice(0, 64));
const pem = (kind: string, separator = '\n', prefix = ''): string =>
  [`-----BEGIN ${kind}-----`, ...keyLines, `-----END ${kind}-----`]
    .map((line) => prefix + line)
    .join(separator);
const jwt = `${url64('{"alg":"RS256","typ":"JWT"}')}.${url64('{"sub":"system:serviceaccount:shop:api"}')}.${long}`;
const kubeconfig = `apiVersion: v1\nkind: Config\nusers:\n- name: ci\n  user:\n    token: ${long}\n    client-key-data: ${base64(pem('RSA PRIVATE KEY'))}\n`;
const dockerConfig = `{"auths":{"ghcr.io":{"auth":"${base64(`bot:${word}`)}"}}}`;

/** What must be gone, a text around it, and the kind that says so. */
const secrets: readonly (readonly [name: string, secret: string, text: string, kind: string])[] = [
  ['PEM key', keyLines[1] ?? '', `before\n${pem('RSA PRIVATE KEY')}\nafter`, 'private-key'],
  ['PEM key, PKCS #8', keyLines[3] ?? '', pem('PRIVATE KEY'), 'private-key'],
  ['PEM key, encrypted', keyLines[0] ?? '', pem('ENCRYPTED PRIVATE KEY'), 'private-key'],
  ['PEM key, OpenSSH', keyLines[2] ?? '', pem('OPENSSH PRIVATE KEY'), 'private-key'],
  ['PGP key', keyLines[2] ?? '', pem('PGP PRIVATE KEY BLOCK'), 'private-key'],
  [
    'PEM key with log prefixes',
    keyLines[2] ?? '',
    pem('EC PRIVATE KEY', '\n', '2026-01-01T12:00:00Z stdout F '),
    'private-key',
  ],
  [
    'PEM key, escaped',
    keyLines[3] ?? '',
    `{"key":"${pem('PRIVATE KEY', '\\n')}\\n"}`,
    'private-key',
  ],
  [
    'PEM key, escaped twice',
    keyLines[3] ?? '',
    `"{\\"key\\":\\"${pem('PRIVATE KEY', '\\\\n')}\\"}"`,
    'private-key',
  ],
  ['PEM key in one line', keyLines[3] ?? '', pem('PRIVATE KEY', ' '), 'private-key'],
  [
    'PEM key without its end',
    keyLines[3] ?? '',
    `${pem('PRIVATE KEY').split('-----END')[0]}\nall is well`,
    'private-key',
  ],
  [
    'PEM key without its end in one line',
    keyLines[3] ?? '',
    pem('PRIVATE KEY', ' ').split('-----END')[0] ?? '',
    'private-key',
  ],
  [
    'PEM key without its beginning',
    keyLines[2] ?? '',
    pem('RSA PRIVATE KEY').split('\n').slice(2).join('\n'),
    'private-key',
  ],
  [
    'PEM key in base64',
    base64(pem('PRIVATE KEY')).slice(80, 120),
    `tls.key: ${base64(pem('PRIVATE KEY'))}`,
    'base64',
  ],
  ['kubeconfig token', long, kubeconfig, 'value'],
  ['kubeconfig key', base64(pem('RSA PRIVATE KEY')).slice(60, 100), kubeconfig, 'value'],
  [
    'kubeconfig in base64',
    base64(kubeconfig).slice(60, 100),
    `config is ${base64(kubeconfig)}`,
    'base64',
  ],
  [
    'JSON in base64',
    base64(`{"password":"${word}"}`),
    `got ${base64(`{"password":"${word}"}`)}`,
    'base64',
  ],
  [
    'base64 in base64',
    base64(`x ${base64(`password=${long}`)}`).slice(8, 60),
    `got ${base64(`x ${base64(`password=${long}`)}`)}`,
    'base64',
  ],
  ['docker auths', base64(`bot:${word}`), dockerConfig, 'docker-auth'],
  [
    'docker auth in YAML',
    base64(`bot:${word}`),
    `auths:\n  ghcr.io:\n    auth: ${base64(`bot:${word}`)}`,
    'docker-auth',
  ],
  [
    'dockerconfigjson',
    base64(dockerConfig).slice(8, 40),
    `.dockerconfigjson: ${base64(dockerConfig)}`,
    'value',
  ],
  [
    'Secret in YAML',
    'aHVudGVyMg==',
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  user: aHVudGVyMg==\ntype: Opaque\n',
    'secret-data',
  ],
  [
    'Secret with stringData',
    'hunter2',
    'kind: Secret\nstringData:\n  login: hunter2\n  more: |\n    hunter2\n',
    'secret-data',
  ],
  [
    'Secret in JSON',
    'aHVudGVyMg==',
    '{"kind":"Secret","data":{"user":"aHVudGVyMg=="},"metadata":{"name":"db"}}',
    'secret-data',
  ],
  [
    'Secret in escaped JSON',
    'aHVudGVyMg==',
    '"{\\"data\\":{\\"user\\":\\"aHVudGVyMg==\\"},\\"kind\\":\\"Secret\\"}"',
    'secret-data',
  ],
  [
    'Secret in cut JSON',
    'aHVudGVyMg',
    '{"kind":"Secret","data":{"user":"aHVudGVyMg',
    'secret-data',
  ],
  ['JWT', jwt.slice(-30), `token ${jwt} refused`, 'jwt'],
  ['JWT cut', jwt.slice(40, 70), `got ${jwt.slice(0, 70)}`, 'jwt'],
  ['JWT in a word', jwt.slice(-30), `sid-${jwt}`, 'jwt'],
  [
    'JWT split by colours',
    jwt.slice(-30),
    `\u001b[32m${jwt.slice(0, 60)}\u001b[0m${jwt.slice(60)}`,
    'jwt',
  ],
  ['token split by zero-width characters', 'Lm2Zt9', `ghp_Xq7p\u200b${long}`, 'github-token'],
  ['bootstrap token', '0a1b2c3d4e5f6g7h', 'join with abcdef.0a1b2c3d4e5f6g7h', 'bootstrap-token'],
  ['env pair in YAML', 'hunter2', 'env:\n- name: DB_PASSWORD\n  value: hunter2\n', 'value'],
  [
    'env pair in YAML, quoted',
    'hunter two',
    'env:\n- name: DB_PASSWORD\n  value: "hunter two"\n',
    'value',
  ],
  ['env pair in JSON', 'hunter2', '{"name":"SESSION_SECRET","value":"hunter2"}', 'value'],
  [
    'env pair in escaped JSON',
    'hunter2',
    '{\\"name\\":\\"API_TOKEN\\",\\"value\\":\\"hunter2\\"}',
    'value',
  ],
  ["env pair in Go's print", 'hunter2', '{Name:DB_PASSWORD Value:hunter2 ValueFrom:nil}', 'value'],
  ['env pair by its URL', 'hunter2', 'name: DATABASE_URL\nvalue: hunter2', 'value'],
  ['export', 'hunter2', 'export DB_PASSWORD=hunter2', 'value'],
  ['properties', 'hunter2', 'spring.datasource.password=hunter2', 'value'],
  ['properties with blanks', 'hunter2', 'db.passwd = hunter2', 'value'],
  ['a short one', 'pw1', 'PGPASSWORD=pw1', 'value'],
  ['digits', '123456', 'password=123456', 'value'],
  ['a bracket first', '(hunter2', 'password=(hunter2', 'value'],
  ['YAML', 'hunter', 'db:\n  password: hunter\n', 'value'],
  ['YAML in a list', 'hunter', '- token: hunter\n', 'value'],
  ['JSON', 'hunter two', '{"dbPassword": "hunter two", "x": 1}', 'value'],
  ['JSON with an escape', 'two', '{"dbPassword": "hunter \\"two\\""}', 'value'],
  ['escaped JSON', 'hunter2', '"{\\"client_secret\\":\\"hunter2\\"}"', 'value'],
  ['JSON that was cut', 'hunter2', '{"client_secret":"hunter2', 'value'],
  ['single quotes', 'hunter two', "secret_key = 'hunter two'", 'value'],
  ['AWS secret key', long, `aws_secret_access_key=${long}`, 'value'],
  [
    'Azure account key',
    long,
    `AccountName=shop;AccountKey=${long}==;EndpointSuffix=core.windows.net`,
    'value',
  ],
  ['CLI flag', 'hunter', 'exec: app --db-password hunter --verbose', 'flag'],
  ['CLI flag with =', 'hunter2', 'app --api-key=hunter2', 'flag'],
  ['CLI flag with one dash', 'hunter2', 'app -token hunter2', 'flag'],
  ['libpq DSN', 'hunter2', 'host=db user=app password=hunter2 dbname=shop', 'value'],
  ['ODBC DSN', 'hunter;2', 'Server=db;Uid=app;Pwd={hunter;2};', 'value'],
  ['JDBC DSN', 'hunter2', 'jdbc:mysql://db/shop?user=app&password=hunter2', 'query'],
  ['JDBC for Oracle', 'hunter2', 'jdbc:oracle:thin:app/hunter2@db:1521/shop', 'credentials'],
  ["Go's MySQL DSN", 'hunter2', 'dial app:hunter2@tcp(db:3306)/shop: refused', 'credentials'],
  [
    'prose with quotes',
    'pl41nt3xt',
    "cannot log in with password 'pl41nt3xt' for user root",
    'value',
  ],
  ['prose', 'Zt9-correct-horse', 'the password is: Zt9-correct-horse', 'value'],
  [
    'URL with user and password',
    'hunter2',
    'dial postgres://app:hunter2@db:5432/shop failed',
    'credentials',
  ],
  ['URL with a password only', 'hunter2', 'redis://:hunter2@cache:6379/0', 'credentials'],
  ['URL with @ in the password', 'ter2', 'amqp://app:hun@ter2@mq/', 'credentials'],
  ['URL with a token', long, `clone https://${long}@git.example.com/shop.git`, 'credentials'],
  [
    'URL with a short token',
    'x9Kq2LmN7pQrT4v',
    'of https://x9Kq2LmN7pQrT4v@git.example.com/x: 403',
    'credentials',
  ],
  [
    'URL with a short token in lower case',
    'a8f3k29d',
    'of https://a8f3k29d@git.example.com/x: 403',
    'credentials',
  ],
  ['login of curl', 'hunter2', 'curl -u admin:hunter2 http://x', 'credentials'],
  ['login of curl in one word', 'hunter2', 'curl -s -uadmin:hunter2 http://x', 'credentials'],
  ['login of curl, in words', 'hunter2', "curl --user='admin:hunter2' http://x", 'credentials'],
  ['login of redis-cli', 'hunter2', 'redis-cli -h cache -a hunter2 ping', 'flag'],
  ['login of redis-cli, in a word', 'hunter2', "redis-cli --pass 'hunter2' ping", 'flag'],
  ['login of mysql', 'hunter2', 'mysql -uroot -phunter2 shop', 'flag'],
  ['login of mysqldump', 'hunter2', 'mysqldump -h db -phunter2', 'flag'],
  ['login of mongosh', 'hunter2', 'mongosh -u app -p hunter2', 'flag'],
  ['login of sshpass', 'hunter2', 'sshpass -p hunter2 ssh h', 'flag'],
  ['login of sqlcmd', 'hunter2', 'sqlcmd -S db -U sa -P hunter2', 'flag'],
  ['login of ldapsearch', 'hunter2', 'ldapsearch -D cn=admin -w hunter2', 'flag'],
  ['login of docker', 'hunter2', 'docker login -u ci -p hunter2 ghcr.io', 'flag'],
  ['passphrase in a sentence', `${word}17`, `passphrase is ${word}17`, 'value'],
  ['git URL', 'Lm2Zt9', `https://x-access-token:ghs_${long}@github.com/shop/api`, 'credentials'],
  [
    'signed URL',
    'deadbeef',
    'GET https://s3.example.com/x?X-Amz-Date=1&X-Amz-Signature=deadbeef&x=1',
    'query',
  ],
  ['SAS URL', 'a%2Fb%3D', 'https://x.blob.example.net/y?sv=2024&sig=a%2Fb%3D', 'query'],
  ['access_token', 'hunter2', '/callback?state=1&access_token=hunter2', 'query'],
  ['Authorization header', word, `Authorization: Bearer ${word}`, 'authorization'],
  [
    'Authorization, basic',
    base64(`bot:${word}`),
    `> authorization: Basic ${base64(`bot:${word}`)}`,
    'authorization',
  ],
  ['Authorization in JSON', word, `{"Authorization":"Token ${word}"}`, 'authorization'],
  [
    'Basic login alone',
    base64(`bot:${word}`),
    `sent Basic ${base64(`bot:${word}`)}`,
    'authorization',
  ],
  ['Cookie', word, `Cookie: theme=dark; session=${word}`, 'cookie'],
  ['Set-Cookie', word, `< set-cookie: session=${word}; HttpOnly`, 'cookie'],
  ['Bearer alone', word, `curl with bearer ${word}x1`, 'token'],
  ['x-api-key', 'hunter2', 'x-api-key: hunter2', 'header'],
  ['X-Vault-Token', word, `X-Vault-Token: ${word}`, 'header'],
  [
    'Slack webhook',
    'B00000000',
    `POST https://hooks.slack.com/services/T00000000/B00000000/${word}`,
    'webhook',
  ],
  ['Discord webhook', word, `https://discord.com/api/webhooks/12345/${word}`, 'webhook'],
  ['Telegram webhook', word, `https://api.telegram.org/bot123:${word}/sendMessage`, 'webhook'],
  [
    'Zapier webhook',
    word,
    `post https://hooks.zapier.com/hooks/catch/123/${word}/ gone`,
    'webhook',
  ],
  [
    'PagerDuty webhook',
    word,
    `https://events.pagerduty.com/integration/${word}/enqueue`,
    'webhook',
  ],
  ['IFTTT webhook', word, `https://maker.ifttt.com/trigger/down/json/with/key/${word}`, 'webhook'],
  ['Feishu webhook', word, `https://open.feishu.cn/open-apis/bot/v2/hook/${word}`, 'webhook'],
  ['healthchecks.io ping', word, `https://hc-ping.com/${word}: 503`, 'webhook'],
  ['Opsgenie key', '1234567890ab', 'sent GenieKey 12345678-aaaa-bbbb-cccc-1234567890ab', 'token'],
  ...(
    [
      ['github-token', `ghp_${long}`],
      ['github-token', `github_pat_${long}`],
      ['gitlab-token', `glpat-${long}`],
      ['slack-token', `xoxb-1234567890-${word}`],
      ['slack-token', `xoxb-1234567890-alllowercase`],
      ['slack-token', `xapp-1-${long}`],
      ['anthropic-key', `sk-ant-api03-${long}`],
      ['openai-key', `sk-proj-${long}`],
      ['aws-key', `AKIA${'ABCDEFGH12345678'}`],
      ['google-key', `AIza${long.slice(0, 35).padEnd(35, 'x')}`],
      ['google-token', `ya29.${long}`],
      ['npm-token', `npm_${long}`],
      ['docker-token', `dckr_pat_${long}`],
      ['stripe-key', `sk_live_${long}`],
      ['sendgrid-key', `SG.${long.slice(0, 22)}.${long}`],
      ['digitalocean-token', `dop_v1_${'0123456789abcdef'.repeat(4)}`],
      ['vault-token', `hvs.${long}`],
      ['huggingface-token', `hf_${long}`],
      ['databricks-token', `dapi${'0123456789abcdef'.repeat(2)}`],
      ['grafana-token', `glc_${long}`],
      ['telegram-token', `123456789:AA${long.slice(0, 33)}`],
    ] as const
  ).map(
    ([kind, token]) =>
      [`${kind} in prose`, token.slice(-8), `refused: ${token} is not valid`, kind] as const,
  ),
];

test.each(secrets)('caught: %s', (_name, secret, text, kind) => {
  expect(text).toContain(secret);
  const clean = redact(text);
  expect(clean).not.toContain(secret);
  expect(clean).toContain(`[redacted:${kind}]`);
  expect(redact(clean)).toBe(clean);
});

test('what stands around a secret stays', () => {
  expect(redact(`before\n${pem('RSA PRIVATE KEY')}\nafter`)).toBe(
    'before\n[redacted:private-key]\nafter',
  );
  expect(redact(`${pem('PRIVATE KEY').split('-----END')[0]}\nall is well`)).toContain(
    'all is well',
  );
  expect(redact('dial postgres://app:hunter2@db:5432/shop failed')).toBe(
    'dial postgres://[redacted:credentials]@db:5432/shop failed',
  );
  expect(
    redact('kind: Secret\nmetadata:\n  name: db\ndata:\n  user: aHVudGVyMg==\ntype: Opaque'),
  ).toBe(
    'kind: Secret\nmetadata:\n  name: db\ndata:\n  user: [redacted:secret-data]\ntype: Opaque',
  );
});

const certificate = pem('CERTIFICATE');
const benign: readonly string[] = [
  'api-7d9c8b6f5-x2x9q',
  'keycloak-token-reviewer-6d4cf56db6-abcde',
  'ip-10-0-1-23.eu-central-1.compute.internal',
  'worker.17f3a2b4c5d6e7f8',
  '2f1c7c1e-8a3b-4a53-9a55-0f0f6f3f1f2f',
  '2026-01-01T12:00:00.123456Z',
  'ContainersNotReady',
  'registry.k8s.io/kube-apiserver:v1.33.1',
  `docker-pullable://nginx@sha256:${'0123456789abcdef'.repeat(4)}`,
  `docker-pullable://a-rather-long-image-name:1.2@sha256:${'0123456789abcdef'.repeat(4)}`,
  `123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop@sha256:${'0123456789abcdef'.repeat(4)}`,
  `containerd://${'0123456789abcdef'.repeat(4)}`,
  'arn:aws:iam::123456789012:role/shop-api',
  '10.0.0.0/16',
  'secret "db-credentials" not found',
  `couldn't find key DB_PASSWORD in Secret shop/api`,
  'MountVolume.SetUp failed for volume "db-secret" : secret "db-credentials" not found',
  'MountVolume.SetUp failed for volume "api-token" : configmap "api2" not found',
  'references non-existent secret key: DB_PASS1',
  'secretName: db-credentials',
  'secretKeyRef:\n  name: db\n  key: password',
  '{"secretKeyRef":{"name":"db","key":"password"}}',
  '{"secret":{"secretName":"db"}}',
  'imagePullSecrets:\n- name: regcred',
  'imagePullSecrets: [{"name":"regcred"}]',
  'Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.',
  '/var/run/secrets/kubernetes.io/serviceaccount/token',
  '--token-file /etc/kube/token',
  '--service-account-private-key-file=/etc/kubernetes/pki/sa.key',
  'token: /var/run/secrets/tokens/api',
  "Access denied for user 'app'@'10.0.0.1' (using password: YES)",
  'tokenExpirationSeconds: 3600',
  'max_tokens=4096',
  'automountServiceAccountToken: false',
  'password=""',
  'password=$(DB_PASSWORD)',
  'password: $'.concat('{DB_PASSWORD}'),
  'PASSWORD: "***"',
  'PWD=/home/app',
  certificate,
  pem('PUBLIC KEY'),
  base64(certificate),
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 user@host',
  'Failed to pull image "ghcr.io/shop/api:1.4": failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Ashop%2Fapi%3Apull&service=ghcr.io: 401 Unauthorized',
  'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  'invalid bearer token, token has expired',
  'WWW-Authenticate: Bearer realm="https://auth.example.com/token",service="registry"',
  'Basic authentication failed',
  'DeploymentReplicasMismatch and ContainerRuntimeUnhealthy',
  'Output vanished "may contain secret": actions/runner#2109',
  'needs `id-token: write` and `persist-credentials: false`',
  'x509: certificate signed by unknown authority',
  '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.',
  'exceeded quota: compute, requested: secrets=1, used: secrets=10, limited: secrets=10',
  'Readiness probe failed: Get "http://10.1.2.3:8080/healthz?full=1": dial tcp 10.1.2.3:8080: connect: connection refused',
  'Error: failed to create containerd task: exec: "/bin/tokenserver": stat /bin/tokenserver: no such file or directory: unknown',
  'ReplicaSet "api-7d9c8b6f5" has timed out progressing.',
  'git+ssh://git@github.com/shop/api.git',
  'https://deployer24@git.example.com/x.git',
  'dial postgres://reporting2024@db:5432/shop: role does not exist',
  'docker run -u 1000:1000 alpine',
  'mysql -h db -P3306 -p',
  'docker run -p 8080:80 nginx',
  'mkdir -p /data/mysql/x',
  'uses redis-cli ping',
  'Merge made by ReplicaSetControllerWithAVeryLongName/AndAPathOfWords',
  '👩‍💻'.replace('\u200d', ''),
  'ends with half an emoji \ud83d',
];

test.each(benign)('unchanged: %s', (text) => {
  expect(redact(text)).toBe(text);
});

/** A quarter of a megabyte of each: a rule that is not linear would not end within the test's time. */
const hostile = [
  'curl ',
  'redis-cli ',
  'mysql ',
  'docker login ',
  ' -u a',
  '://aA1aA1aA1aA1',
  'a',
  'aA1',
  '-',
  'eyJ-',
  'eyJabcdefghij.',
  'a.b.',
  'a:',
  '"',
  '\\',
  '\\n',
  'token: ',
  'token="',
  'name: TOKEN ',
  '--token',
  '://a:',
  '-----BEGIN PRIVATE KEY-----',
  '-----END PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----\n',
  'kind: Secret\ndata:\n',
  '"data":{',
  'LS0tLS1CRUdJTi',
  'x-',
  '\u001b[',
  '   ',
  '\n',
];
test('hostile input takes linear time', () => {
  const hints = ' kind: Secret PRIVATE KEY token bearer authorization cookie x-';
  for (const seed of hostile) {
    const text = seed.repeat(Math.ceil(262_144 / seed.length)) + hints;
    expect(redact(text).length).toBeLessThan(text.length * 6);
  }
}, 30_000);

/** Pieces that meet the rules half-way. */
const piece = fc.oneof(
  fc.constantFrom(
    'password',
    'token',
    'secret',
    '=',
    ':',
    ' ',
    '"',
    "'",
    '\\"',
    '\n',
    '\\n',
    '[redacted:value]',
    '://',
    '@',
    'eyJ',
    '.',
    '-----BEGIN PRIVATE KEY-----',
    '-----END PRIVATE KEY-----',
    'kind: Secret',
    'data:',
    '{',
    '}',
    '  ',
    'Authorization',
    'Bearer ',
    'Cookie: ',
    '?sig=',
    '--',
    'ghp_',
    'xoxb-',
    '\u200b',
    '\u001b',
    '[0m',
    'name',
    'value',
    'Basic ',
    'curl ',
    ' -u a:',
    'mysql ',
    ' -p',
    'auth',
    long,
    base64(`password=${long}`),
    'hooks.slack.com/services/',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const anyText = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

test('redacting twice is redacting once', () => {
  fc.assert(
    fc.property(anyText, (text) => redact(redact(text)) === redact(text)),
    { numRuns: 2000 },
  );
});

test('a secret is caught whatever stands around it', () => {
  const blank = fc.constantFrom(' ', '\n', '\t', ' ("');
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      blank,
      fc.string({ unit: 'binary' }),
      (before, gap, more) => {
        for (const secret of [`ghp_${long}`, jwt])
          expect(redact(`${before}${gap}${secret}${gap}${more}`)).not.toContain(secret.slice(-20));
      },
    ),
  );
});
