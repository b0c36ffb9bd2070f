import { readFile } from 'node:fs/promises';
import type { Catalog } from '../../core/model/catalog.ts';
import { type KnownChecks, parseCatalog } from './catalog.ts';
import { failureOf, oneLine } from './problems.ts';

/** The catalog in a file that must be there. Throws Failure CONFIG_INVALID. */
export async function loadCatalogFile(path: string, checks?: KnownChecks): Promise<Catalog> {
  return parseCatalog(await read(path), path, checks);
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const why = String(Reflect.get(Object(cause), 'code') ?? cause);
    throw failureOf('CONFIG_INVALID', [
      `${oneLine(path)}: the catalog cannot be read (${why}); give --catalog a readable YAML file`,
    ]);
  }
}
