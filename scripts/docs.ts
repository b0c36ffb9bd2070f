/** Writes the generated parts of the documentation: docs/checks.md, and what stands between the markers in README and CONTRIBUTING. `node scripts/docs.ts` (Node 24). */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { allowed } from '../__tests__/support/laws.ts';
import { inputTable, outputTable } from '../src/adapters/config/input-table.ts';
import { registry } from '../src/core/checks/registry.ts';
import { explainCheck } from '../src/core/render/explain.ts';
import { conditions, leftOut } from './conditions.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), `| ${head.map(() => '---').join(' | ')} |`, ...rows].join('\n');

/** docs/checks.md: one section a check, from its own metadata. */
export function checksPage(): string {
  const sections = registry.map((check) => `## ${check.meta.id}\n\n${explainCheck(check)}`);
  const index = table(
    ['check', 'says'],
    registry.map(({ meta }) => row(`[${meta.id}](#${meta.id})`, meta.title)),
  );
  const intro =
    'Generated from the checks themselves (`npm run docs`). The numbers are defaults; the catalog may override each: `checks: {crash-loop: {graceSeconds: 600}}`, also under one service. `kube-vigil explain <check>` prints a section.';
  return `# Checks\n\n${intro}\n\n${index}\n\n${sections.join('\n\n')}\n`;
}

/** docs/conditions.md: each condition of the taxonomy, and the check that finds it or why none does. */
export function conditionsPage(): string {
  const rows = conditions.map((name, index) => {
    const found = foundBy(index + 1);
    const by = found.map(({ id, reasons }) => `[${id}](checks.md#${id}) (${reasons.join(', ')})`);
    return row(
      String(index + 1),
      name,
      by.length > 0 ? by.join('; ') : `none: ${leftOut[index + 1]}`,
    );
  });
  return `# Failure conditions\n\nGenerated (\`npm run docs\`): the conditions that tools of the field know, and what finds them here, with the reason it gives.\n\n${table(['', 'condition', 'check (reasons)'], rows)}\n`;
}

/** Checks that say they find a condition, by its number. */
export function foundBy(row: number): readonly { id: string; reasons: readonly string[] }[] {
  return registry.flatMap(({ meta }) => {
    const reasons = meta.finds[row];
    return reasons === undefined ? [] : [{ id: meta.id, reasons }];
  });
}

export function inputsTable(): string {
  return table(
    ['input', 'default', 'meaning'],
    Object.entries(inputTable).map(([name, input]) =>
      row(`\`${name}\``, input.default === '' ? '' : `\`${input.default}\``, input.description),
    ),
  );
}

export function outputsTable(): string {
  return table(
    ['output', 'meaning'],
    Object.entries(outputTable).map(([name, meaning]) => row(`\`${name}\``, meaning)),
  );
}

export function lawsTable(): string {
  return table(
    ['place', 'may import, beside itself'],
    Object.entries(allowed).map(([place, targets]) =>
      row(
        `\`${place}\``,
        targets.length === 0 ? 'nothing' : targets.map((each) => `\`${each}\``).join(' '),
      ),
    ),
  );
}

/** `text` with the part between `<!-- name -->` and `<!-- /name -->` replaced. Throws where the markers are missing. */
export function between(text: string, name: string, part: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the markers ${start} and ${end} are missing`);
  return `${text.slice(0, from + start.length)}\n${part}\n${text.slice(to)}`;
}

/** Every generated file with what it should hold. */
export function generated(read: (file: string) => string): { readonly [file: string]: string } {
  const readme = between(read('README.md'), 'inputs', inputsTable());
  return {
    'docs/checks.md': checksPage(),
    'docs/conditions.md': conditionsPage(),
    'README.md': between(readme, 'outputs', outputsTable()),
    'CONTRIBUTING.md': between(read('CONTRIBUTING.md'), 'laws', lawsTable()),
  };
}

const root = path.resolve(import.meta.dirname, '..');
if (process.argv[1] === import.meta.filename)
  for (const [file, text] of Object.entries(
    generated((name) => readFileSync(path.join(root, name), 'utf8')),
  ))
    writeFileSync(path.join(root, file), text);
