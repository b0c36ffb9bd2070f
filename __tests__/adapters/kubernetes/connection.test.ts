import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ApiServer, startApiServer } from '../../../src/adapters/demo/api-server.ts';
import { liveCluster } from '../../../src/adapters/kubernetes/live.ts';
import { limits, scaled } from '../../../src/core/model/limits.ts';
import { hasOpenssl, makeCertificate } from '../../support/certificate.ts';
import { type Fault, faultyServer } from '../../support/faulty-server.ts';
import { silentLog } from '../../support/log.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'connection-'));
const closing: (() => unknown)[] = [];
let server: ApiServer;

const named = (name: string) => ({ metadata: { name, namespace: 'shop' } });
const objects = { Pod: Array.from({ length: 600 }, (_, at) => named(`pod-${at}`)) };

beforeEach(async () => {
  server = await startApiServer({ objects, token: 'plugin-token' });
  closing.push(server.close);
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listen(listening: http.Server): Promise<number> {
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  closing.push(() => {
    listening.closeAllConnections();
    listening.close();
  });
  return (listening.address() as net.AddressInfo).port;
}

/** The URL of an API server that takes everybody. */
async function openServer(): Promise<string> {
  const open = await startApiServer({ objects });
  closing.push(open.close);
  return open.url;
}

async function frontOf(upstream: string, ...faults: readonly Fault[]) {
  const front = await faultyServer(upstream);
  front.faults = faults;
  closing.push(front.close);
  return front;
}

function lookWith(cluster: object, user: object, table = limits) {
  const config = {
    'current-context': 'c',
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
  };
  return liveCluster(
    { kubeconfig: { text: JSON.stringify(config) } },
    {
      namespaces: { include: [], exclude: [] },
      limits: table,
      log: silentLog,
      clock: { now: Date.now },
    },
  ).look();
}

/** A credential plugin: a script that runs with what the kubeconfig says. */
function plugin(script: string): object {
  const file = path.join(folder, `plugin-${Math.random()}.cjs`);
  writeFileSync(file, script);
  return {
    exec: { command: process.execPath, args: [file], env: [{ name: 'WORD', value: 'plugin' }] },
  };
}

const credential = (token: string) =>
  `console.log(JSON.stringify({ kind: 'ExecCredential', status: { token: ${token} } }));`;

test('a credential plugin gets its environment and the request, and its token is used', async () => {
  const script = `const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
    ${credential("info.kind === 'ExecCredential' && process.env.PATH ? process.env.WORD + '-token' : 'no'")}`;
  expect((await lookWith({ server: server.url }, plugin(script))).items).toHaveLength(600);
});

test.each([
  [
    'fails',
    'console.error("no login: token=abcdefgh12345678"); process.exit(3)',
    'failed (exit 3): no login: token=[redacted:value]',
  ],
  ['prints no credential', 'console.log("hello")', 'printed no ExecCredential'],
])('a plugin that %s is KUBE_UNAUTHORIZED', async (_name, script, said) => {
  await expect(lookWith({ server: server.url }, plugin(script))).rejects.toThrow(
    expect.objectContaining({
      code: 'KUBE_UNAUTHORIZED',
      message: expect.stringContaining(said),
      hint: expect.stringContaining('installed on the runner'),
    }),
  );
});

test('a plugin that is not installed is named', async () => {
  const user = { exec: { command: 'no-such-plugin' } };
  await expect(lookWith({ server: server.url }, user)).rejects.toThrow(
    'The credential plugin no-such-plugin is not installed here',
  );
});

test('a plugin that hangs is killed in time', async () => {
  const file = path.join(folder, 'pid');
  const script = `require('fs').writeFileSync(${JSON.stringify(file)}, String(process.pid));
    setInterval(() => {}, 1000);`;
  await expect(
    lookWith({ server: server.url }, plugin(script), scaled(limits, 25)),
  ).rejects.toThrow(expect.objectContaining({ message: expect.stringMatching(/in time|within/) }));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(() => process.kill(Number(readFileSync(file, 'utf8')), 0)).toThrow('ESRCH');
});

test('credentials that stop working midway are renewed, once', async () => {
  const count = path.join(folder, 'count');
  writeFileSync(count, '');
  const script = `require('fs').appendFileSync(${JSON.stringify(count)}, 'x');
    ${credential("'plugin-token'")}`;
  const refused: Fault = { path: /pods.*continue=/, status: 401 };
  const once401 = await frontOf(server.url, { ...refused, nth: 1 });
  const always = await frontOf(server.url, refused);
  expect((await lookWith({ server: once401.url }, plugin(script))).gaps).toEqual([]);
  expect(readFileSync(count, 'utf8')).toBe('xx');
  await expect(lookWith({ server: always.url }, plugin(script))).rejects.toThrow(
    expect.objectContaining({ code: 'KUBE_UNAUTHORIZED' }),
  );
  expect(readFileSync(count, 'utf8')).toBe('xxxx');
});

test('user and password', async () => {
  const front = await frontOf(await openServer());
  await lookWith({ server: front.url }, { username: 'me', password: 'pass' });
  const asked = new Set(front.seen.map(({ headers }) => headers.authorization));
  expect(asked).toEqual(new Set([`Basic ${Buffer.from('me:pass').toString('base64')}`]));
});

test('a server below a path, a gzipped answer', async () => {
  const list = gzipSync('{"kind":"List","items":[{"metadata":{"name":"zipped"}}]}');
  const paths: (string | undefined)[] = [];
  const port = await listen(
    http.createServer((request, response) => {
      paths.push(request.url);
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
      response.end(list);
    }),
  );
  const snapshot = await lookWith({ server: `http://127.0.0.1:${port}/k8s/clusters/c-1/` }, {});
  expect(JSON.stringify(snapshot.items[0])).toContain('zipped');
  expect(paths.every((each) => each?.startsWith('/k8s/clusters/c-1/api'))).toBe(true);
});

test('through proxy-url', async () => {
  const asked: (string | undefined)[] = [];
  const proxy = http.createServer((_request, response) => response.writeHead(500).end());
  proxy.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    asked.push(request.url);
    const onward = net.connect(Number(new URL(server.url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    closing.push(
      () => socket.destroy(),
      () => onward.destroy(),
    );
  });
  const port = await listen(proxy);
  const snapshot = await lookWith(
    { server: server.url, 'proxy-url': `http://127.0.0.1:${port}` },
    { token: 'plugin-token' },
  );
  expect(snapshot.gaps).toEqual([]);
  expect(asked).toContain(new URL(server.url).host);
});

const withOpenssl = hasOpenssl ? test : test.skip;

withOpenssl('a private CA and a client certificate; neither may be missing', async () => {
  const { cert, key } = makeCertificate();
  const tls = { cert, key, ca: cert, requestCert: true, rejectUnauthorized: true };
  const front = await faultyServer(await openServer(), tls);
  closing.push(front.close);
  const at = { server: front.url };
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const trusting = { ...at, 'certificate-authority-data': base64(cert) };
  const known = { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) };
  expect((await lookWith(trusting, known)).items).toHaveLength(600);
  await expect(lookWith(at, known)).rejects.toThrow(
    expect.objectContaining({
      code: 'KUBE_UNREACHABLE',
      message: expect.stringContaining('TLS failed (DEPTH_ZERO_SELF_SIGNED_CERT)'),
      hint: expect.stringContaining('certificate-authority-data'),
    }),
  );
  await expect(lookWith(trusting, {})).rejects.toThrow(
    expect.objectContaining({ code: 'KUBE_UNREACHABLE' }),
  );
  const broken = { ...trusting, 'certificate-authority-data': base64('no PEM') };
  await expect(lookWith(broken, known)).rejects.toThrow(
    expect.objectContaining({ code: 'KUBE_UNREACHABLE' }),
  );
});

test('a certificate file that is not there is a broken configuration', async () => {
  const cluster = { server: 'https://127.0.0.1:1', 'certificate-authority': '/no/such/ca.crt' };
  await expect(lookWith(cluster, {})).rejects.toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('/no/such/ca.crt'),
      hint: expect.stringContaining('--flatten'),
    }),
  );
});

test('in-cluster outside of a cluster says what to give instead', async () => {
  const { KUBERNETES_SERVICE_HOST: host } = process.env;
  delete process.env['KUBERNETES_SERVICE_HOST'];
  closing.push(() => {
    if (host !== undefined) process.env['KUBERNETES_SERVICE_HOST'] = host;
  });
  const cluster = liveCluster(
    { kubeconfig: 'in-cluster' },
    { namespaces: { include: [], exclude: [] }, limits, log: silentLog, clock: { now: Date.now } },
  );
  await expect(cluster.look()).rejects.toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      hint: expect.stringContaining('--kubeconfig'),
    }),
  );
});
