/** Writes the JSON Schemas in docs/ that are generated from the source: `node scripts/schemas.ts` (Node 24). */
import { writeFileSync } from 'node:fs';
import { catalogJsonSchema } from '../src/adapters/config/catalog-schema.ts';

const file = new URL('../docs/catalog.schema.json', import.meta.url);
writeFileSync(file, `${printed(catalogJsonSchema())}\n`);

/** As the formatter prints it: a list of words on one line. */
function printed(schema: unknown): string {
  const list = /\[\n\s+("[^"\n]*"(?:,\n\s+"[^"\n]*")*)\n\s+\]/g;
  return JSON.stringify(schema, null, 2).replace(
    list,
    (_, words: string) => `[${words.replace(/,\n\s+/g, ', ')}]`,
  );
}
