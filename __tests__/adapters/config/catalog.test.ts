import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseCatalog } from '../../../src/adapters/config/catalog.ts';
import { loadCatalogFile } from '../../../src/adapters/config/catalog-file.ts';
import { catalogJsonSchema } from '../../../src/adapters/config/catalog-schema.ts';
import { defaultCatalog } from '../../../src/core/model/catalog.ts';
import { Failure } from '../../../src/core/model/failure.ts';

const where = '.github/kube-vigil.yml';
const now = Date.parse('2026-11-28T12:00:00Z');
const checks = {
  'readiness-failing': ['graceSeconds'],
  'oom-killed': [],
  'crash-loop': [],
  'node-cordoned': [],
};

function messageOf(text: string): string {
  try {
    parseCatalog(text, where, checks, now);
  } catch (error) {
    if (error instanceof Failure && error.code === 'CONFIG_INVALID') return error.message;
    throw error;
  }
  throw new Error('it was accepted');
}

test.each(['', '# nothing yet\n', '---\n', '{}', 'services: []'])('%j is all defaults', (text) => {
  expect(parseCatalog(text, where, checks)).toEqual(defaultCatalog);
});

test('a whole catalog', () => {
  const text = `
services:
  - name: shop
    priority: P1
    namespaces: [shop, shop-eu]
    selector: {app.kubernetes.io/name: shop}
    maxDowntime: 10m
    channel: C0SHOP123
    checks: {readiness-failing: {graceSeconds: 900}}
    knownIssues:
      - {note: slow start, check: readiness-failing, for: 6m}
      - {note: OPS-12, reason: CrashLoopBackOff, kind: Pod, name: "job-*", until: 2026-12-01T18:00:00+01:00}
  - name: search
defaultPriority: P3
businessHours:
  zone: Europe/Berlin
  days: [mon, fri]
  times: ["09:00-17:30", 22:00-06:00, "00:00-24:00"]
  holidays: [2026-12-25]
repeatInterval: 1d
mention: <!here>
channels: {SEV-1: C0123ABCD, SEV-3: "#quiet"}
ackUsers: [U0123ABCD]
silences:
  - {reason: OPS-9, by: ana, check: crash-loop, name: ["job-*", cron], until: 2026-12-01T18:00:00+01:00}
maintenance:
  - {reason: upgrade, node: n1, from: 2026-12-01T18:00:00Z, until: 2026-12-01T20:00:00Z}
  - {reason: backup, namespace: [shop, pay], zone: Europe/Berlin, days: [sun], times: ["02:00-04:00"]}
checks:
  readiness-failing: {graceSeconds: 600}
accepted:
  - {check: crash-loop, reason: CrashLoopBackOff, kind: Deployment, namespace: lab, name: toy, owner: anna, why: a toy, until: 2027-01-01T00:00:00Z}
  - {check: node-cordoned, reason: NodeCordoned, kind: Node, name: n1, owner: }
`;
  expect(parseCatalog(text, where, checks, now)).toEqual({
    services: [
      {
        name: 'shop',
        priority: 'P1',
        channel: 'C0SHOP123',
        namespaces: ['shop', 'shop-eu'],
        selector: { 'app.kubernetes.io/name': 'shop' },
        maxDowntimeSeconds: 600,
        knownIssues: [
          { note: 'slow start', check: 'readiness-failing', forSeconds: 360, line: 11 },
          {
            note: 'OPS-12',
            reason: 'CrashLoopBackOff',
            kind: 'Pod',
            name: 'job-*',
            until: '2026-12-01T18:00:00+01:00',
            line: 12,
          },
        ],
        checks: { 'readiness-failing': { graceSeconds: 900 } },
      },
      {
        name: 'search',
        priority: 'P3',
        namespaces: [],
        selector: {},
        maxDowntimeSeconds: null,
        knownIssues: [],
      },
    ],
    defaultPriority: 'P3',
    hours: {
      zone: 'Europe/Berlin',
      days: ['mon', 'fri'],
      times: [
        { start: 540, end: 1050 },
        { start: 1320, end: 360 },
        { start: 0, end: 1440 },
      ],
      holidays: ['2026-12-25'],
    },
    repeatSeconds: 86_400,
    mention: '<!here>',
    checks: { 'readiness-failing': { graceSeconds: 600 } },
    channels: { 'SEV-1': 'C0123ABCD', 'SEV-3': '#quiet' },
    ackUsers: ['U0123ABCD'],
    quiets: [
      {
        ...{ kind: 'silence', reason: 'OPS-9', by: 'ana', from: null, hours: null },
        match: { check: ['crash-loop'], name: ['job-*', 'cron'] },
        line: 25,
        until: '2026-12-01T18:00:00+01:00',
      },
      {
        ...{ kind: 'maintenance', reason: 'upgrade', by: null, hours: null },
        match: { node: ['n1'] },
        line: 27,
        ...{ from: '2026-12-01T18:00:00Z', until: '2026-12-01T20:00:00Z' },
      },
      {
        ...{ kind: 'maintenance', reason: 'backup', by: null, from: null, until: null },
        match: { namespace: ['shop', 'pay'] },
        line: 28,
        hours: {
          ...{ zone: 'Europe/Berlin', days: ['sun'], holidays: [] },
          times: [{ start: 120, end: 240 }],
        },
      },
    ],
    accepted: [
      {
        check: 'crash-loop',
        reason: 'CrashLoopBackOff',
        kind: 'Deployment',
        namespace: 'lab',
        name: 'toy',
        owner: 'anna',
        why: 'a toy',
        until: '2027-01-01T00:00:00Z',
      },
      {
        check: 'node-cordoned',
        reason: 'NodeCordoned',
        kind: 'Node',
        namespace: null,
        name: 'n1',
        owner: null,
        why: null,
        until: null,
      },
    ],
  });
});

