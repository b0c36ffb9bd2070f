/** The command line from its sources, as a person runs it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { type ApiServer, startApiServer } from '../src/adapters/demo/api-server.ts';
import { firstLook, shopObjects } from '../src/adapters/demo/shop.ts';
import { type Ended, runNode } from './support/runner.ts';

jest.setTimeout(60_000);

const program = path.resolve(import.meta.dirname, '../src/cli.ts');
const kubeVigil = (args: readonly string[]): Promise<Ended> => runNode([program, ...args]);
const fileOf = (name: string, text: string): string => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'kube-vigil-')), name);
  writeFileSync(file, text);
  return file;
};

let cluster: ApiServer;
beforeAll(async () => {
  cluster = await startApiServer({ objects: shopObjects, now: () => firstLook });
});
afterAll(() => cluster.close());

describe('baseline', () => {
  test('what a cluster lacks now, as entries that take all of it out as they are printed', async () => {
    const kubeconfig = fileOf('kubeconfig', cluster.kubeconfig);
    const { code, stdout, stderr } = await kubeVigil(['baseline', '--kubeconfig', kubeconfig]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { accepted } = parse(stdout) as { accepted: readonly object[] };
    expect(accepted).toContainEqual({
      check: 'image-pull',
      reason: 'ImagePullBackOff',
      kind: 'Deployment',
      namespace: 'payments',
      name: 'payments-api',
      owner: null,
      why: null,
      until: null,
    });
    const catalog = fileOf('catalog.yaml', stdout);
    const again = await kubeVigil(['baseline', '--kubeconfig', kubeconfig, '--catalog', catalog]);
    expect(parse(again.stdout)).toEqual({ accepted: [] });
  });

  test('a cluster that cannot be reached is one line and exit 1', async () => {
    const kubeconfig = fileOf(
      'kubeconfig',
      cluster.kubeconfig.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9'),
    );
    const { code, stdout, stderr } = await kubeVigil(['baseline', '--kubeconfig', kubeconfig]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: The API server at 127\.0\.0\.1:9 cannot be reached[^\n]*\n$/);
  });
});

test('who reads only the first line gets no stack', () => {
  const { stdout, stderr } = spawnSync(
    'sh',
    ['-c', `"$0" "$1" checks --format json | head -n 1`, process.execPath, program],
    { encoding: 'utf8' },
  );
  expect({ stdout, stderr }).toEqual({ stdout: '{\n', stderr: '' });
});
