import { expect, test } from '@jest/globals';
import {
  absentRows,
  absorbedRows,
  hiddenRows,
  seenRows,
} from '../../../src/core/lifecycle/rows.ts';
import type { BusinessHours } from '../../../src/core/model/catalog.ts';
import type { Response } from '../../../src/core/model/response.ts';
import { type Look, monitor, podGap, type Seen, sayVerdict } from './history.ts';

const nineToFive: BusinessHours = {
  zone: 'UTC',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  times: [{ start: 9 * 60, end: 17 * 60 }],
  holidays: [],
};

/** A look, minutes after Tuesday 10:00 UTC. */
type At = readonly [minutes: number, look: Look];
const absent: Look = {};
const hidden: Look = { gaps: [podGap] };
const see = (severity: 'SEV-1' | 'SEV-2' | 'SEV-3' | 'SEV-4' = 'SEV-2', digest = 'd1'): Look => ({
  seen: [{ severity, digest }],
});
const unsure: Look = { seen: [{ unconfirmed: true }] };
const known: Look = { seen: [{ severity: 'SEV-3', known: true }] };
type Case = [row: string, says: string, history: readonly At[], first?: boolean];
const evening = 8 * 60;
const nextMorning = 23 * 60;
const day = 24 * 60;

const silenced: Look = { seen: [{ severity: 'SEV-3', quietBy: 'silence' }] };
const maintained: Look = { seen: [{ severity: 'SEV-3', quietBy: 'maintenance' }] };
/** The node that Deployment api's pods were on. */
const rooted: Look = { seen: [{ name: 'node', severity: 'SEV-2', holds: ['api'] }] };
/** A finding of its own on Deployment api. */
const paused: Seen = { reason: 'Paused', severity: 'SEV-4' };
const rootedQuietly: Look = { seen: [{ name: 'node', severity: 'SEV-4', holds: ['api'] }] };

/** On and off by the quarter of an hour, `changes` times. */
const onAndOff = (changes: number, gap = 15): readonly At[] =>
  Array.from({ length: changes }, (_, at): At => [at * gap, at % 2 === 0 ? see() : absent]);
