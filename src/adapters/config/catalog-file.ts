import { readFile } from 'node:fs/promises';
import type { Catalog } from '../../core/model/catalog.ts';
import { codeOf } from '../../core/model/failure.ts';
import { parseCatalog } from './catalog.ts';
import type { KnownChecks } from './catalog-checks.ts';
import { failureOf, oneLine } from './problems.ts';

/** The catalog in a file that must be there. Throws Failure CONFIG_INVALID. */
export async function loadCatalogFile(
  path: string,
  checks?: KnownChecks,
  now?: number,
): Promise<Catalog> {
  return parseCatalog(await read(path), path, checks, now);
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw failureOf('CONFIG_INVALID', [
      `${oneLine(path)}: the catalog cannot be read (${codeOf(cause)}); give --catalog a readable YAML file`,
    ]);
  }
}
