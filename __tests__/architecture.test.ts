import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { allowed, cycleLines, maxLines, sdkHomes } from './support/laws.ts';

const src = path.resolve(import.meta.dirname, '../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(path.sep).join('/'));

/** `core/checks/x.ts` is in core/checks, `core/observe.ts` in core, `cycle.ts` in cycle. */
function placeOf(file: string): string {
  const parts = file.split('/');
  if (parts.length > 2) return parts.slice(0, 2).join('/');
  return parts.length > 1 ? (parts[0] ?? '') : file.replace(/\.ts$/, '');
}
const textOf = (file: string): string => readFileSync(path.join(src, file), 'utf8');
function importsOf(file: string): string[] {
  const pattern = /(?:^(?:import|export)\s[^;]*?from\s+|^import\s+|\bimport\()'([^']+)'/gms;
  return [...textOf(file).matchAll(pattern)].flatMap((match) => match[1] ?? []);
}
const resolved = (file: string, spec: string): string =>
  path.posix.join(path.posix.dirname(file), spec);
const packageOf = (spec: string): string =>
  spec
    .split('/')
    .slice(0, spec.startsWith('@') ? 2 : 1)
    .join('/');

test.each(files)('%s imports only what its place may', (file) => {
  const place = placeOf(file);
  expect(Object.keys(allowed)).toContain(place);
  for (const spec of importsOf(file)) {
    if (spec.startsWith('.'))
      expect([place, ...(allowed[place] ?? [])]).toContain(placeOf(resolved(file, spec)));
    else expect(file.startsWith('core/') ? `${spec}, a package in core` : '').toBe('');
  }
});

test.each(files.filter((file) => file.startsWith('core/')))(
  '%s knows no clock, no process, no chance',
  (file) => {
    expect(textOf(file)).not.toMatch(
      /\bDate\.now\b|\bnew Date\(\)|\bprocess\.|\bMath\.random\b|\bimport\('/,
    );
  },
);

test.each(files)('%s has at most 250 lines', (file) => {
  expect(textOf(file).split('\n').length).toBeLessThanOrEqual(
    file === 'cycle.ts' ? cycleLines : maxLines,
  );
});

test('one SDK is imported in one folder', () => {
  for (const file of files)
    for (const spec of importsOf(file)) {
      const home = sdkHomes[packageOf(spec)];
      if (home !== undefined) expect(`${spec} in ${placeOf(file)}`).toBe(`${spec} in ${home}`);
    }
});

test('no barrels: no file only re-exports', () => {
  for (const file of files)
    expect(`${file} ${/^export (?:\*|\{[^}]*\}) from /m.test(textOf(file))}`).toBe(`${file} false`);
});

test('no import cycles', () => {
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter((spec) => spec.startsWith('.'))
        .map((spec) => resolved(file, spec)),
    ]),
  );
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    expect(trail).not.toContain(file);
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});
