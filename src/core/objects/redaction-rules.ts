import { commandRules } from './redaction-commands.ts';
import {
  after,
  isHarmless,
  looksRandom,
  looksVeryRandom,
  mark,
  type RedactionRule,
  whole,
  word,
} from './redaction-rule.ts';

/** Tokens that their makers gave a prefix, so that they can be found anywhere. */
const vendorPrefixes: readonly (readonly [string, string, string])[] = [
  ['github-token', 'gh', 'gh[pousr]_\\w{20,255}'],
  ['github-token', 'github_pat_', 'github_pat_\\w{20,255}'],
  ['gitlab-token', 'gl', 'gl(?:pat|dt|rt|cbt|ptt|ft|agent|soat|imt)-[\\w.-]{16,255}'],
  ['slack-token', 'xox', 'xox[a-z](?:\\.xox[a-z])?-[\\w-]{10,255}'],
  ['slack-token', 'xapp-', 'xapp-\\d-[\\w-]{10,255}'],
  ['anthropic-key', 'sk-ant-', 'sk-ant-[\\w-]{10,255}'],
  ['openai-key', 'sk-', 'sk-(?:(?:proj|svcacct|admin)-[\\w-]{20,255}|[A-Za-z0-9]{32,255})'],
  ['aws-key', 'akia', 'AKIA[A-Z0-9]{16}(?![A-Za-z0-9])'],
  ['aws-key', 'asia', 'ASIA[A-Z0-9]{16}(?![A-Za-z0-9])'],
  ['google-key', 'aiza', 'AIza[\\w-]{35}'],
  ['google-token', 'ya29.', 'ya29\\.[\\w-]{20,512}'],
  ['npm-token', 'npm_', 'npm_[A-Za-z0-9]{30,64}'],
  ['pypi-token', 'pypi-', 'pypi-AgE[\\w-]{30,512}'],
  ['docker-token', 'dckr_', 'dckr_[po]at_[\\w-]{20,64}'],
  ['stripe-key', 'k_', '[srp]k_(?:live|test)_[A-Za-z0-9]{16,255}'],
  ['stripe-key', 'whsec_', 'whsec_[A-Za-z0-9+/]{16,255}'],
  ['sendgrid-key', 'sg.', 'SG\\.[\\w-]{16,32}\\.[\\w-]{32,64}'],
  ['digitalocean-token', 'do', 'do[opr]_v1_[a-f0-9]{64}'],
  ['vault-token', 'hv', 'hv[sbr]\\.[\\w-]{20,255}'],
  ['huggingface-token', 'hf_', 'hf_[A-Za-z0-9]{30,64}'],
  ['shopify-token', 'shp', 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}'],
  ['atlassian-token', 'atatt3', 'ATATT3[\\w=-]{40,255}'],
  ['databricks-token', 'dapi', 'dapi[a-f0-9]{32}(?:-\\d)?'],
  ['linear-key', 'lin_api_', 'lin_api_[A-Za-z0-9]{32,64}'],
  ['newrelic-key', 'nra', 'NRA[KLA]-[A-Z0-9]{20,64}'],
  ['grafana-token', 'gl', 'gl(?:c_[A-Za-z0-9+/]{32,400}=*|sa_[A-Za-z0-9]{32}_[a-f0-9]{8})'],
  ['pulumi-token', 'pul-', 'pul-[a-f0-9]{40}'],
  ['terraform-token', '.atlasv1.', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{40,255}'],
  ['telegram-token', ':aa', '\\d{8,10}:AA[\\w-]{32,34}'],
  ['age-key', 'age-secret-key', 'AGE-SECRET-KEY-1[A-Z0-9]{50,64}'],
  ['sentry-token', 'sntry', 'sntry[su]_[\\w+/=-]{40,255}'],
  ['postman-key', 'pmak-', 'PMAK-[a-f0-9]{24}-[a-f0-9]{34}'],
];

/** Words that end the name of a secret: `DB_PASSWORD`, `client-key-data`, `x-api-key`. */
const names =
  'passw(?:or)?d|passwort|passphrase|pwd|secret|token|api[_-]?key|apikey|access[_-]?key(?:[_-]?id)?|accountkey|account[_-]key|secret[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|client-key-data|master[_-]?key|license[_-]?key|credentials?|dockerconfigjson|dockercfg|connection[_-]?string|secret[_-]?access[_-]?key|signature';
const nameHints = [
  'passw',
  'passphrase',
  'pwd',
  'secret',
  'token',
  'key',
  'credential',
  'docker',
  'string',
  'signature',
];

/** The value of an opened quote up to its end (a cut one: the end of the line), or a bare word. */
const value = `(?:\\\\{1,3}"[^"\\\\\\n]*|"(?:[^"\\\\\\n]|\\\\.)*|'[^'\\n]*|[^\\s"',;&<>\\\\{}][^\\s"',;&<>\\\\]*)`;

/** The opening quote of what `value` matched, and the rest. */
function unquote(raw: string): readonly [quote: string, content: string] {
  const quote = /^(?:\\{0,3}["'])?/.exec(raw)?.[0] ?? '';
  return [quote, raw.slice(quote.length)];
}

const namedValue: RedactionRule = {
  hints: nameHints,
  pattern: new RegExp(
    `((?:${names})s?)((?:\\\\{0,3}["'])?[ \\t]{0,8}(?:=>|:=|[:=])[ \\t]{0,8})(${value})`,
    'gi',
  ),
  replace([, name = '', separator = '', raw = ''], before) {
    const [quote, content] = unquote(raw);
    if (content === '' || isHarmless(content)) return undefined;
    if (!/^p/i.test(name) && /^\d{1,6}[smhd]?$/.test(content)) return undefined;
    if (quote === '' && !separator.includes('=') && isProse(name, separator, content, before))
      return undefined;
    return `${name}${separator}${quote}${mark('value')}`;
  },
};

/** `failed to fetch token: unexpected status` tells a cause; `  token: hunter2` on a line of its own and anything random do not. */
function isProse(name: string, separator: string, content: string, before: string): boolean {
  if (content.length < 3 || /^[([]/.test(content) || /["'] +:/.test(separator)) return true;
  if (/^\\*["']/.test(separator) && !/["'][\w.-]{0,50}$/.test(before)) return true;
  if (!/[ \t]$/.test(separator)) return false;
  const alone = /^(?:secret|token|credential)s?$/i.test(name) && !/[\w.-]$/.test(before);
  if (alone ? looksVeryRandom(word(content)) : looksRandom(word(content))) return false;
  return !/(?:^|[\n{,])[ \t]*(?:- )?[\w.-]{0,50}$/.test(before);
}

/** `name: DB_PASSWORD` with its `value:` on the same or the next line, in YAML, JSON, escaped JSON and Go's own print. */
const environmentPair: RedactionRule = {
  hints: ['value'],
  pattern: new RegExp(
    `(\\bname(?:\\\\{0,3}["'])?\\s{0,8}[:=]\\s{0,8}(?:\\\\{0,3}["'])?[\\w.-]{0,60}?(?:${names}|auth|dsn|database_url)[\\w.-]{0,40}(?:\\\\{0,3}["'])?[\\s,]{1,40}(?:\\\\{0,3}["'])?value(?:\\\\{0,3}["'])?\\s{0,8}[:=]\\s{0,8})(${value})`,
    'gi',
  ),
  replace([, head = '', raw = '']) {
    const [quote, content] = unquote(raw);
    if (content === '' || isHarmless(content)) return undefined;
    return `${head}${quote}${mark('value')}`;
  },
};

/** Letters with digits among them, not behind them: `a8f3k29d`, not `deploy24`. */
function looksMade(text: string): boolean {
  return (text.match(/\d+(?=[A-Za-z])/g) ?? []).length > 1;
}

/** Every rule for one line, in order: what has a form of its own goes before what only has a telling name. */
export const lineRules: readonly RedactionRule[] = [
  {
    hints: ['eyj'],
    pattern: /(?<![\w-])([\w-]{0,40}?)eyJ[\w-]{8,8000}\.[\w-]{2,8000}(?:\.[\w-]{0,8000}){0,3}/g,
    replace: ([, head = '']) => head + mark('jwt'),
  },
  ...vendorPrefixes.map(([kind, hint, body]) =>
    whole(kind, [hint], new RegExp(`(?<![A-Za-z0-9])${body}`, 'g')),
  ),
  whole(
    'bootstrap-token',
    ['.'],
    /(?<![\w.-])[a-z0-9]{6}\.(?=[a-z0-9]{0,15}[g-z])(?=[a-z]{0,15}\d[a-z]{0,14}\d)(?=[a-z]{0,15}\d[a-z0-9]{0,14}[a-z])[a-z0-9]{16}(?![\w.-])/g,
  ),
  after(
    'webhook',
    ['hooks.slack', 'webhook', 'api.telegram'],
    /((?:hooks\.slack\.com\/(?:services|workflows|triggers)|discord(?:app)?\.com\/api\/webhooks|[\w.-]{1,60}office\.com\/webhook\w{0,4})\/|api\.telegram\.org\/(?:file\/)?bot)[^\s"'<>\\]+/g,
  ),
  after(
    'webhook',
    ['hooks.zapier', 'pagerduty.com', 'ifttt.com', '/bot/v2/hook/', 'hc-ping'],
    /((?:hooks\.zapier\.com\/hooks\/\w{1,20}|events\.pagerduty\.com\/integration|maker\.ifttt\.com\/trigger\/[^\s/"']{1,100}\/(?:json\/)?with\/key|\/bot\/v2\/hook|hc-ping\.com)\/)[^\s"'<>\\]+/g,
  ),
  after('token', ['geniekey'], /(\bgeniekey\s{1,4})[\w-]{20,100}/gi),
  after('credentials', ['://'], /(:\/\/)[^\s:/@?#"'<>]{0,100}:[^\s/"'<>\\]{1,300}(?=@(?!sha\d))/g),
  after('credentials', ['://'], /(:\/\/)[^\s:/@?#"'<>\\]{20,300}(?=@(?!sha\d))/g),
  {
    hints: ['://'],
    // A name alone is a user's, and tells who was refused; what no user is called is a token.
    pattern: /(\bhttps?:\/\/|:\/\/)([^\s:/@?#"'<>\\]{8,19})(?=@(?!sha\d))/g,
    replace: ([, head = '', user = '']) =>
      looksVeryRandom(user) || (head.startsWith('http') && looksMade(user))
        ? head + mark('credentials')
        : undefined,
  },
  after(
    'credentials',
    ['@tcp(', '@unix('],
    /((?<![\w.-])[\w.-]{1,64}:)[^\s@/"']{1,200}(?=@(?:tcp|unix)\()/g,
  ),
  after(
    'credentials',
    ['jdbc:oracle'],
    /(jdbc:oracle:\w{1,10}:[^\s/@]{1,64}\/)[^\s@]{1,200}(?=@)/gi,
  ),
  after(
    'query',
    ['='],
    /([?&](?:x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|sig|signature|auth|key|sas|(?:[\w-]{0,30}[_-])?(?:token|key|secret|password|pwd))=)[^&\s"'<>#\\]+/gi,
  ),
  after(
    'authorization',
    ['authorization'],
    /(authorization(?:\\{0,3}["'])?\s{0,4}[:=]\s{0,4}(?:\\{0,3}["'])?(?:(?:bearer|basic|digest|token|negotiate|apikey|aws4-hmac-sha256)\s{1,4}|(?=\S{0,200}\d|\S{20})))(?=\S{6})[^\s"',;\\]+/gi,
  ),
  after(
    'cookie',
    ['cookie'],
    /(\b(?:set-)?cookie(?:\\{0,3}["'])?\s{0,4}:\s{0,4})(?=[^\s=]{1,100}=)[^\r\n"\\]+/gi,
  ),
  after('token', ['bearer'], /(\bbearer\s{1,4})(?=[\w.~+/-]{0,200}\d|\S{32})[\w.~+/-]{12,}=*/gi),
  after(
    'header',
    ['x-'],
    /((?<![\w-])x-[\w-]{1,40}(?:key|token|secret|signature|password)(?:\\{0,3}["'])?\s{0,4}:\s{0,4}(?:\\{0,3}["'])?)[^\s"',;\\]+/gi,
  ),
  after('value', ['pwd={', 'password={'], /((?:pwd|password)=\{)[^}\n]+/gi),
  after('docker-auth', ['auth: '], /((?:^|\n)[ \t]{0,80}auth: )[\w+/]{8,}={0,2}/g),
  after('docker-auth', ['auth'], /("auth\\{0,3}"\s{0,4}:\s{0,4}\\{0,3}")[^"\\\s]{4,}/g),
  after(
    'flag',
    nameHints,
    new RegExp(
      `((?<![\\w-])--?[\\w-]{0,40}?(?:${names})(?:=|[ \\t]{1,4})["']?)(?![-=|&])[^\\s"'\\\\]{3,}`,
      'gi',
    ),
  ),
  after(
    'value',
    ['password', 'passwd', 'passphrase'],
    /(\b(?:password|passwd|passphrase)\s{1,4}(?:(?:is|was)\s{1,4})?["'`])[^"'`\n]{3,200}(?=["'`])/gi,
  ),
  ...commandRules,
  environmentPair,
  namedValue,
  after(
    'value',
    ['passw', 'passphrase'],
    /(\b(?:passw(?:or)?d|passphrase)\s{1,4}(?:is|was)\s{0,4}:?\s{1,4}["']?)(?=\S{0,200}\d)[^\s"']{14,}/gi,
  ),
];