test.each([
  ['P0', 0],
  ['P1', 300],
  ['P2', 900],
  ['P3', null],
])('max downtime of a %s service is %s seconds', (priority, seconds) => {
  const catalog = parseCatalog(`services: [{name: a, priority: ${priority}}]`, where);
  expect(catalog.services[0]?.maxDowntimeSeconds).toBe(seconds);
});

const service = (rest: string) => `services:\n  - name: shop\n    ${rest}\n`;
const issue = (rest: string) => service(`knownIssues: [{note: x${rest}}]`);
const hours = (rest: string) => `businessHours: {zone: UTC, days: [mon], ${rest}}`;

/** What is written, and the beginning of the only problem. */
const wrong: readonly [string, string][] = [
  [
    'maintenance: [{reason: x, name: api, from: 2026-12-02T18:00:00Z, until: 2026-12-01T18:00:00Z}]',
    `${where}:1: maintenance[0]: expected from before until`,
  ],
  [
    'silences: [{reason: x, until: 2026-12-01T18:00:00Z}]',
    `${where}:1: silences[0]: expected at least one of check, service, namespace, kind, name, node`,
  ],
  [
    'silences: [{reason: x, name: "*", until: 2026-12-01T18:00:00Z}]',
    `${where}:1: silences[0]: expected at least one of check`,
  ],
  [
    'silences: [{reason: x, name: [api, "**"], until: 2026-12-01T18:00:00Z}]',
    `${where}:1: silences[0]: expected at least one of check`,
  ],
  [
    'silences:\n  - {reason: x, name: api, until: 2026-12-28T12:00:01Z}',
    `${where}:2: silences[0].until: expected an end at most 30 days ahead; move it when it comes near, or make it a known issue of a service (at most 180 days) or, for planned work, a maintenance window, got "2026-12-28T12:00:01Z"`,
  ],
  [
    issue(', name: api, until: 2027-05-27T12:00:01Z'),
    `${where}:3: services[0].knownIssues[0].until: expected an end at most 180 days ahead; move it when it comes near, or leave \`until\` out of what stays so, got`,
  ],
  [
    'silences: [{reason: x, check: crashlop, until: 2026-12-01T18:00:00Z}]',
    `${where}:1: silences[0].check: there is no such check; \`kube-vigil checks\` lists them, got "crashlop"; did you mean crash-loop?`,
  ],
  [
    'checks: {oomkilled: {}}',
    `${where}:1: checks.oomkilled: there is no such check; \`kube-vigil checks\` lists them; did you mean oom-killed?`,
  ],
  [
    'silences: [{name: api, until: 2026-12-01T18:00:00Z}]',
    `${where}:1: silences[0].reason: is missing; expected a sentence`,
  ],
  [
    'silences: [{reason: x, name: api}]',
    `${where}:1: silences[0].until: is missing; expected a moment`,
  ],
  [
    'silences: [{reason: x, name: api, until: tomorrow}]',
    `${where}:1: silences[0].until: expected a moment with its offset`,
  ],
  [
    'silences: [{reason: x, name: api, pod: api, until: 2026-12-01T18:00:00Z}]',
    `${where}:1: silences[0].pod: unknown key; the keys here are check, service`,
  ],
  [
    'maintenance: [{reason: x, name: api, from: 2026-12-01T18:00:00Z}]',
    `${where}:1: maintenance[0]: expected from and until, or zone, days and times`,
  ],
  [
    'maintenance: [{reason: x, name: api, zone: CET, days: [sun], times: ["02:00-04:00"]}]',
    `${where}:1: maintenance[0].zone: expected UTC or an Area/City`,
  ],
  [
    'channels: {SEV-5: C0123ABCD}',
    `${where}:1: channels.SEV-5: unknown key; the keys here are SEV-1`,
  ],
  ['channels: {SEV-1: "not a channel"}', `${where}:1: channels.SEV-1: expected a channel`],
  ['ackUsers: [ana]', `${where}:1: ackUsers[0]: expected the id of a Slack member`],
  [service('channel: <!here>'), `${where}:3: services[0].channel: expected a channel`],
  [
    service('checks: {readiness-failing: {grace: 5}}'),
    `${where}:3: services[0].checks.readiness-failing.grace: unknown limit; this check has graceSeconds`,
  ],
  [
    service('checks: {podnotready: {}}'),
    `${where}:3: services[0].checks.podnotready: there is no such check`,
  ],
  [
    'accepted: [{check: crash-loop, kind: Pod, name: b}]',
    `${where}:1: accepted[0].reason: is missing; expected the reason`,
  ],
  [
    service('priority: P9'),
    `${where}:3: services[0].priority: expected P0, P1, P2 or P3, got "P9"`,
  ],
  [service('priority: 1'), `${where}:3: services[0].priority: expected P0, P1, P2 or P3, got 1`],
  [
    service('priority:'),
    `${where}:3: services[0].priority: expected P0, P1, P2 or P3, got nothing`,
  ],
  ['services: [{priority: P1}]', `${where}:1: services[0].name: is missing; expected a name`],
  ['services: [{name: 42}]', `${where}:1: services[0].name: expected a name as text`],
  ['services: [{name: ""}]', `${where}:1: services[0].name: expected a name`],
  ['services: [shop]', `${where}:1: services[0]: expected a service, such as`],
  ['services: {name: shop}', `${where}:1: services: expected a list of services, such as`],
  [
    'services:\n  - name: a\n  - name: a\n',
    `${where}:3: services[1].name: "a" is already the name`,
  ],
  [
    service('max-downtime: 5m'),
    `${where}:3: services[0].max-downtime: unknown key; write maxDowntime`,
  ],
  [
    service('known_issues: []'),
    `${where}:3: services[0].known_issues: unknown key; write knownIssues`,
  ],
  [
    service('owner: me'),
    `${where}:3: services[0].owner: unknown key; the keys here are name, prio`,
  ],
  [service('dependencies: [db]'), `${where}:3: services[0].dependencies: is not supported yet`],
  [service('maxDowntime: 5 minutes'), `${where}:3: services[0].maxDowntime: expected a duration`],
  [
    service('maxDowntime: 300'),
    `${where}:3: services[0].maxDowntime: expected a duration such as 90s`,
  ],
  [service('maxDowntime: -5m'), `${where}:3: services[0].maxDowntime: expected a duration`],
  [
    service('selector: {version: 2}'),
    `${where}:3: services[0].selector.version: expected text (put`,
  ],
  [service('selector: app=shop'), `${where}:3: services[0].selector: expected labels`],
  [
    service('namespaces: shop'),
    `${where}:3: services[0].namespaces: expected a list of namespaces`,
  ],
  [issue(''), `${where}:3: services[0].knownIssues[0]: expected at least one of check, reason`],
  [
    issue(', until: 2026-12-01T18:00:00Z'),
    `${where}:3: services[0].knownIssues[0]: expected at least one of check, reason`,
  ],
  [issue(', name: "*"'), `${where}:3: services[0].knownIssues[0]: expected at least one of check`],
  [
    issue(', name: api, until: 2026-12-01'),
    `${where}:3: services[0].knownIssues[0].until: expected a moment`,
  ],
  [
    issue(', name: api, until: 2026-12-01T18:00:00'),
    `${where}:3: services[0].knownIssues[0].until: expected`,
  ],
  [
    issue(', name: api, until: 2026-02-30T18:00:00Z'),
    `${where}:3: services[0].knownIssues[0].until: expected`,
  ],
  [
    issue(', for: 0s'),
    `${where}:3: services[0].knownIssues[0].for: expected a duration of at least`,
  ],
  [
    'services: [{name: a, knownIssues: [{kind: Pod}]}]',
    `${where}:1: services[0].knownIssues[0].note: is m`,
  ],
  ['repeatInterval: 30s', `${where}:1: repeatInterval: expected a duration of at least 60s`],
  ['mention: "@here"', `${where}:1: mention: expected "<!here>"`],
  ['mention: "<!channel>"', `${where}:1: mention: expected "<!here>"`],
  [hours('times: ["9-17"]'), `${where}:1: businessHours.times[0]: expected local times such as`],
  [hours('times: ["24:00-06:00"]'), `${where}:1: businessHours.times[0]: expected local times`],
  [hours('times: []'), `${where}:1: businessHours.times: expected at least one range`],
  [hours('holidays: []'), `${where}:1: businessHours.times: is missing; expected a list such as`],
  [
    hours('times: ["09:00-17:00"], holidays: [2026-02-30]'),
    `${where}:1: businessHours.holidays[0]: expected a date`,
  ],
  ['checks: {pod-not-redy: {}}', `${where}:1: checks.pod-not-redy: there is no such check`],
  [
    'checks: {readiness-failing: {grace: 1}}',
    `${where}:1: checks.readiness-failing.grace: unknown limit; this check has graceSeconds`,
  ],
  [
    'checks: {oom-killed: {grace: 1}}',
    `${where}:1: checks.oom-killed.grace: unknown limit; this check has none`,
  ],
  [
    'checks: {readiness-failing: {graceSeconds: 10m}}',
    `${where}:1: checks.readiness-failing.graceSeconds: expected a number`,
  ],
  ['- a', `${where}:1: expected a map with keys such as services, got a list`],
  ['"a\\nb\\u202e": 1', `${where}:1: ["a\\nb\\u{202e}"]: unknown key`],
  ['__proto__: {services: 1}', `${where}:1: __proto__: unknown key`],
  ['a: [1, 2\nb: 3', `${where}:2: is not valid YAML`],
  [
    'mention: <!here>\nmention: <!here>',
    `${where}:2: has a second key mention; merge what stands under the two under one`,
  ],
  [
    issue(', check: crashloop'),
    `${where}:3: services[0].knownIssues[0].check: there is no such check`,
  ],
  [
    'accepted: [{check: crashloop, reason: a, kind: Pod, name: b}]',
    `${where}:1: accepted[0].check: there is no such check; \`kube-vigil checks\` lists them, got "crashloop"`,
  ],
  [
    'silences:\n  - {reason: x, until: 2026-12-01T18:00:00Z, check: [crash-loop, toString]}',
    `${where}:2: silences[0].check[1]: there is no such check`,
  ],
  [
    'maintenance: [{reason: x, check: no, from: 2026-12-01T18:00:00Z, until: 2026-12-01T20:00:00Z}]',
    `${where}:1: maintenance[0].check: there is no such check`,
  ],
  ['mention: !secret x', `${where}:1: is not valid YAML: Unresolved tag`],
  ['--- {}\n--- {}\n', `${where}:2: holds more than one YAML document`],
  ['services: *none', `${where}: has a YAML alias without an anchor before it`],
  [`services: ${'['.repeat(20_000)}`, `${where}:1: is nested too deeply`],
  [`# ${'x'.repeat(1_000_001)}`, `${where}: is 1000003 characters long`],
];

