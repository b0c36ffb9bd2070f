import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { codeOf, Failure } from '../../core/model/failure.ts';
import { isLoopback } from '../../core/model/loopback.ts';
import { cut } from '../../core/model/text.ts';
import { type ConfigUser, type Kubeconfig, kubeconfigSchema } from './kubeconfig-schema.ts';

/** Where a kubeconfig is: a path (several, joined by the system's path delimiter, as in `$KUBECONFIG`), its text, or the pod's service account. */
export type KubeconfigSource = { readonly file: string } | { readonly text: string } | 'in-cluster';

const hint =
  'Give the kubeconfig as text, as base64 of it, or as the path of a file that `kubectl config view --raw --minify --flatten` printed';

/** Text, base64 of it, or a path. Throws Failure CONFIG_INVALID; the text is never in a message, for it holds secrets. */
export function readKubeconfig(input: string): { file: string } | { text: string } {
  const trimmed = input.trim();
  if (trimmed === '') throw broken('The kubeconfig is empty');
  const decoded = fromBase64(trimmed);
  if (decoded !== null) return { text: decoded };
  if (/[\n{]|^\w+:\s/.test(trimmed)) return { text: input };
  const file = expandHome(trimmed);
  if (existingFiles(file).length > 0) return { file };
  throw broken(
    looksLikePath(trimmed)
      ? `The kubeconfig ${cut(trimmed, 200)} does not exist`
      : `The kubeconfig (${trimmed.length} characters) is neither YAML nor base64 nor the path of a file`,
  );
}

/** The context that will be used. Throws Failure CONFIG_INVALID, which lists the contexts there are. */
export function contextOf(source: KubeconfigSource, asked?: string): string {
  return source === 'in-cluster' ? 'in-cluster' : chooseContext(loadKubeconfig(source), asked);
}

/** Everything secret that the kubeconfig holds, for masking: tokens, passwords, keys (whole and line by line), values of the credential plugin's environment. */
export function knownSecrets(source: KubeconfigSource): string[] {
  if (source === 'in-cluster') return [];
  const config = loadKubeconfig(source);
  const secrets = (config.users ?? []).flatMap(({ user }) => secretsOf(user ?? {}));
  for (const { cluster } of config.clusters) {
    const proxy = cluster['proxy-url'] ?? '';
    if (URL.canParse(proxy)) secrets.push(new URL(proxy).password);
  }
  // A shorter one would blot out half the log.
  return [...new Set(secrets)].filter((secret) => secret.length >= 6);
}

function secretsOf(user: ConfigUser): string[] {
  const key = user['client-key-data'] ?? '';
  const keyLines = Buffer.from(key, 'base64')
    .toString()
    .split('\n')
    .filter((line) => !line.startsWith('-----'));
  const provider: { readonly [name: string]: unknown } = user['auth-provider'] ?? {};
  const texts = Object.values((provider['config'] ?? {}) as object).filter(
    (value): value is string => typeof value === 'string',
  );
  const env = (user.exec?.env ?? []).filter(({ name }) => /key|secret|token|pass/i.test(name));
  return [
    user.token ?? '',
    user.password ?? '',
    key,
    ...keyLines,
    ...texts.filter((each) => !/^(https?:|\/)/.test(each)),
    ...env.map(({ value }) => value),
  ];
}

/** The kubeconfig, checked: paths absolute, token files read. Throws Failure CONFIG_INVALID. */
export function loadKubeconfig(source: { file: string } | { text: string }): Kubeconfig {
  if ('text' in source) return parseKubeconfig(source.text, 'The kubeconfig', process.cwd());
  const files = existingFiles(expandHome(source.file));
  const configs = files.map((file) =>
    parseKubeconfig(readText(file), `The kubeconfig ${file}`, path.dirname(path.resolve(file))),
  );
  const [first, ...others] = configs;
  if (first === undefined) throw broken(`The kubeconfig ${cut(source.file, 200)} does not exist`);
  return others.reduce(merge, first);
}

/** The name of the context that is used. Throws Failure CONFIG_INVALID where it, its cluster or its user is missing. */
export function chooseContext(config: Kubeconfig, asked?: string): string {
  const names = config.contexts.map(({ name }) => name);
  const name = asked ?? config['current-context'] ?? '';
  const there = `It has: ${cut(names.join(', '), 400)}`;
  if (name === '') throw broken('The kubeconfig has no current-context', `Name one. ${there}`);
  const found = config.contexts.find((each) => each.name === name)?.context;
  if (found === undefined) throw broken(`The kubeconfig has no context ${cut(name, 100)}`, there);
  const cluster = config.clusters.find((each) => each.name === found.cluster)?.cluster;
  if (cluster === undefined)
    throw broken(
      `Context ${name} of the kubeconfig names cluster ${found.cluster}, which it lacks`,
    );
  if (found.user && !config.users?.some((each) => each.name === found.user))
    throw broken(`Context ${name} of the kubeconfig names user ${found.user}, which it lacks`);
  refuseOpenHttp(cluster.server, cluster['insecure-skip-tls-verify'] === true);
  return name;
}

/** Plain http has no TLS that could be verified: on loopback that is fine, elsewhere the token would travel in the clear. */
function refuseOpenHttp(server: string, skipsVerification: boolean): void {
  const { protocol, hostname, host } = new URL(server);
  if (protocol === 'https:' || skipsVerification) return;
  if (isLoopback(hostname)) return;
  throw broken(
    `The kubeconfig reaches ${host} over plain http`,
    'Use https, or set insecure-skip-tls-verify: true to send the credentials unencrypted',
  );
}

function parseKubeconfig(text: string, what: string, folder: string): Kubeconfig {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    // The parser's message quotes the text, which may be a token: its code and place only.
    const at = error.linePos?.[0];
    throw broken(`${what} is not YAML: line ${at?.line}, column ${at?.col} (${error.code})`);
  }
  const parsed = kubeconfigSchema.safeParse(plain(document, what));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = issue === undefined || issue.path.length === 0 ? '' : ` at ${sayPath(issue.path)}`;
    throw broken(`${what} is no kubeconfig${at}: ${issue?.message}`);
  }
  return withAbsolutePaths(parsed.data, folder);
}

