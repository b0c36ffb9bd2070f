/** What is told of cycles that did not run, over whole cycles half an hour apart. */
import { expect, test } from '@jest/globals';
import { Failure } from '../src/core/model/failure.ts';
import { jobSummary } from '../src/core/render/markdown.ts';
import { reportText } from '../src/core/render/text.ts';
import { runCycle } from '../src/cycle.ts';
import { deadDeployment } from './support/dead-deployment.ts';
import { bench } from './support/world.ts';

const start = Date.parse('2026-01-01T02:10:00Z');

function monitor(schedule: string | undefined) {
  const { folder } = bench();
  return async (
    minutes: number,
    objects: typeof deadDeployment | Failure | object = {},
    event = schedule,
  ) => {
    const now = new Date(start + minutes * 60_000).toISOString();
    const it = bench({ folder, now, objects: objects as typeof deadDeployment | Failure });
    const outcome = await runCycle(it.world, { ...it.settings, schedule: event });
    const { report, view } = outcome;
    return {
      report,
      sent: it.messenger.sent.map(
        ({ kind, reason, message }) => `${kind} ${reason} ${message.text}`,
      ),
      small: JSON.stringify(it.messenger.sent.map(({ message }) => message.blocks)),
      summary: jobSummary({ report, view, undelivered: 0, artifactUrl: null }),
      text: reportText(report, view),
    };
  };
}

const told =
  'health BLIND BLIND Kube Vigil did not look at test from 02:10 to 07:05 UTC (4 h 55 min): no cycle ran. What broke and was well again in between was not seen';

test('a long gap is told once: in the report, the summary, the text and Slack', async () => {
  const cycle = monitor('10,40 * * * *');
  await cycle(0);
  const late = await cycle(295);
  expect(late.report).toMatchObject({
    blind: { from: '2026-01-01T02:10:00Z', to: '2026-01-01T07:05:00Z', missed_cycles: 9 },
    schedule_lag_seconds: 1500,
  });
  expect(late.sent).toEqual([told]);
  expect(late.summary).toContain(
    '⚠️ **Blind from 02:10 to 07:05 UTC (4 h 55 min):** no cycle ran. What broke and was well again in between was not seen. About 9 cycles did not run.',
  );
  expect(late.summary).toContain('started 25 min after its schedule, read in UTC');
  expect(late.text).toContain('\nblind from 02:10 to 07:05 UTC (4 h 55 min): no cycle ran.');
  const next = await cycle(320);
  expect(next.report.blind).toBeNull();
  expect(next.sent).toEqual([]);
  expect(next.summary).not.toContain('Blind');
});

test('a shorter one is in the report only, unless people hear of an incident anyway', async () => {
  const quiet = monitor('10,40 * * * *');
  await quiet(0);
  const late = await quiet(90);
  expect(late.report.blind).toMatchObject({ missed_cycles: 2 });
  expect(late.sent).toEqual([]);
  const busy = monitor('10,40 * * * *');
  await busy(0);
  const alert = await busy(90, deadDeployment);
  expect(alert.sent).toEqual([expect.stringMatching(/^full NEW /)]);
  expect(alert.small).toContain('*did not look* from 02:10 to 03:40 UTC (1 h 30 min)');
  expect((await busy(120, deadDeployment)).small).not.toContain('did not look');
});

test('a long one is said in the alert, not beside it', async () => {
  const cycle = monitor('10,40 * * * *');
  await cycle(0);
  const alert = await cycle(295, deadDeployment);
  expect(alert.sent).toEqual([expect.stringMatching(/^full NEW /)]);
  expect(alert.small).toContain('*did not look* from 02:10 to 07:05 UTC (4 h 55 min)');
});

test('a cycle that fails tells it too', async () => {
  const cycle = monitor('10,40 * * * *');
  await cycle(0);
  const late = await cycle(295, new Failure('KUBE_UNREACHABLE', 'No API server answers'));
  expect(late.report.status).toBe('failed');
  expect(late.sent).toEqual([told]);
});

test('without a schedule: by the pauses between the last cycles', async () => {
  const cycle = monitor(undefined);
  for (const minutes of [0, 30, 60, 90, 120])
    expect((await cycle(minutes)).report.blind).toBeNull();
  const late = await cycle(420);
  expect(late.report).toMatchObject({ blind: { missed_cycles: 9 }, schedule_lag_seconds: null });
  expect(late.sent).toHaveLength(1);
});

test('a run by hand while the schedule rests ends no gap, and later it is by the pauses again', async () => {
  const cycle = monitor('10,40 2-4 * * *');
  for (const minutes of [0, 30, 60, 90, 120, 150])
    expect((await cycle(minutes)).report.blind).toBeNull();
  const byHand = (minutes: number) => cycle(minutes, {}, '');
  expect(await byHand(420)).toMatchObject({ report: { blind: null }, sent: [] });
  for (let n = 1; n <= 12; n++) expect((await byHand(420 + n * 30)).report.blind).toBeNull();
  expect((await byHand(1080)).report.blind).toMatchObject({ missed_cycles: 9 });
});
