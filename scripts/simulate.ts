/**
 * What people would hear, and what stays in the memory, over a long time.
 * `npm run simulate week`: prints the Slack channel of a week, as a person reads it.
 * `npm run simulate year`: 35,040 cycles with random incidents: how large the state gets and how long a cycle's decision takes; written into docs/reliability.md.
 * `npm run simulate refusal`: days in which nothing can be delivered: how large the state gets; written there too.
 */
import { writeSection } from './faults/pages.ts';
import { liveRefusals, refusalSection } from './simulate/refusal.ts';
import { type Channel, liveAWeek } from './simulate/week.ts';
import { liveAYear, yearSection } from './simulate/year.ts';

function sayWeek({ words, edits }: Channel): string {
  const said = words.map(({ at, thread, lines }) => {
    const indent = thread ? '    ↳ ' : '';
    const rest = thread ? '      ' : '  ';
    return [
      `${at}  ${indent}${lines[0]}`,
      ...lines.slice(1).map((line) => `${rest}        ${line}`),
    ];
  });
  const roots = words.filter(({ thread }) => !thread).length;
  return [
    ...said.flatMap((lines) => [...lines, '']),
    `${roots} alerts, ${words.length - roots} replies in their threads, ${edits} silent edits`,
  ].join('\n');
}

const [what = 'week'] = process.argv.slice(2);
if (what === 'week') console.log(sayWeek(await liveAWeek()));
else if (what === 'year') {
  const year = liveAYear();
  writeSection('year', yearSection(year));
  console.log(JSON.stringify(year, null, 2));
} else if (what === 'refusal') {
  const refusals = liveRefusals();
  writeSection('refusal', refusalSection(refusals));
  console.log(JSON.stringify(refusals, null, 2));
} else {
  console.error(`simulate: expected week, year or refusal, got ${what}`);
  process.exitCode = 2;
}