test.each(wrong.map(([text, beginning]) => [beginning, text] as const))('%s', (beginning, text) => {
  const message = messageOf(text);
  expect(message.slice(0, beginning.length)).toBe(beginning);
  expect(message).not.toMatch(/[\r\n]|; \.github/);
});

test.each([
  'EST',
  'CET',
  'PST',
  '+02:00',
  'UTC+2',
  'Mars/Phobos',
  ' Europe/Berlin',
  'Etc/GMT+2',
  '',
])('zone %j is refused with advice', (zone) => {
  const text = `businessHours: {zone: "${zone}", days: [mon], times: ["09:00-17:00"]}`;
  expect(messageOf(text)).toMatch(
    /businessHours\.zone: expected UTC or an Area\/City .* such as \w+\/\w+/,
  );
});

test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata'])(
  'zone %s is accepted',
  (zone) => {
    const text = `businessHours: {zone: ${zone}, days: [mon], times: ["09:00-17:00"]}`;
    expect(parseCatalog(text, where).hours?.zone).toBe(zone);
  },
);

const silenceOf = (rest: string) =>
  `services: [{name: shop}]\nsilences:\n  - {reason: x, until: 2026-12-01T18:00:00Z, ${rest}}`;
const recurring = (rest: string) => `maintenance:\n  - {reason: x, name: api, ${rest}}`;
const everyDay = 'days: [mon, tue, wed, thu, fri, sat, sun]';

