import { expect, test } from '@jest/globals';
import { whyFail } from '../src/action.ts';
import type { CycleReport } from '../src/core/model/report.ts';

type Outcome = Parameters<typeof whyFail>[0];
type FailOn = Parameters<typeof whyFail>[1];

const outcome = (
  report: Partial<CycleReport> = {},
  more: Partial<Omit<Outcome, 'report'>> = {},
): Outcome => ({
  report: {
    error: null,
    phase: null,
    health: 'healthy',
    warnings: [],
    escalation_decision: null,
    ...report,
  } as CycleReport,
  unsaved: false,
  undelivered: 0,
  ...more,
});
const failed = outcome({ error: 'no answer', phase: 'k8s-analyzer', failed_cycles: 1 });
const decided = (severity: 'SEV-1' | 'SEV-2' | 'SEV-3') =>
  outcome({
    escalation_decision: {
      severity,
      root_cause: 'image gone',
    } as CycleReport['escalation_decision'],
  });

test.each<[FailOn, string, Outcome, string | null]>([
  ['failed-cycle', 'all is well', outcome(), null],
  ['failed-cycle', 'a failed cycle', failed, 'k8s-analyzer: no answer'],
  ['failed-cycle', 'a SEV-1', decided('SEV-1'), null],
  ['failed-cycle', 'an unsaved state', outcome({}, { unsaved: true }), 'The state was not saved'],
  ['never', 'a failed cycle', failed, null],
  ['never', 'an unsaved state', outcome({}, { unsaved: true }), null],
  ['degraded', 'one failed cycle', failed, null],
  [
    'degraded',
    'degraded health',
    outcome({ health: 'degraded', failed_cycles: 3 }),
    '3 cycles failed in a row',
  ],
  ['undelivered', 'all delivered', outcome(), null],
  [
    'undelivered',
    'one not delivered',
    outcome({}, { undelivered: 1 }),
    '1 notification(s) did not reach Slack',
  ],
  ['SEV-1', 'a SEV-2', decided('SEV-2'), null],
  ['SEV-1', 'a SEV-1', decided('SEV-1'), 'SEV-1: image gone'],
  ['SEV-2', 'a SEV-1', decided('SEV-1'), 'SEV-1: image gone'],
  ['SEV-2', 'a SEV-3', decided('SEV-3'), null],
  ['SEV-2', 'an unsaved state', outcome({}, { unsaved: true }), 'The state was not saved'],
])('fail-on %s: %s', (failOn, _, given, expected) => {
  const why = whyFail(given, failOn);
  if (expected === null) expect(why).toBeNull();
  else expect(why).toContain(expected);
});