const gated: readonly Case[] = [
  ['3 silenced', 'new: nothing SILENCED', [[0, silenced]]],
  ['3 in maintenance', 'new: nothing MAINTENANCE', [[0, maintained]]],
  [
    '4 never told, found to be part of another',
    'open: nothing INHIBITED',
    [
      [0, see('SEV-4')],
      [15, rooted],
    ],
  ],
  [
    '10 told, then silenced',
    'open: brief SILENCE_STARTED',
    [
      [0, see()],
      [30, silenced],
    ],
  ],
  [
    '10 told, then silenced, later',
    'open: nothing SILENCED',
    [
      [0, see()],
      [30, silenced],
      [60, silenced],
    ],
  ],
  [
    '11 the maintenance is over',
    'open: full SILENCE_ENDED',
    [
      [0, see()],
      [30, maintained],
      [60, see()],
    ],
  ],
  [
    '12 told, then found to be part of another',
    'open: brief ABSORBED',
    [
      [0, see()],
      [15, rooted],
    ],
  ],
  [
    '12 later',
    'open: nothing INHIBITED',
    [
      [0, see()],
      [15, rooted],
      [30, rooted],
    ],
  ],
  [
    '12 nobody is reminded of it',
    'open: nothing INHIBITED',
    [
      [0, see()],
      [15, rooted],
      [400, rooted],
    ],
  ],
  [
    '26 nobody knows of the other, so it goes on',
    'open: nothing SAME',
    [
      [0, see()],
      [15, rootedQuietly],
    ],
  ],
  [
    '23 nobody knows of the other, so it is told again',
    'open: full REPEAT',
    [
      [0, see()],
      [15, rootedQuietly],
      [180, rootedQuietly],
    ],
  ],
  [
    '7 nobody knows of the other, and its hours have come',
    'open: full DEFERRED_DUE',
    [
      [evening, see('SEV-3')],
      [evening + 15, rootedQuietly],
      [nextMorning, rootedQuietly],
    ],
  ],
  [
    '32 what stood beside it on the same object took nothing over',
    'resolved: resolved RESOLVED',
    [
      [0, { seen: [{}, paused] }],
      [15, { seen: [paused] }],
      [30, { seen: [paused] }],
    ],
  ],
  [
    '32 nor did a node that was down all the time',
    'resolved: resolved RESOLVED',
    [
      [0, { seen: [{}, { name: 'node', holds: ['api'] }] }],
      [15, rooted],
      [30, rooted],
    ],
  ],
  [
    '32 what is silenced on the same object carries no story on',
    'resolved: resolved RESOLVED',
    [
      [0, see()],
      [15, { seen: [{ reason: 'HighRestarts', severity: 'SEV-3', quietBy: 'silence' }] }],
      [30, { seen: [{ reason: 'HighRestarts', severity: 'SEV-3', quietBy: 'silence' }] }],
    ],
  ],
  [
    '14 as bad again within the repeat interval: a word, no alert',
    'worse: brief WORSE',
    [
      [0, see('SEV-1')],
      [15, see('SEV-2', 'd2')],
      [30, see('SEV-1')],
    ],
  ],
  [
    '14 worse than ever told',
    'worse: full WORSE',
    [
      [0, see('SEV-2')],
      [15, see('SEV-3', 'd2')],
      [30, see('SEV-1')],
    ],
  ],
  [
    '13 the other went, it stayed',
    'open: full UNINHIBITED',
    [
      [0, see()],
      [15, rooted],
      [30, see()],
    ],
  ],
  [
    '13 told once',
    'open: nothing SAME',
    [
      [0, see()],
      [15, rooted],
      [30, see()],
      [45, see()],
    ],
  ],
  [
    '13 nobody knew of the other, so nothing changed',
    'open: nothing SAME',
    [
      [0, see()],
      [15, rootedQuietly],
      [30, see()],
    ],
  ],
  [
    '32 it says itself that it has been well for ten minutes',
    'resolved: resolved RESOLVED',
    [
      [0, see()],
      [15, { wellSince: '2026-11-24T10:05:00Z' }],
    ],
  ],
  [
    '30 well for less',
    'clearing: nothing CLEARING',
    [
      [0, see()],
      [15, { wellSince: '2026-11-24T10:05:01Z' }],
    ],
  ],
  [
    '30 what it says turned before it was seen last',
    'clearing: nothing CLEARING',
    [
      [0, see()],
      [15, { wellSince: '2026-11-24T09:59:59Z' }],
    ],
  ],
  [
    '30 one that comes and goes is not believed so soon',
    'clearing: nothing FLAPPING',
    [...onAndOff(5), [75, { wellSince: '2026-11-24T11:01:00Z' }]],
  ],
  [
    '32 both went',
    'resolved: resolved RESOLVED',
    [
      [0, see()],
      [15, rooted],
      [80, absent],
    ],
  ],
  [
    '33 its namespace is not watched any more',
    'resolved: resolved UNWATCHED',
    [
      [0, see()],
      [15, { namespaces: { include: [], exclude: ['shop'] } }],
    ],
  ],
  [
    '33 another is watched',
    'resolved: nothing UNWATCHED',
    [
      [0, see('SEV-4')],
      [15, { namespaces: { include: ['pay'], exclude: [] } }],
    ],
  ],
  [
    '33 its own is watched still',
    'clearing: nothing CLEARING',
    [
      [0, see()],
      [15, { namespaces: { include: ['shop'], exclude: ['pay'] } }],
    ],
  ],
];

/** Steady after it flapped. */
const steadied = (looks: number): readonly At[] => [
  ...onAndOff(5),
  ...Array.from({ length: looks }, (_, at): At => [75 + at * 15, see()]),
];

