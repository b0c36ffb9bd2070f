/**
 * `node scripts/proofs.ts`: runs the random histories of the life-cycle (400 for each property; `FC_RUNS` sets another
 * number) and the twelve overlapping runs of the built action, and writes what they say into docs/reliability.md.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { writeSection } from './faults/pages.ts';

const outcome = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ assertionResults: z.array(z.object({ title: z.string() })) })),
});

/** Runs the tests of one pattern; how many hold, and what they say. */
function tested(pattern: string, runs: string) {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'kube-vigil-')), 'jest.json');
  spawnSync('npm', ['test', '--', pattern, '--json', `--outputFile=${file}`], {
    env: { ...process.env, FC_RUNS: runs },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { numPassedTests, numFailedTests, testResults } = outcome.parse(
    JSON.parse(readFileSync(file, 'utf8')),
  );
  const titles = testResults.flatMap(({ assertionResults }) => assertionResults);
  return { passed: numPassedTests, failed: numFailedTests, says: titles.map(({ title }) => title) };
}

const { FC_RUNS: runs = '400' } = process.env;
const histories = tested('core/lifecycle/properties', runs);
const reference = tested('core/lifecycle/reference', runs);
const overlap = tested('dist/overlap', runs);
const list = (says: readonly string[]) => says.map((title) => `- ${title}`).join('\n');

writeSection(
  'histories',
  `## Random histories

\`node scripts/proofs.ts\` lives through ${runs} random histories for each property: 9 to 44 cycles 5 minutes to 5 hours apart, with pauses six times as long; incidents that come, go, change, get worse and fail for another reason, a node that takes some of them with it, known issues, silences and maintenance; kinds that cannot be read, failed cycles, a Slack that refuses or a run that dies; people who acknowledge, silence and take it back, and answers that cannot be read. ${histories.passed} of ${histories.passed + histories.failed} properties hold:

${list(histories.says)}

A small reference model, written from the rules and not from the code, lives through ${runs} more on the whole path (decide, save, send, confirm, save): several channels and changing routes, two incidents on one object, namespaces that are hidden or not watched any more, a clock that is set back, cycles without a channel, \`ack 2\`, runs that die between intent and confirmation, answers of Slack that are lost. It reads the channels as a person does and complains where that is not what people must have been told. ${reference.passed} of ${reference.passed + reference.failed} hold:

${list(reference.says)}`,
);
writeSection(
  'overlap',
  `## Twelve runs at once

The built action, twelve times at the same moment on one state branch. ${overlap.passed} of ${overlap.passed + overlap.failed} hold:

${list(overlap.says)}`,
);
if (histories.failed + reference.failed + overlap.failed > 0) process.exitCode = 1;
