import { expect, test } from '@jest/globals';
import { loadScenario, type Scenario, scenarioNames } from '../../../scripts/scenarios.ts';
import { decide } from '../../../src/core/decide.ts';
import { weigh } from '../../../src/core/escalation/policy.ts';
import type { AlertView } from '../../../src/core/model/alert.ts';
import { defaultCatalog } from '../../../src/core/model/catalog.ts';
import { freshState } from '../../../src/core/model/state.ts';
import { observe } from '../../../src/core/observe.ts';
import { fullAlert } from '../../../src/core/render/slack.ts';
import { alertLines } from '../../../src/core/render/text-alert.ts';
import { seen } from '../../support/slack-reading.ts';

const composites: Scenario[] = [];
for (const name of scenarioNames()) {
  const scenario = await loadScenario(name);
  if (scenario.expected.kind === 'composite') composites.push(scenario);
}
// Everything is told.
const catalog = { ...defaultCatalog, defaultPriority: 'P0' } as const;

/** What the first cycle would tell. */
function alertOf({ snapshot, expected }: Scenario): AlertView {
  const now = Date.parse(expected.now);
  const observation = observe(snapshot, catalog, now);
  const assessments = {
    byFingerprint: weigh(observation, catalog),
    fallback: null,
    trouble: null,
  };
  const stamp = {
    id: '20260203_100000',
    cluster: 'prod-eu',
    startedAt: expected.now,
    now,
    run: 'run-1',
    channel: 'C1',
    runUrl: null,
  };
  const { view } = decide(freshState, true, observation, assessments, stamp, catalog);
  if (view === null) throw new Error('nothing is told');
  return view;
}

test.each(composites.map((scenario) => [scenario.name, scenario] as const))(
  "%s: the alert's first line names the root's kind, name and reason",
  (_, scenario) => {
    const view = alertOf(scenario);
    const message = fullAlert(view);
    const [root] = scenario.expected.incidents.map((each) => each.root);
    for (const line of [message.text, seen(message)[0], alertLines(view)[0]]) {
      expect(line).toContain(root?.kind);
      expect(line).toContain(root?.name);
      expect(line).toContain(root?.reason);
    }
    expect(message.text.length).toBeLessThanOrEqual(150);
  },
);