const flaps: readonly Case[] = [
  ['15 back for the second time', 'open: brief FLAP_START', onAndOff(5)],
  ['15 not at the first return', 'open: nothing BLIP', onAndOff(3)],
  [
    '15 returns of yesterday do not count',
    'open: nothing REOPENED'.replace('nothing', 'brief'),
    [...onAndOff(3), [45, absent], [55, absent], [170, see()], [540, absent], [660, see()]],
  ],
  ['16 steady again', 'open: brief FLAP_END', steadied(4)],
  ['16 not before four looks', 'open: nothing FLAPPING', steadied(3)],
  [
    '17 ended while flapping, and back',
    'open: brief FLAP_START',
    [...onAndOff(5), ...[75, 90, 105, 120].map((minutes): At => [minutes, absent]), [135, see()]],
  ],
  ['18 on and off', 'open: nothing FLAPPING', onAndOff(7)],
  [
    '18 a change is not told meanwhile',
    'open: nothing FLAPPING',
    [...onAndOff(6), [75, see('SEV-2', 'd2')]],
  ],
  ['14 flapping and worse', 'worse: full WORSE', [...onAndOff(6), [75, see('SEV-1')]]],
  ['30 flapping', 'clearing: nothing FLAPPING', onAndOff(6)],
  [
    '30 flapping, three reads on',
    'clearing: nothing FLAPPING',
    [...onAndOff(5), ...[75, 90, 105].map((minutes): At => [minutes, absent])],
  ],
  [
    '32 flapping, four reads on',
    'resolved: resolved RESOLVED',
    [...onAndOff(5), ...[75, 90, 105, 120].map((minutes): At => [minutes, absent])],
  ],
  ['32 flapping, two hours on', 'resolved: resolved RESOLVED', [...onAndOff(5), [180, absent]]],
];

const alert = '20261124_100000-1';
const reaction: Response = {
  ...{ alert, number: null, action: 'ack', seconds: null, by: 'U0123ABCD', trusted: false },
  ...{ key: 'eyes:U0123ABCD', kind: 'reaction' },
};
const said = (changes: Partial<Response>): Response => ({
  ...reaction,
  ...{ kind: 'message', key: '1.1' },
  ...changes,
});
const hearing = (look: Look, ...responses: readonly Response[]): Look => ({
  ...look,
  heard: { responses, read: [alert], troubles: [] },
});