/** What is written, and all that is remarked on it. */
test.each<[name: string, text: string, remarks: readonly string[]]>([
  ['a service of the catalog', silenceOf('service: shop'), []],
  ['a pattern', silenceOf('service: "sh*", kind: "Deploymen?"'), []],
  [
    'a misspelt service',
    silenceOf('service: [shop, shpo]'),
    [
      `${where}:3: silences[0].service[1]: no service of the catalog is called "shpo", so only a workload of that name matches; did you mean shop?`,
    ],
  ],
  [
    'a service that is like no other',
    recurring(`service: billing, zone: UTC, ${everyDay}, times: ["02:00-03:00"]`),
    [
      `${where}:2: maintenance[0].service: no service of the catalog is called "billing", so only a workload of that name matches; give the name of a service, or use \`name\` for a workload`,
    ],
  ],
  ['a kind', silenceOf('kind: [Deployment, Node], name: api'), []],
  ['the kind of a custom resource', silenceOf('kind: Kafka'), []],
  [
    'a kind as kubectl takes it',
    silenceOf('kind: deployments'),
    [
      `${where}:3: silences[0].kind: no known kind is "deployments"; did you mean Deployment? Kinds are matched to the letter`,
    ],
  ],
  [
    'a misspelt kind of a known issue',
    issue(', kind: StatefullSet'),
    [
      `${where}:3: services[0].knownIssues[0].kind: no known kind is "StatefullSet"; did you mean StatefulSet? Kinds are matched to the letter`,
    ],
  ],
  [
    'work in hours that spring skips',
    recurring(`zone: Europe/Berlin, ${everyDay}, times: ["22:00-23:00", "02:00-02:30"]`),
    [
      `${where}:2: maintenance[0].times[1]: never opens on 2027-03-28: the clocks of Europe/Berlin skip all of it; let it begin earlier or end later`,
    ],
  ],
  [
    'the second of two windows, after one that comes once',
    'maintenance:\n  - {reason: x, name: a, from: 2026-12-01T18:00:00Z, until: 2026-12-02T18:00:00Z}\n' +
      `  - {reason: x, name: b, zone: Europe/Berlin, ${everyDay}, times: ["02:00-03:00"]}`,
    [
      `${where}:3: maintenance[1].times[0]: never opens on 2027-03-28: the clocks of Europe/Berlin skip all of it; let it begin earlier or end later`,
    ],
  ],
  [
    'business hours that spring skips',
    'businessHours: {zone: Africa/Cairo, days: [fri], times: ["00:00-01:00"]}',
    [
      `${where}:1: businessHours.times[0]: never opens on 2027-04-30: the clocks of Africa/Cairo skip all of it; let it begin earlier or end later`,
    ],
  ],
  [
    'hours that spring only shortens',
    recurring(`zone: Europe/Berlin, ${everyDay}, times: ["02:00-04:00"]`),
    [],
  ],
])('remarks on %s', (_name, text, remarks) => {
  expect(parseCatalog(text, where, checks, now).remarks ?? []).toEqual(remarks);
});

