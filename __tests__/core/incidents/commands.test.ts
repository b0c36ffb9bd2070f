import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { commandsFor, fillIn } from '../../../src/core/incidents/commands.ts';
import type { Finding } from '../../../src/core/model/finding.ts';
import { seen } from './scene.ts';

const finding: Finding = {
  ...seen('crash-loop', 'Pod/api-1', {
    proof: {
      container: 'app',
      node: 'n1',
      image: 'registry.example/api:1.2@sha256:ab',
      resource: 'certificates.cert-manager.io',
      missing: { kind: 'Secret', namespace: 'shop', name: 'db', key: 'url' },
    },
  }),
  workload: { kind: 'Deployment', namespace: 'shop', name: 'api' },
  service: 'api',
  known: null,
  cause: { role: 'cause', reason: 'CrashLoopBackOff', rank: 0 },
};

const onPod: Finding = { ...finding, workload: { kind: 'Pod', namespace: 'shop', name: 'api-1' } };

test('what has no namespace is looked for in all of them', () => {
  const template = 'kubectl get {resource} -A --field-selector metadata.name={name}';
  const cluster = { ...finding, object: { kind: 'ClusterIssuer', namespace: null, name: 'acme' } };
  expect(fillIn(template, cluster)).toBe(
    'kubectl get certificates.cert-manager.io -A --field-selector metadata.name=acme',
  );
});

test('the one that is meant makes the whole list superfluous', () => {
  const templates = (check: string) => [check === 'crash-loop' ? 'get {name}' : 'get'];
  const other = { ...finding, check: 'quota-full' };
  expect(commandsFor([other, finding], templates)).toEqual(['get api-1']);
});

test('every word is filled in, and a plain value stays unquoted', () => {
  const template =
    '{namespace} {name} {kind} {container} {node} {image} {workload} {resource} {missing}';
  expect(fillIn(template, finding)).toBe(
    'shop api-1 pod app n1 registry.example/api:1.2@sha256:ab deployment/api certificates.cert-manager.io secret/db',
  );
});

test.each([
  [
    'a value that is missing',
    '{container}',
    { ...finding, proof: { ...finding.proof, container: undefined } },
  ],
  ['a word that nobody knows', '{uid}', finding],
  [
    'an object without namespace',
    '-n {namespace}',
    { ...finding, object: { ...finding.object, namespace: null } },
  ],
  ['an object in a namespace', 'kubectl get x -A --field-selector metadata.name={name}', finding],
  ['a rollout of no workload', 'kubectl -n {namespace} rollout undo {workload}', onPod],
  [
    'a name with a shell in it',
    '{name}',
    { ...finding, object: { ...finding.object, name: 'x; rm -rf /' } },
  ],
  [
    'a name that is an option',
    '{name}',
    { ...finding, object: { ...finding.object, name: '--all' } },
  ],
  [
    'a name of 10 kB',
    '{name}',
    { ...finding, object: { ...finding.object, name: 'a'.repeat(10_000) } },
  ],
  [
    'a kind that is none',
    '{kind}',
    { ...finding, object: { ...finding.object, kind: 'Pod$(id)' } },
  ],
  [
    'a resource with a shell in it',
    '{resource}',
    { ...finding, proof: { ...finding.proof, resource: 'x;id.example' } },
  ],
  [
    'nothing that is missing',
    '{missing}',
    { ...finding, proof: { ...finding.proof, missing: undefined } },
  ],
  [
    'a missing thing with a shell in it',
    '{missing}',
    {
      ...finding,
      proof: { ...finding.proof, missing: { kind: 'Secret', namespace: 'shop', name: 'a;id' } },
    },
  ],
  [
    'an image over two lines',
    '{image}',
    { ...finding, proof: { ...finding.proof, image: 'a\nb' } },
  ],
  [
    'an image that is an option',
    '{image}',
    { ...finding, proof: { ...finding.proof, image: '-rm' } },
  ],
])('no command for %s', (_, template, broken) => {
  expect(fillIn(template, broken)).toBeUndefined();
});

test('an image reaches the shell as one word, whatever is in it', () => {
  const image = fc.string({
    unit: fc.constantFrom(...`ab'"$()\`;&|<>*\\ `),
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(image, (text) => {
      const command = fillIn('printf %s {image}', {
        ...finding,
        proof: { ...finding.proof, image: text },
      });
      if (command === undefined) return;
      expect(spawnSync('sh', ['-c', command], { encoding: 'utf8' }).stdout).toBe(text);
    }),
    { numRuns: 40 },
  );
});

test('the leading check gives all, each further check one; none twice, five in all', () => {
  const templates = (check: string): readonly string[] =>
    ['{name} a', '{name} b', '{name} c', '{name} d'].map((each) => `${check} ${each}`);
  const other = { ...finding, check: 'oom-killed' };
  const third = { ...finding, check: 'unschedulable' };
  expect(commandsFor([finding, finding, other, third], templates)).toEqual([
    'crash-loop api-1 a',
    'crash-loop api-1 b',
    'crash-loop api-1 c',
    'crash-loop api-1 d',
    'oom-killed api-1 a',
  ]);
  expect(commandsFor([finding, other], () => ['same {name}'])).toEqual(['same api-1']);
});