const answers: readonly Case[] = [
  [
    '19 somebody has it',
    'open: brief ACKED',
    [
      [0, see()],
      [15, hearing(see(), reaction)],
    ],
  ],
  [
    '19 not an alert that is not there',
    'open: nothing SAME',
    [
      [0, see()],
      [15, hearing(see(), { ...reaction, alert: 'other' })],
    ],
  ],
  [
    '19 not the second of one',
    'open: nothing SAME',
    [
      [0, see()],
      [15, hearing(see(), said({ number: 2 }))],
    ],
  ],
  [
    '22 quiet from then on',
    'open: nothing ACK_QUIET',
    [
      [0, see()],
      [15, hearing(see(), reaction)],
      [300, hearing(see(), reaction)],
    ],
  ],
  [
    '22 changed, and loud',
    'open: brief CHANGED',
    [
      [0, see()],
      [15, hearing(see(), reaction)],
      [45, hearing(see('SEV-2', 'd2'), reaction)],
    ],
  ],
  [
    '22 changed, and not',
    'open: nothing ACK_QUIET',
    [
      [0, see('SEV-3')],
      [15, hearing(see('SEV-3'), reaction)],
      [45, hearing(see('SEV-3', 'd2'), reaction)],
    ],
  ],
  [
    '21 twelve hours for a SEV-2',
    'open: full ACK_EXPIRED',
    [
      [0, see()],
      [15, hearing(see(), reaction)],
      [15 + 12 * 60, hearing(see(), reaction)],
    ],
  ],
  [
    '22 a minute before',
    'open: nothing ACK_QUIET',
    [
      [0, see()],
      [15, hearing(see(), reaction)],
      [14 + 12 * 60, hearing(see(), reaction)],
    ],
  ],
  [
    '21 four hours for a SEV-1',
    'open: full ACK_EXPIRED',
    [
      [0, see('SEV-1')],
      [15, hearing(see('SEV-1'), reaction)],
      [15 + 4 * 60, hearing(see('SEV-1'), reaction)],
    ],
  ],
  [
    '26 a reaction counts once, though it stays there',
    'open: nothing SAME',
    [
      [0, see()],
      [15, hearing(see(), reaction)],
      [15 + 12 * 60, hearing(see(), reaction)],
      [30 + 12 * 60, hearing(see(), reaction)],
    ],
  ],
  [
    '23 taken back: reminded as ever',
    'open: full REPEAT',
    [
      [0, see()],
      [15, hearing(see(), reaction)],
      [30, hearing(see())],
      [180, hearing(see())],
    ],
  ],
  [
    '22 not taken back where nothing could be read',
    'open: nothing ACK_QUIET',
    [
      [0, see()],
      [15, hearing(see(), reaction)],
      [180, see()],
    ],
  ],
  [
    '23 taken back by a word',
    'open: full REPEAT',
    [
      [0, see()],
      [15, hearing(see(), said({}))],
      [30, hearing(see(), said({ action: 'unack', key: '1.2' }))],
      [180, hearing(see())],
    ],
  ],
  [
    '14 acknowledged, then worse',
    'worse: full WORSE',
    [
      [0, see()],
      [15, hearing(see(), reaction)],
      [30, hearing(see('SEV-1'), reaction)],
    ],
  ],
  [
    '32 acknowledged, then gone',
    'resolved: resolved RESOLVED',
    [
      [0, see()],
      [15, hearing(see(), reaction)],
      [80, absent],
    ],
  ],
  [
    '43 not while somebody has it',
    'unknown: nothing UNKNOWN',
    [
      [0, see()],
      [15, hearing(see(), reaction)],
      [30, hidden],
      [240, hidden],
    ],
  ],
  [
    '10 silenced by somebody whom GitHub knows',
    'open: brief SILENCE_STARTED',
    [
      [0, see()],
      [15, hearing(see(), said({ action: 'silence', trusted: true, alert: null }))],
    ],
  ],
  [
    '10 or the catalog',
    'open: nothing SILENCED',
    [
      [0, see()],
      [15, hearing(see(), said({ action: 'silence', by: 'U0SILENCE' }))],
      [240, hearing(see())],
    ],
  ],
  [
    '11 four hours where nobody says how long',
    'open: full SILENCE_ENDED',
    [
      [0, see()],
      [15, hearing(see(), said({ action: 'silence', by: 'U0SILENCE' }))],
      [255, hearing(see())],
    ],
  ],
  [
    '11 as long as was said',
    'open: full SILENCE_ENDED',
    [
      [0, see()],
      [15, hearing(see(), said({ action: 'silence', by: 'U0SILENCE', seconds: 1800 }))],
      [45, hearing(see())],
    ],
  ],
  [
    '11 a day at most',
    'open: full SILENCE_ENDED',
    [
      [0, see()],
      [15, hearing(see(), said({ action: 'silence', by: 'U0SILENCE', seconds: 900_000 }))],
      [15 + day, hearing(see())],
    ],
  ],
  [
    '11 ended by a word',
    'open: full SILENCE_ENDED',
    [
      [0, see()],
      [15, hearing(see(), said({ action: 'silence', by: 'U0SILENCE' }))],
      [30, hearing(see(), said({ action: 'unsilence', by: 'U1', key: '1.2' }))],
    ],
  ],
  [
    '10 a silence outlives the end',
    'open: brief SILENCE_STARTED',
    [
      [0, see()],
      [15, hearing(see(), said({ action: 'silence', by: 'U0SILENCE', seconds: day * 60 }))],
      [80, absent],
      [90, see()],
    ],
  ],
  [
    '43 a silence that ended out of sight',
    'unknown: full REPEAT_UNKNOWN',
    [
      [0, see()],
      [15, hearing(see(), said({ action: 'silence', by: 'U0SILENCE', seconds: 3600 }))],
      [45, hidden],
      [240, hidden],
    ],
  ],
  [
    '22 the silence ended, somebody has it',
    'open: nothing ACK_QUIET',
    [
      [0, see()],
      [15, hearing(see(), reaction)],
      [30, hearing(known, reaction)],
      [60, hearing(see(), reaction)],
    ],
  ],
  [
    '26 silenced by a stranger',
    'open: nothing SAME',
    [
      [0, see()],
      [15, hearing(see(), said({ action: 'silence' }))],
    ],
  ],
  [
    '26 a SEV-1 is never silenced',
    'open: nothing SAME',
    [
      [0, see('SEV-1')],
      [10, hearing(see('SEV-1'), said({ action: 'silence', by: 'U0SILENCE' }))],
    ],
  ],
  [
    '14 silenced by a word, then worse',
    'worse: full WORSE',
    [
      [0, see()],
      [15, hearing(see(), said({ action: 'silence', by: 'U0SILENCE' }))],
      [30, hearing(see('SEV-1'))],
    ],
  ],
];

