import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { artifactName, artifactUpload } from '../../../src/adapters/github/artifact.ts';
import { type FaultyServer, faultyServer, limitsFor } from '../../support/faulty-server.ts';
import { keptLog } from '../../support/log.ts';
import {
  type ResultsService,
  resultsEnvironment,
  startResultsService,
} from '../../support/results-service.ts';

let service: ResultsService;
let server: FaultyServer;
let folder = '';
let log = keptLog();

beforeAll(async () => {
  service = await startResultsService();
  server = await faultyServer(service.url);
  folder = await mkdtemp(join(tmpdir(), 'kube-vigil-artifact-'));
  await writeFile(join(folder, 'report.json'), '{}');
});
beforeEach(() => {
  log = keptLog();
  server.clear();
  Object.assign(process.env, resultsEnvironment(server.url));
  // The library tells its steps to whoever reads the workflow's log.
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(async () => {
  await server.close();
  await service.close();
});

const upload = () =>
  artifactUpload({
    cluster: 'prod',
    folder,
    runId: '123',
    attempt: '2',
    serverUrl: 'https://github.com',
    owner: 'acme',
    repo: 'ops',
    retentionDays: 14,
    limits: limitsFor(...server.faults),
    log,
  });
const report = () => [join(folder, 'report.json')];

test('one artifact per run and attempt, with its retention, and its address comes back', async () => {
  expect(await upload()(report())).toBe(
    'https://github.com/acme/ops/actions/runs/123/artifacts/42',
  );
  expect(service.finalized.at(-1)).toBe('kube-vigil-prod-123-2');
  const created = JSON.parse(server.seen[0]?.body ?? '{}') as { readonly expires_at?: string };
  const days = (Date.parse(created.expires_at ?? '') - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(14);
});

test('no file is no artifact', async () => {
  expect(await upload()([])).toBeNull();
  expect(server.seen).toEqual([]);
});

test('a GitHub that keeps no artifacts is a warning that says what to do', async () => {
  Object.assign(process.env, { GITHUB_SERVER_URL: 'https://github.acme.test' });
  expect(await upload()(report())).toBeNull();
  expect(log.lines).toEqual([expect.stringContaining('actions/upload-artifact@v3.2.2')]);
});

test('a refusal is a clear error', async () => {
  server.faults = [{ path: 'CreateArtifact', status: 403, body: { msg: 'no permission' } }];
  await expect(upload()(report())).rejects.toMatchObject({
    code: 'GITHUB_REFUSED',
    message: expect.stringContaining('kube-vigil-prod-123-2 was not uploaded'),
  });
});

test.each(['CreateArtifact', 'FinalizeArtifact'])('%s hangs: given up in time', async (path) => {
  server.faults = [{ path, hang: true }];
  await expect(upload()(report())).rejects.toMatchObject({
    code: 'GITHUB_REFUSED',
    message: expect.stringContaining('not done within 1 s'),
  });
});

test('what a name may not hold becomes a dash', () => {
  expect(artifactName('a/b:c"\n', '1', '2')).toBe('kube-vigil-a-b-c---1-2');
});
