// test/mutants/planting.ts — A copy of the project with a bug in its consumer, built, and ready to run.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Mutant, Patch } from './mutant.js';

const COPIED = ['consumer', 'contract', 'simulator', 'scripts', 'tsconfig.json', 'package.json'];
const LINKED = ['node_modules', 'scenarios', 'suts', 'kafka', 'docker-compose.yml'];

export interface Planted extends Disposable {
  /** Root of the copy, whose `dist` is built from the changed sources. */
  readonly root: string;
}

/**
 * @param folder in which the copy is made
 * @throws when a patch does not fit, or what it makes does not compile
 */
export function plant({ name, patches }: Mutant, folder: string): Planted {
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  for (const path of COPIED) cpSync(path, join(root, path), { recursive: true });
  for (const path of LINKED) symlinkSync(resolve(path), join(root, path));
  for (const patch of patches) {
    const file = join(root, patch.file);
    writeFileSync(file, patched(readFileSync(file, 'utf8'), patch));
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name} does not compile:\n${stdout}${stderr}`);
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

/** @throws when the text to change is not there exactly once */
export function patched(source: string, { file, find, replace }: Patch): string {
  const places = source.split(find).length - 1;
  if (places !== 1) throw new Error(`${file}: expected once, found ${places} times: ${find}`);
  return source.replace(find, () => replace);
}