/** The rows of the life-cycle's table: what the last look says, and why. */
const cases: readonly Case[] = [
  ['2 first look', 'new: full BASELINE', [[0, see()]], true],
  ['2 first look at a SEV-3 alone', 'new: full BASELINE', [[0, see('SEV-3')]], true],
  ['2 first look out of hours', 'new: nothing DEFERRED', [[evening, see('SEV-3')]], true],
  ['2 first look at a SEV-4', 'new: nothing BELOW', [[0, see('SEV-4')]], true],
  ['3 known', 'new: nothing KNOWN', [[0, known]]],
  ['3 known, on the first look too', 'new: nothing KNOWN', [[0, known]], true],
  [
    '3 known, later',
    'open: nothing KNOWN',
    [
      [0, known],
      [30, known],
    ],
  ],
  ['5 SEV-4', 'new: nothing BELOW', [[0, see('SEV-4')]]],
  [
    '5 a SEV-3 that should not be told',
    'new: nothing BELOW',
    [[0, { seen: [{ severity: 'SEV-3', shouldNotify: false }] }]],
  ],
  ['5a nothing says since when', 'new: nothing UNCONFIRMED', [[0, unsure]]],
  [
    '5a seen again too soon to tell',
    'open: nothing UNCONFIRMED',
    [
      [0, unsure],
      [9, unsure],
    ],
  ],
  [
    '5a seen again ten minutes on',
    'open: full RAISED',
    [
      [0, unsure],
      [10, unsure],
    ],
  ],
  [
    '5a told once, it goes on as any other',
    'open: nothing SAME',
    [
      [0, unsure],
      [10, unsure],
      [20, unsure],
    ],
  ],
  [
    '5a back after it ended, unsure again',
    'new: nothing UNCONFIRMED',
    [
      [0, unsure],
      [10, absent],
      [30, absent],
      [40, unsure],
    ],
  ],
  ['6 SEV-3 out of hours', 'new: nothing DEFERRED', [[evening, see('SEV-3')]]],
  [
    '6 still out of hours',
    'open: nothing DEFERRED',
    [
      [evening, see('SEV-3')],
      [evening + 60, see('SEV-3')],
    ],
  ],
  [
    '7 deferred, in hours',
    'open: full DEFERRED_DUE',
    [
      [evening, see('SEV-3')],
      [nextMorning, see('SEV-3')],
    ],
  ],
  [
    '7 deferred, first look after the opening is out of hours again',
    'open: full DEFERRED_DUE',
    [
      [evening, see('SEV-3')],
      [day + evening, see('SEV-3')],
    ],
  ],
  [
    '7 deferred, now SEV-2',
    'worse: full DEFERRED_DUE',
    [
      [evening, see('SEV-3')],
      [evening + 30, see('SEV-2')],
    ],
  ],
  ['8 new', 'new: full NEW', [[0, see()]]],
  ['8 SEV-1 in the night', 'new: full NEW', [[evening, see('SEV-1')]]],
  [
    '8 gone without being told, then back',
    'new: full NEW',
    [
      [0, see('SEV-4')],
      [60, absent],
      [120, see('SEV-2')],
    ],
  ],
  [
    '9 raised over the threshold',
    'worse: full RAISED',
    [
      [0, see('SEV-4')],
      [30, see('SEV-2')],
    ],
  ],
  [
    '9 was known, never told',
    'open: full RAISED',
    [
      [0, known],
      [30, see('SEV-3')],
    ],
  ],
  [
    '10 told, then known',
    'open: brief SILENCE_STARTED',
    [
      [0, see()],
      [30, known],
    ],
  ],
  [
    '10 told, then known, later',
    'open: nothing KNOWN',
    [
      [0, see()],
      [30, known],
      [240, known],
    ],
  ],
  [
    '11 known no more',
    'open: full SILENCE_ENDED',
    [
      [0, see()],
      [30, known],
      [60, see()],
    ],
  ],
  [
    '11 known no more, SEV-3 out of hours',
    'open: nothing DEFERRED',
    [
      [0, see('SEV-3')],
      [30, known],
      [evening, see('SEV-3')],
    ],
  ],
  [
    '11 and in hours',
    'open: full SILENCE_ENDED',
    [
      [0, see('SEV-3')],
      [30, known],
      [evening, see('SEV-3')],
      [nextMorning, see('SEV-3')],
    ],
  ],
  [
    '14 worse',
    'worse: full WORSE',
    [
      [0, see('SEV-2')],
      [5, see('SEV-1')],
    ],
  ],
  [
    '14 worse in the night',
    'worse: full WORSE',
    [
      [0, see('SEV-3')],
      [evening, see('SEV-2')],
    ],
  ],
  [
    '14 worse than told by steps',
    'worse: full WORSE',
    [
      [0, see('SEV-2')],
      [5, see('SEV-3')],
      [10, see('SEV-2')],
      [15, see('SEV-1')],
    ],
  ],
  [
    '17 back within the window',
    'open: brief REOPENED',
    [
      [0, see()],
      [60, absent],
      [90, see()],
    ],
  ],
  [
    '17 back at its end',
    'open: brief REOPENED',
    [
      [0, see()],
      [60, absent],
      [180, see()],
    ],
  ],
  [
    '17 back after the window',
    'new: full NEW',
    [
      [0, see()],
      [60, absent],
      [301, see()],
    ],
  ],
  [
    '17 back and worse',
    'worse: full WORSE',
    [
      [0, see()],
      [60, absent],
      [90, see('SEV-1')],
    ],
  ],
  [
    '20 fell to SEV-4',
    'open: brief BETTER',
    [
      [0, see()],
      [30, see('SEV-4', 'd2')],
    ],
  ],
  [
    '20 fell to SEV-4, nothing else',
    'open: nothing BELOW',
    [
      [0, see()],
      [30, see('SEV-4')],
    ],
  ],
  [
    '20 no repeat of a SEV-4',
    'open: nothing BELOW',
    [
      [0, see()],
      [30, see('SEV-4', 'd2')],
      [300, see('SEV-4', 'd2')],
    ],
  ],
  [
    '23 three hours later',
    'open: full REPEAT',
    [
      [0, see()],
      [180, see()],
    ],
  ],
  [
    '23 not a minute before',
    'open: nothing SAME',
    [
      [0, see()],
      [179, see()],
    ],
  ],
  [
    '23 once after a long pause',
    'open: nothing SAME',
    [
      [0, see()],
      [600, see()],
      [630, see()],
    ],
  ],
  [
    '23 a SEV-3 waits for hours',
    'open: nothing DEFERRED',
    [
      [0, see('SEV-3')],
      [evening, see('SEV-3')],
    ],
  ],
  [
    '24 changed',
    'open: brief CHANGED',
    [
      [0, see()],
      [10, see('SEV-2', 'd2')],
    ],
  ],
  [
    '26 as it was told before: no news',
    'open: nothing SAME',
    [
      [0, see()],
      [15, see('SEV-2', 'd2')],
      [30, see()],
    ],
  ],
  [
    '24 but another is',
    'open: brief CHANGED',
    [
      [0, see()],
      [15, see('SEV-2', 'd2')],
      [30, see()],
      [45, see('SEV-2', 'd3')],
    ],
  ],
  [
    '24 changed too soon',
    'open: nothing SAME',
    [
      [0, see()],
      [9, see('SEV-2', 'd2')],
    ],
  ],
  [
    '24 changed too soon, said later',
    'open: brief CHANGED',
    [
      [0, see()],
      [9, see('SEV-2', 'd2')],
      [14, see('SEV-2', 'd2')],
    ],
  ],
  [
    '24 a SEV-1 changed',
    'open: brief CHANGED',
    [
      [0, see('SEV-1')],
      [1, see('SEV-1', 'd2')],
    ],
  ],
  [
    '24 better',
    'open: brief BETTER',
    [
      [0, see('SEV-1')],
      [10, see('SEV-2', 'd2')],
    ],
  ],
  [
    '24 changed in the night',
    'open: nothing DEFERRED',
    [
      [0, see('SEV-3')],
      [evening - 60, see('SEV-3', 'd2')],
    ],
  ],
  [
    '25 SEV-1 for 15 min',
    'open: brief STILL_SEV1',
    [
      [0, see('SEV-1')],
      [15, see('SEV-1')],
    ],
  ],
  [
    '25 not before',
    'open: nothing SAME',
    [
      [0, see('SEV-1')],
      [14, see('SEV-1')],
    ],
  ],
  [
    '25 counted from the last word',
    'open: nothing SAME',
    [
      [0, see('SEV-1')],
      [15, see('SEV-1')],
      [29, see('SEV-1')],
    ],
  ],
  [
    '26 same',
    'open: nothing SAME',
    [
      [0, see()],
      [30, see()],
    ],
  ],
  [
    '26 a blip',
    'open: nothing BLIP',
    [
      [0, see()],
      [5, absent],
      [10, see()],
    ],
  ],
  [
    '30 absent once',
    'clearing: nothing CLEARING',
    [
      [0, see()],
      [5, absent],
    ],
  ],
  [
    '30 absent twice within ten minutes',
    'clearing: nothing CLEARING',
    [
      [0, see()],
      [5, absent],
      [14, absent],
    ],
  ],
  [
    '30 the hold begins anew after a blip',
    'clearing: nothing CLEARING',
    [
      [0, see()],
      [5, absent],
      [10, see()],
      [16, absent],
    ],
  ],
  [
    '31 ended, nobody knew',
    'resolved: nothing RESOLVED_UNTOLD',
    [
      [0, see('SEV-4')],
      [60, absent],
    ],
  ],
  [
    '31 ended before its hours',
    'resolved: nothing DEFERRED_DROPPED',
    [
      [evening, see('SEV-3')],
      [evening + 60, absent],
    ],
  ],
  [
    '32 absent twice over ten minutes',
    'resolved: resolved RESOLVED',
    [
      [0, see()],
      [5, absent],
      [15, absent],
    ],
  ],
  [
    '32 absent once after an hour',
    'resolved: resolved RESOLVED',
    [
      [0, see()],
      [60, absent],
    ],
  ],
  [
    '32 an hour since it was seen, not since it began',
    'clearing: nothing CLEARING',
    [
      [0, see()],
      [59, see()],
      [61, absent],
    ],
  ],
  [
    '32 while known',
    'resolved: resolved RESOLVED',
    [
      [0, see()],
      [30, known],
      [90, absent],
    ],
  ],
  [
    '32 out of hours',
    'resolved: resolved RESOLVED',
    [
      [0, see('SEV-3')],
      [evening, absent],
    ],
  ],
  [
    '32 hidden between two absent reads',
    'resolved: resolved RESOLVED',
    [
      [0, see()],
      [5, absent],
      [10, hidden],
      [15, absent],
    ],
  ],
  [
    '41 first out of sight',
    'unknown: brief UNKNOWN',
    [
      [0, see()],
      [30, hidden],
    ],
  ],
  [
    '44 out of sight every other look: said once',
    'unknown: nothing UNKNOWN',
    [
      [0, see()],
      [15, hidden],
      [30, see()],
      [45, hidden],
    ],
  ],
  [
    '41 out of sight again, hours later',
    'unknown: brief UNKNOWN',
    [
      [0, see()],
      [15, hidden],
      [30, see()],
      [190, see()],
      [200, hidden],
    ],
  ],
  [
    '41 a SEV-3 out of sight',
    'unknown: nothing UNKNOWN',
    [
      [0, see('SEV-3')],
      [30, hidden],
    ],
  ],
  [
    '41 a known one out of sight',
    'unknown: nothing UNKNOWN',
    [
      [0, see()],
      [10, known],
      [30, hidden],
    ],
  ],
  [
    '41 never told',
    'unknown: nothing UNKNOWN',
    [
      [0, see('SEV-4')],
      [30, hidden],
    ],
  ],
  [
    '42 out of sight for a week',
    'resolved: resolved EXPIRED_UNKNOWN',
    [
      [0, see('SEV-3')],
      [30, hidden],
      [31 + 7 * day, hidden],
    ],
  ],
  [
    '42 not before',
    'unknown: nothing UNKNOWN',
    [
      [0, see('SEV-3')],
      [30, hidden],
      [30 + 7 * day, hidden],
    ],
  ],
  [
    '42 never told',
    'resolved: nothing EXPIRED_UNKNOWN',
    [
      [0, see('SEV-4')],
      [30, hidden],
      [31 + 7 * day, hidden],
    ],
  ],
  [
    '43 out of sight, repeat due',
    'unknown: full REPEAT_UNKNOWN',
    [
      [0, see()],
      [30, hidden],
      [180, hidden],
    ],
  ],
  [
    '44 still out of sight',
    'unknown: nothing UNKNOWN',
    [
      [0, see()],
      [30, hidden],
      [60, hidden],
    ],
  ],
  [
    '44 seen again',
    'open: nothing SAME',
    [
      [0, see()],
      [30, hidden],
      [60, see()],
    ],
  ],
  [
    '44 then absent: the first absent read',
    'clearing: nothing CLEARING',
    [
      [0, see()],
      [5, hidden],
      [10, absent],
    ],
  ],
  ...gated,
  ...flaps,
  ...answers,
];

