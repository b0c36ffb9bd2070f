/** Ports that a scheme stands for where an address names none. */
const schemePorts: { readonly [scheme: string]: number | undefined } = {
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  mongodb: 27017,
  redis: 6379,
  rediss: 6379,
  amqp: 5672,
  amqps: 5671,
  nats: 4222,
};

/** Names of variables that hold an address. */
const addressed = /(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|SERVERS|ENDPOINT|URL|URI|BROKERS?|DSN)$/i;
/** Names of variables that hold an address where their value has a port. */
const portly =
  /(?:HOSTS|ADDRS|ADDRESSES|ENDPOINTS|UR[LI]S|CONNECT|BOOTSTRAP|UPSTREAMS?|BACKENDS?|SERVICES?|SVC|PEERS|NODES|DATABASE|DB|REDIS|CACHE|KAFKA|MONGO|MYSQL|POSTGRES)$/i;
const secretive = /PASS|SECRET|TOKEN|KEY|CREDENTIAL/i;
const address =
  /^(?:(?:jdbc:)?([a-z][a-z0-9+.-]{0,30}):\/\/(?:[^@/\s]*@)?)?([a-z0-9](?:[a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63})*)?)(?::(\d{1,5}))?(?:[/?].*)?$/s;

/**
 * What is kept of an environment variable's value: `host` or `host:port` of each address in it, comma-separated, or a plain port number.
 * Undefined: it names no host, and may be a secret.
 */
export function addressIn(name: string, value: string): string | undefined {
  if (/PORT$/i.test(name) && /^\d{1,5}$/.test(value)) return value;
  const hosts = value.split(',').flatMap((part) => hostIn(name, part.trim()) ?? []);
  return hosts.length === 0 ? undefined : hosts.join(',');
}

function hostIn(name: string, value: string): string | undefined {
  const found = address.exec(value);
  if (found === null) return undefined;
  const [, scheme, host = '', port] = found;
  if (scheme === undefined && !isNamed(name, host, port)) return undefined;
  if (/^[\d.]+$/.test(host) || host === 'localhost') return undefined;
  const at = port ?? schemePorts[scheme ?? ''];
  return at === undefined ? host : `${host}:${at}`;
}

/** Without a scheme only the variable's name, or a cluster-local name, tells a host from any other word. */
function isNamed(name: string, host: string, port: string | undefined): boolean {
  if (secretive.test(name)) return false;
  if (addressed.test(name) || /\.svc(?:\.|$)/.test(host)) return true;
  // One digit is a weight or a count.
  return (port ?? '').length > 1 && portly.test(name);
}
