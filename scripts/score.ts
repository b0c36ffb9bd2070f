/** `npm run score [-- --without <check-id>] [-- --only <name part>]`: holds every scenario against what it expects. Exits 0 only when every one is right. */
import { parseArgs } from 'node:util';
import { registry } from '../src/core/checks/registry.ts';
import { judge, loadScenario, look, scenarioNames } from './scenarios.ts';

const { values } = parseArgs({
  options: { without: { type: 'string' }, only: { type: 'string' } },
});
const checks = registry.filter(({ meta }) => meta.id !== values.without);
if (values.without !== undefined && checks.length === registry.length) {
  console.error(`score: no check is called ${values.without}; see kube-vigil checks`);
  process.exit(2);
}
let wrong = 0;
for (const name of scenarioNames().filter((each) => each.includes(values.only ?? ''))) {
  const scenario = await loadScenario(name);
  const verdict = judge(scenario, look(scenario, checks));
  if (verdict.wrong.length === 0) continue;
  wrong++;
  console.log(`${name}\n${verdict.wrong.map((each) => `  ${each}`).join('\n')}`);
}
console.log(wrong === 0 ? 'every scenario is right' : `${wrong} scenarios are wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
