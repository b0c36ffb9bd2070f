import { expect, test } from '@jest/globals';
import { parseCatalog } from '../../../src/adapters/config/catalog.ts';
import { registry } from '../../../src/core/checks/registry.ts';
import { quietFor } from '../../../src/core/incidents/quiet.ts';
import type { Catalog } from '../../../src/core/model/catalog.ts';
import { explainCheck } from '../../../src/core/render/explain.ts';

const known = Object.fromEntries(registry.map(({ meta }) => [meta.id, Object.keys(meta.defaults)]));

/** The catalog that a line of the explanation advises; null where there is no such line. */
function advised(check: (typeof registry)[number], line: string): Catalog | null {
  const snippet = new RegExp(`^- ${line}: \`([^\`]*)\``, 'm').exec(
    explainCheck(check, '2026-12-05T00:00:00Z'),
  )?.[1];
  return snippet === undefined
    ? null
    : parseCatalog(snippet, 'catalog.yaml', known, Date.parse('2026-11-28T00:00:00Z'));
}

test.each(registry.map((check) => [check.meta.id, check] as const))(
  'what is advised against %s is a catalog, and works for a service and for what none owns',
  (id, check) => {
    const quiets = advised(check, 'Silence one finding')?.quiets ?? [];
    const object = { kind: 'Node', namespace: null, name: 'its-name' };
    const finding = { check: id, object, workload: object, service: null };
    const proof = { decidedBy: 'field' as const, sinceExact: true };
    expect(quietFor(quiets, { ...finding, proof }, 0)?.by).toBe('silence');
    const patience = advised(check, '(?:More patience|Its limits)')?.checks ?? {};
    expect(Object.keys(patience)).toEqual(Object.keys(check.meta.defaults).length > 0 ? [id] : []);
  },
);
