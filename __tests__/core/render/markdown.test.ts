import { describe, expect, test } from '@jest/globals';
import { jobSummary } from '../../../src/core/render/markdown.ts';
import { decisionOf, findingOf, lineOf, reportOf, searchLine, viewOf } from './samples.ts';

const artifactUrl = 'https://github.com/acme/ops/actions/runs/123/artifacts/1';

test('a summary reads: what did not reach Slack, the state, what to do, the findings, what was not read', () => {
  const summary = jobSummary({ report: reportOf(), view: viewOf(), undelivered: 1, artifactUrl });
  expect(summary).toBe(`\
❌ **1 notification did not reach Slack.** Kept in the backup file and sent by the next cycle.

## 🔴 SEV-1 · \`payments-api\` down: \`Deployment ImagePullBackOff\` · \`prod-eu\`

Cycle 12 (\`20261124_025900\`) · status **completed** · health **healthy** · 3.2 s

- **Cause** \`image ghcr.io/acme/payments:v2.41 does not exist (ImagePullBackOff); 6 pods in all\`
- **Sure?** proven by the cluster's own fields
- **Where** \`Deployment payments/payments-api\`
- **Impact** P0 · down · since \`2026-11-24T02:53:00Z\` · 6 min, allowed 0 · 0 of 6 pods ready · \`payments-api\`

**Do this**

\`\`\`text
kubectl -n payments rollout undo deployment/payments-api # changes the cluster
kubectl -n payments rollout status deployment/payments-api
kubectl -n payments describe pod payments-api-7d9f-x2x
kubectl -n payments get events --field-selector reason=Failed
\`\`\`

2. 🟡 **SEV-3** \`search\` degraded · 22 min: \`container search of 1 of 3 pods was killed for memory 4 times (OOMKilled, limit 256Mi)\`

**Known, not counted** \`cart starts slowly\`

### 3 findings

| impact | object | service | since | what |
| --- | --- | --- | --- | --- |
| outage | \`Pod payments/payments-api-7d9f-x2x\` | \`payments-api\` | \`2026-11-24T02:53:00Z\` | \`ImageNotFound\` \`image ghcr.io/acme/payments:v2.41 does not exist (ImagePullBackOff)\` |
| degraded | \`Pod shop/search-5b8c-9k2\` | \`search\` |  | \`OOMKilled\` \`container search was killed for memory 4 times (limit 256Mi)\` |
| known: \`cart starts slowly\` | \`Pod shop/cart-0\` | \`cart\` | \`2026-11-22T22:10:00Z\` | \`NotReady\` \`container cart is not ready for 4 h\` |

### Not read

| what | so | why |
| --- | --- | --- |
| \`PersistentVolumeClaim could not be read (forbidden)\` | storage faults there would be missed, and nothing there counts as resolved; grant get and list on it | \`the service account may not list persistentvolumeclaims (403)\` |

[Files of this cycle](${artifactUrl})
`);
});

const summaryOf = (changes: Parameters<typeof reportOf>[0], view = viewOf()) =>
  jobSummary({ report: reportOf(changes), view, undelivered: 0, artifactUrl: null });
const quiet = (changes: Parameters<typeof reportOf>[0]) =>
  jobSummary({ report: reportOf(changes), view: null, undelivered: 0, artifactUrl: null });

describe('the heading says the state', () => {
  test.each([
    [
      'failed',
      quiet({ status: 'failed', phase: 'k8s-analyzer', error: 'no answer' }),
      /^## ❌ failed · `prod-eu` was not judged\n/,
    ],
    [
      'healthy',
      quiet({ status: 'healthy', findings: [], gaps: [] }),
      /^## ✅ healthy · `prod-eu`\n/,
    ],
    ['quiet', quiet({}), /^## `prod-eu`: nothing that people must be told now\n/],
    [
      'an incident',
      summaryOf({}),
      /^## 🔴 SEV-1 · `payments-api` down: `Deployment ImagePullBackOff` · `prod-eu`\n/,
    ],
  ])('%s', (_, summary, heading) => {
    expect(summary).toMatch(heading);
  });
});

test('a failure, a warning and what is not told are said', () => {
  const summary = quiet({
    ...{ status: 'failed', phase: 'k8s-analyzer', error: 'no answer', failed_cycles: 3 },
    warnings: ['Claude could not be asked'],
    state_saved: false,
    notification_result: {
      success: true,
      backed_up: false,
      error: null,
      reason: 'outside hours',
      deliveries: [],
    },
  });
  for (const said of [
    '**Failed in `k8s-analyzer`:** `no answer`',
    '- ⚠️ `Claude could not be asked`',
    '\n\n**NOT TOLD:** `outside hours`\n\n',
    '3 failed cycles in a row',
    '**state not saved**',
  ])
    expect(summary).toContain(said);
});

test('what is not told stands right under the heading, beside an alert too', () => {
  const { notification_result: result } = reportOf();
  if (result === null) throw new Error('the sample has no result');
  const summary = summaryOf({ notification_result: { ...result, reason: 'no Slack' } });
  expect(summary).toMatch(/^## 🔴 SEV-1 .*\n\n\*\*NOT TOLD:\*\* `no Slack`\n\nCycle 12 /);
});

test("Claude's judgement is marked", () => {
  const decision = decisionOf('SEV-1', {
    by: 'claude',
    confidence: 80,
    rootCause: 'Tag not pushed.',
  });
  const summary = summaryOf({}, viewOf({ lines: [lineOf({ decision })] }));
  expect(summary).toContain("- **Claude's judgement (80 %)** `Tag not pushed.`");
});

test('more than ten incidents are counted', () => {
  const lines = Array.from({ length: 25 }, () => searchLine);
  expect(summaryOf({}, viewOf({ lines }))).toContain('… and 15 more incidents in the report');
});

test('20,000 findings fit into 900 KB, and those left out are counted', () => {
  const findings = Array.from({ length: 20_000 }, () => findingOf({ message: '語'.repeat(290) }));
  const summary = summaryOf({ findings });
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900_000);
  expect(Buffer.byteLength(summary)).toBeGreaterThan(850_000);
  const rows = summary.split('\n').filter((line) => line.startsWith('| outage')).length;
  expect(summary).toContain(`… and ${20_000 - rows} more findings: all of them are in the report`);
  expect(summary).toContain('### Not read');
});

test('a fence is longer than any run of backticks in what it holds', () => {
  const commands = ['echo ```` `a`'];
  expect(summaryOf({}, viewOf({ lines: [lineOf({ commands })] }))).toContain(
    '`````text\necho ```` `a`\n`````\n',
  );
});
