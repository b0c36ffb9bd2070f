/** Writes the JSON Schemas in docs/ that are generated from the source: `node scripts/schemas.ts` (Node 24). */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { catalogJsonSchema } from '../src/adapters/config/catalog-schema.ts';
import { reportSchema } from './report-schema.ts';

/** docs/report.schema.json: what a reader of cycle reports may rely on. */
export function reportJsonSchema(): object {
  return { title: 'Kube Vigil cycle report', ...z.toJSONSchema(reportSchema) };
}

const root = path.resolve(import.meta.dirname, '..');
if (process.argv[1] === import.meta.filename) {
  writeFileSync(path.join(root, 'docs/catalog.schema.json'), `${printed(catalogJsonSchema())}\n`);
  writeFileSync(path.join(root, 'docs/report.schema.json'), `${printed(reportJsonSchema())}\n`);
}

/** As the formatter prints it: a list of words on one line where that holds it. */
function printed(schema: unknown): string {
  const list = /^(.*)\[\n\s+("[^"\n]*"(?:,\n\s+"[^"\n]*")*)\n\s+\](,?)$/gm;
  return JSON.stringify(schema, null, 2).replace(
    list,
    (whole, before: string, words: string, after: string) => {
      const line = `${before}[${words.replace(/,\n\s+/g, ', ')}]${after}`;
      return line.length > 100 ? whole : line;
    },
  );
}
