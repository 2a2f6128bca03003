// simulator/cli/shipped-files.ts — Finds what comes with sim by its name, from any folder: `quickstart` or `scenarios/quickstart.json`.
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { projectFile } from '../infra/machine/project-file.js';

type ShippedFolder = 'scenarios' | 'suts';

/** @returns the given path unless nothing is there, and a file of that name comes with sim */
export function findFile(given: string, folder: ShippedFolder): string {
  if (existsSync(given)) return given;
  const name = dirname(given) === folder ? basename(given, '.json') : given;
  return shippedNames(folder).includes(name) ? projectFile(folder, `${name}.json`) : given;
}

/** Without the schema, which lies beside them. */
export function shippedNames(folder: ShippedFolder): string[] {
  return readdirSync(projectFile(folder))
    .filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'))
    .map((name) => basename(name, '.json'))
    .sort();
}
