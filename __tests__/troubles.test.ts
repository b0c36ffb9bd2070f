import { expect, test } from '@jest/globals';
import { defaultCatalog, type Quiet } from '../src/core/model/catalog.ts';
import { nothingHeard } from '../src/core/model/response.ts';
import { freshState } from '../src/core/model/state.ts';
import { troublesOf } from '../src/stages.ts';
import { assessmentsOf } from './core/lifecycle/history.ts';

const now = Date.parse('2026-11-28T12:00:00Z');
const stamp = {
  ...{ id: '20261128_120000', cluster: 'prod', startedAt: '2026-11-28T12:00:00Z', now },
  ...{ run: 'r', channel: null, runUrl: null },
};
const silence: Quiet = {
  ...{ kind: 'silence', reason: 'OPS-9', by: null, match: { name: ['api'] }, line: 3 },
  ...{ from: null, until: '2026-12-01T00:00:00Z', hours: null },
};

test('a report names what is odd in the catalog and what hid nothing for 30 days, also where the look failed', () => {
  const look = {
    ...{ stamp, snapshot: null, observation: null, failure: null },
    ...{ assessments: assessmentsOf({}), heard: nothingHeard },
  };
  const catalog = { ...defaultCatalog, quiets: [silence], remarks: ['vigil.yml:3: odd'] };
  const hiding = { 'silence: OPS-9': { at: '2026-10-29T12:00:00Z', count: 0, examples: [] } };
  expect(troublesOf(look, catalog, { ...freshState, hiding })).toEqual([
    'vigil.yml:3: odd',
    'The “silence: OPS-9” of the catalog (line 3) has hidden nothing for 30 days: remove it, or mend what it matches',
  ]);
  expect(troublesOf(look, defaultCatalog, freshState)).toEqual([]);
});