test.each(cases)('row %s: %s', (_row, says, history, first = false) => {
  const monitored = monitor({ first, catalog: { hours: nineToFive, ackUsers: ['U0SILENCE'] } });
  const last = history.map(([minutes, look]) => monitored.look(minutes, look)).at(-1);
  expect(last && sayVerdict(last)).toBe(says);
});

test('every row of the table has a case of its number', () => {
  const numbers = [...seenRows, ...absorbedRows, ...absentRows, ...hiddenRows].map(
    ({ number }) => number,
  );
  // 1 and 40 are no rows: an older look and what is not open never come to the table.
  const tested = new Set(cases.map(([row]) => row.split(' ')[0]));
  expect([...new Set(numbers)].filter((number) => !tested.has(number))).toEqual([]);
  expect([...tested].filter((number) => !numbers.includes(number ?? ''))).toEqual([]);
  for (const rows of [seenRows, absorbedRows, absentRows, hiddenRows])
    for (const { reason } of rows as readonly { reason: string }[])
      expect(cases.map(([, says]) => says.split(' ').at(-1))).toContain(reason);
});

test('row 40: what ended is not spoken of again', () => {
  const monitored = monitor();
  for (const [minutes, look] of [
    [0, see()],
    [60, absent],
  ] as const)
    monitored.look(minutes, look);
  expect(monitored.look(90, hidden).verdicts).toEqual([]);
  expect(monitored.look(95, absent).verdicts).toEqual([]);
});