/** An alias that leads nowhere, or to too much, only shows here; its message quotes the text. */
function plain(document: { toJS(): unknown }, what: string): unknown {
  try {
    return document.toJS();
  } catch {
    throw broken(`${what} is no kubeconfig: it has a YAML alias that leads nowhere or too far`);
  }
}

function withAbsolutePaths(config: Kubeconfig, folder: string): Kubeconfig {
  const absolute = (file: string | null | undefined) =>
    file ? path.resolve(folder, file) : undefined;
  for (const { cluster } of config.clusters)
    cluster['certificate-authority'] = absolute(cluster['certificate-authority']);
  for (const { user } of config.users ?? []) {
    if (!user) continue;
    user['client-certificate'] = absolute(user['client-certificate']);
    user['client-key'] = absolute(user['client-key']);
    const tokenFile = absolute(user.tokenFile ?? user['token-file']);
    if (tokenFile !== undefined) user.token = readText(tokenFile).trim();
    user.tokenFile = user['token-file'] = undefined;
    // A command with a slash is relative to the kubeconfig, as for kubectl; a bare one is looked up in PATH.
    if (user.exec?.command.includes('/'))
      user.exec.command = path.resolve(folder, user.exec.command);
  }
  return config;
}

/** As kubectl merges: the first that names something wins. */
function merge(into: Kubeconfig, from: Kubeconfig): Kubeconfig {
  const add = <T extends { readonly name: string }>(a: readonly T[], b: readonly T[]) => [
    ...a,
    ...b.filter((each) => !a.some(({ name }) => name === each.name)),
  ];
  return {
    ...into,
    'current-context': into['current-context'] || from['current-context'],
    clusters: add(into.clusters, from.clusters),
    contexts: add(into.contexts, from.contexts),
    users: add(into.users ?? [], from.users ?? []),
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw broken(`The file ${cut(file, 200)} of the kubeconfig cannot be read (${codeOf(error)})`);
  }
}

function existingFiles(list: string): string[] {
  if (list.length > 4096) return [];
  return list.split(path.delimiter).filter((file) => file !== '' && existsSync(file));
}

function expandHome(file: string): string {
  return file.startsWith('~/') ? path.join(homedir(), file.slice(2)) : file;
}

function looksLikePath(text: string): boolean {
  return text.length < 300 && /^[.~/\\]|^[A-Za-z]:\\|\.(ya?ml|conf|config|json)$/.test(text);
}

function fromBase64(text: string): string | null {
  const packed = text.replace(/\s+/g, '');
  if (packed.length < 40 || !/^[\w+/-]+=*$/.test(packed)) return null;
  const decoded = Buffer.from(packed, 'base64').toString();
  return /clusters|contexts|apiVersion/.test(decoded) ? decoded : null;
}

function sayPath(keys: readonly PropertyKey[]): string {
  return keys
    .map((key, at) =>
      typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`,
    )
    .join('');
}

function broken(message: string, mend = hint): Failure {
  return new Failure('CONFIG_INVALID', message, { hint: mend });
}
