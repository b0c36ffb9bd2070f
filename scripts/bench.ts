/** Numbers, and of the core whether they are within its bound: `node scripts/bench.ts` (Node 24). Size of dist, start to first request, the pure core on 10,000 pods, and whole cycles over them with the memory at their peak. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kubeconfigFor, startApiServer } from '../src/adapters/demo/api-server.ts';
import { now, objectsOf, shapes } from './bench-clusters.ts';

const dist = path.resolve(import.meta.dirname, '../dist');
const folder = mkdtempSync(path.join(tmpdir(), 'kube-vigil-bench-'));

function kubeconfigFile(text: string): string {
  const file = path.join(folder, `kubeconfig-${Math.random()}`);
  writeFileSync(file, text);
  return file;
}

/** The built program once, in a process of its own; its peak memory is in MB. */
function cycle(kubeconfig: string): Promise<{ readonly seconds: number; readonly peak: number }> {
  const started = performance.now();
  const args = [
    path.join(dist, 'cli.js'),
    'cycle',
    '--kubeconfig',
    kubeconfig,
    '--output-dir',
    folder,
  ];
  const measure =
    'process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS))';
  const child = spawn(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(measure)}`,
    ...args,
  ]);
  let errors = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  return new Promise((resolve) => {
    child.on('close', () => {
      const peak = Number(/peak (\d+)/.exec(errors)?.[1] ?? 0) / 1024;
      resolve({ seconds: (performance.now() - started) / 1000, peak });
    });
  });
}

/** Milliseconds from the start of the process to its first request. */
async function firstRequest(): Promise<number> {
  let heard = 0;
  const server = createServer((_, response) => {
    heard ||= performance.now();
    response.writeHead(401).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const file = kubeconfigFile(kubeconfigFor(`http://127.0.0.1:${port}`, 'x'));
  const started = performance.now();
  await cycle(file);
  server.close();
  return heard - started;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

const bytes = readdirSync(dist).reduce(
  (sum, file) => sum + statSync(path.join(dist, file)).size,
  0,
);
console.log(`dist: ${(bytes / 1e6).toFixed(1)} MB in ${readdirSync(dist).length} files`);

const starts: number[] = [];
for (let run = 0; run < 12; run++) starts.push(await firstRequest());
console.log(
  `start to first request: median ${median(starts).toFixed(0)} ms of 12 (${process.version})`,
);

/** The core alone, each shape in a process of its own: its first look is a cold one. */
for (const shape of Object.keys(shapes)) {
  const script = path.join(import.meta.dirname, 'bench-core.ts');
  process.stdout.write(execFileSync(process.execPath, [script, shape]));
}

/** The whole cycle, from the first request to the report. */
for (const shape of Object.values(shapes)) {
  const server = await startApiServer({ objects: objectsOf(shape), now: () => now });
  for (const round of [1, 2, 3]) {
    const { seconds, peak } = await cycle(kubeconfigFile(server.kubeconfig));
    console.log(
      `cycle, ${shape.title}, round ${round}: ${seconds.toFixed(1)} s, peak ${peak.toFixed(0)} MB`,
    );
  }
  await server.close();
}
