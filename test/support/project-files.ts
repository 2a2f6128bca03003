// test/support/project-files.ts — The project's own files, with their text, for the tests that read the code.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ProjectFile {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

const NOT_OURS =
  /^(?:node_modules|dist|coverage|reports\/(?!sample)[^.]|\.git|\.dist-[^/]*|\.sim-[^/]*)(?:\/|$)|\.log$/;
const TEXT =
  /(?:\.(?:ts|mjs|js|json|jsonc|md|yml|yaml|html|xml|css|lua|sh|txt|ndjson|csv)|(?:^|\/)[^.]+|\.(?:npmrc|gitignore|editorconfig))$/;

/** Every text file under a folder; `''` is the project's root. */
export function projectFiles(folder = ''): readonly ProjectFile[] {
  return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
    .map((entry) => ({ entry, path: join(folder, entry.name).replaceAll('\\', '/') }))
    .filter(({ path }) => !NOT_OURS.test(path) || path === '.gitignore')
    .flatMap(({ entry, path }) => {
      if (entry.isDirectory()) return projectFiles(path);
      return entry.isFile() && TEXT.test(path) ? [{ path, text: readFileSync(path, 'utf8') }] : [];
    });
}

/** The code without its comments: near enough for a search, as no parser is at hand. */
export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}