test('row 1: an older look changes nothing but the count', () => {
  const monitored = monitor();
  monitored.look(0, see());
  const before = monitored.state();
  const late = monitored.look(5, { takenAt: Date.parse('2026-11-24T09:59:59Z') });
  expect(sayVerdict(late)).toBe('open: nothing STALE_RUN');
  expect(late).toMatchObject({ stale: true, due: [] });
  expect(late.heldBack).toContain('older than what is remembered');
  expect(late.state).toEqual({ ...before, cycleCount: 2, lastCycleId: '20261124_100500' });
});

test('an older look at what nobody else saw does not tell it either', () => {
  const monitored = monitor();
  monitored.look(0, absent);
  const late = monitored.look(5, { ...see('SEV-1'), takenAt: Date.parse('2026-11-24T09:59:59Z') });
  expect(sayVerdict(late)).toBe('open: nothing STALE_RUN');
  expect(late.state.incidents).toEqual({});
});

test('an older look never makes a sick monitor healthy', () => {
  const monitored = monitor();
  monitored.look(0, see());
  for (const minutes of [5, 8, 11]) monitored.fail(minutes);
  const late = monitored.look(14, { takenAt: Date.parse('2026-11-24T09:59:59Z') });
  expect(late.state).toMatchObject({ failedCycles: 3, health: 'degraded' });
  expect(monitored.look(25, see()).state).toMatchObject({ failedCycles: 0, health: 'healthy' });
});

test('dumps are never ordered by their times', () => {
  const monitored = monitor();
  monitored.look(600, { ...see(), source: 'dump' });
  const older = monitored.look(0, { ...see(), source: 'dump' });
  expect(older.stale).toBe(false);
  expect(older.state.snapshotAt).toBeNull();
});
