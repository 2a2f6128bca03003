// simulator/sut/load.ts — A SUT file -> the system under test, or every problem with its path.
import { statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { ScenarioError } from '../errors.js';
import { checkedContent, loadContent } from '../scenario/load.js';
import type { DeclaredDeviations } from '../vocabulary/declared-deviations.js';
import { type SutFile, sutSchema } from './schema.js';

/** A file's content with every default filled in. */
export interface Sut extends Omit<SutFile, '$schema' | 'extends'> {
  /** The file's base name. */
  readonly name: string;
  /** As it was given. */
  readonly file: string;
  /** Absolute. */
  readonly cwd: string;
}

const HINT = 'no such file; suts/de-facto.json is one to start from';

/** @throws ScenarioError with all problems at once */
export async function loadSut(file: string): Promise<Sut> {
  const content = await loadContent(file, { hint: HINT });
  const { $schema: _, extends: __, ...sut } = checkedContent(file, content, { schema: sutSchema });
  const cwd = resolve(dirname(file), sut.cwd);
  const problem = sut.command && problemOfFolder(cwd);
  if (problem !== undefined) throw new ScenarioError(file, [`cwd: ${problem}`]);
  return { ...sut, name: basename(file, extname(file)), file, cwd };
}

function problemOfFolder(path: string): string | undefined {
  try {
    return statSync(path).isDirectory() ? undefined : `${path} is no folder`;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? `there is no folder ${path}` : `cannot be used: ${message}`;
  }
}

/** In what it is known to differ from the rules. */
export function declaredBy({ traits, ties, zeroScore }: Sut): DeclaredDeviations {
  return { bugs: traits, ties, zeroScore };
}