test.each([
  ['silence', 'silences: [{reason: x, name: api, until: 2026-12-28T12:00:00Z}]'],
  ['known issue', issue(', name: api, until: 2027-05-27T12:00:00Z')],
])('a %s that may just last so long is taken, and never refused later', (_name, text) => {
  for (const later of [0, 1, 29 * 86_400_000, 31 * 86_400_000, 10 * 365 * 86_400_000])
    expect(parseCatalog(text, where, checks, now + later).services).toBeDefined();
});

test('every problem at once, in the order of the file, on one line', () => {
  const message = messageOf('repeatInterval: 3\nservices:\n  - name: a\n    priority: P9\n  - 7\n');
  expect(message.split('; ').map((part) => /^\S+: \S+:/.exec(part)?.[0])).toEqual([
    `${where}:1: repeatInterval:`,
    `${where}:4: services[0].priority:`,
    `${where}:5: services[1]:`,
  ]);
});

test('a hundred problems are counted, not listed', () => {
  const services = Array.from({ length: 100 }, () => '{priority: P9, name: 1}').join(', ');
  expect(messageOf(`services: [${services}]`)).toMatch(/; and 180 more$/);
});

test('an alias bomb is refused', () => {
  const rows = 'bcdefghij'.split('').map((name, index) => {
    const before = 'abcdefghi'[index] ?? '';
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`;
  });
  expect(messageOf(`a: &a [1]\n${rows.join('\n')}`)).toContain(
    'repeats too much by YAML aliases; use at most 100',
  );
});

test('an anchor that is used twice is fine, a list within itself is not', () => {
  const text = 'services: [{name: a, namespaces: &n [x]}, {name: b, namespaces: *n}]';
  expect(parseCatalog(text, where).services[1]?.namespaces).toEqual(['x']);
  expect(messageOf('services: &a [*a]')).toContain('services[0]: expected a service');
});

test('whatever is written, it is a catalog or one CONFIG_INVALID on one line', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, text) => {
      for (const written of [stringify({ services: [value], checks: value }), text]) {
        const outcome = attempt(written);
        if (outcome instanceof Failure) expect(outcome.message).not.toMatch(/[\r\n]/);
        else expect(outcome).toHaveProperty('services');
      }
    }),
  );
});

function attempt(text: string): unknown {
  try {
    return parseCatalog(text, where, checks, now);
  } catch (error) {
    if (error instanceof Failure && error.code === 'CONFIG_INVALID') return error;
    throw error;
  }
}

test('a file is read, and one that is not there is named', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'catalog-')), 'vigil.yml');
  await expect(loadCatalogFile(file)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: `${file}: the catalog cannot be read (ENOENT); give --catalog a readable YAML file`,
  });
  writeFileSync(file, 'defaultPriority: P0');
  expect(await loadCatalogFile(file)).toEqual({ ...defaultCatalog, defaultPriority: 'P0' });
});

test('docs/catalog.schema.json is what `node scripts/schemas.ts` writes', () => {
  const file = new URL('../../../docs/catalog.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(catalogJsonSchema());
});
