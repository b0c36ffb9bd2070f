/** Whom a line of a log speaks of. */
export interface Address {
  /** A name or an IP address, as it was written. */
  readonly host: string;
  readonly port?: string | undefined;
}

const name = '[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?';

/** The most telling first; each takes the host, and some the port. A match costs a bounded number of steps. */
const patterns: readonly RegExp[] = [
  // lookup db on 10.96.0.10:53: no such host
  new RegExp(`\\blookup (?:tcp/)?(${name})\\.?(?: on [^ ]{1,80})?:`, 'g'),
  // getaddrinfo ENOTFOUND db, EAI_AGAIN db:5432, UnknownHostException: db, Could not resolve host: db
  new RegExp(
    `(?:ENOTFOUND|EAI_AGAIN|UnknownHostException:|[Rr]esolve host:?|[Rr]esolve(?: address)?|bad address|translate host name|server host|upstream|resolver|waiting for|waiting \\d{1,6} seconds for) ["'\`]?(${name})\\.?(?::(\\d{1,5}))?`,
    'g',
  ),
  // https://vault.vault.svc:8200, jdbc:postgresql://db:5432/shop
  new RegExp(`\\b[a-z][a-z0-9+.-]{1,20}://(?:[^\\s/@"'<>]{1,200}@)?(${name})(?::(\\d{1,5}))?`, 'g'),
  // host='api', port=80; server at "db" (10.0.0.3), port 5432; for "db" port 5432; server on 'mysql'
  new RegExp(
    `(?:\\bhost=|\\bhost |\\bserver (?:at |on )?|\\bfor |\\bhostname )["']?(${name})(?::\\d{1,5})?["'](?: \\(\\S{1,60}\\))?(?:,? port[ =](\\d{1,5}))?`,
    'g',
  ),
  // redis/10.0.0.7:6379: the name that it was resolved from
  new RegExp(`\\b(${name})/(?:<unresolved>|[0-9a-fA-F.:]{2,45}):(\\d{1,5})\\b`, 'g'),
  // db:5432, 10.0.0.5:5432
  new RegExp(`(?<![\\w.:/-])(${name}):(\\d{2,5})(?!\\w|[.:]\\d)`, 'g'),
  // Failed to connect to api port 8080, remote host (10.0.0.5)
  new RegExp(`(?:connect to |remote host \\()(?!server\\b)(${name})\\b(?: port (\\d{1,5}))?`, 'g'),
];

/** `main.go:41` is a place in a program. */
const sourceFile = /\.(?:go|py|rb|rs|js|mjs|cjs|ts|java|kt|scala|cs|php|cc?|cpp|exs?|erl)$/;

/** Every host in a line, the most telling first, none twice. The DNS server that was asked is none of them. */
export function addressesIn(text: string): readonly Address[] {
  const said = text.replace(/ on [^ ]{1,80}:53(?=\D)/g, '').replace(/\S{1,60}->\S{1,60}:53\b/g, '');
  const found = new Map<string, Address>();
  for (const pattern of patterns)
    for (const [, host = '', port] of said.matchAll(pattern)) {
      const key = host.toLowerCase();
      if (!sourceFile.test(key) && !found.has(key))
        found.set(key, port === undefined ? { host: key } : { host: key, port });
    }
  return [...found.values()];
}
