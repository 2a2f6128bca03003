// simulator/scenario/load.ts — A scenario file -> a complete scenario, or every problem with its path.
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { z } from 'zod';
import { type Matrix, settingsOf } from './matrix.js';
import { problemsOf } from './problems.js';
import { type Scenario, scenarioSchema } from './schema.js';
import { merged, withEnvironment, withSettings } from './settings.js';

/** The scenario cannot be used; `problems` lists everything wrong with it, one line each. Exit code 64. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly problems: readonly string[];
  constructor(file: string, problems: readonly string[]) {
    super(`${file}: ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}`);
    this.problems = problems;
  }
}

/** A chain of `extends` that is longer than this is a circle. */
const MOST_PARENTS = 10;

/**
 * @param settings `path=value` patches, applied to the file's content before it is checked.
 * @throws ScenarioError
 */
export async function loadScenario(file: string, settings: readonly string[] = []): Promise<Scenario> {
  return completeScenario(file, await loadContent(file, { settings }));
}

/** One setting of a scenario's matrix: a run. */
export interface Setting {
  readonly name: string;
  /** As `--set` takes them, those of the command line first. */
  readonly settings: readonly string[];
  readonly scenario: Scenario;
}

/**
 * A scenario, and the settings of its matrix, of which most have none.
 * @param over laid over the file's values, before the settings
 * @throws ScenarioError with the problems of all settings at once.
 */
export async function loadMatrix(
  file: string,
  settings: readonly string[],
  over: unknown = {},
): Promise<{ readonly scenario: Scenario; readonly settings: readonly Setting[] }> {
  const content = await loadContent(file, { settings, over });
  const scenario = completeScenario(file, content);
  const problems: string[] = [];
  const complete = (one: Matrix[number], index: number): Setting[] => {
    try {
      const own = settingsOf(one);
      const changed = completeScenario(file, withSettings(content, own, failIn(file)));
      const named = { ...changed, name: `${scenario.name} ${one.name}` };
      return [{ name: one.name, settings: [...settings, ...own], scenario: named }];
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      problems.push(...error.problems.map((problem) => `matrix[${index}] "${one.name}": ${problem}`));
      return [];
    }
  };
  const all = scenario.matrix.flatMap(complete);
  if (problems.length > 0) throw new ScenarioError(file, problems);
  return { scenario, settings: all };
}

const SCENARIO_HINT = 'no such file; `sim validate scenarios/*.json` lists the shipped ones';

export interface ContentOptions {
  /** `path=value` patches. */
  readonly settings?: readonly string[];
  /** Laid over the file's values, before the settings. */
  readonly over?: unknown;
  /** What is said of a file that is not there. */
  readonly hint?: string;
}

/** What a file says, with what it `extends` and the environment; not checked yet. @throws ScenarioError */
export async function loadContent(file: string, options: ContentOptions = {}): Promise<unknown> {
  const { settings = [], over, hint = SCENARIO_HINT } = options;
  const fail = failIn(file);
  const content = withEnvironment(await readWithParents(file, { depth: MOST_PARENTS, hint }), process.env, fail);
  return withSettings(merged(content, over), settings, fail);
}

function failIn(file: string): (problem: string) => never {
  return (problem) => {
    throw new ScenarioError(file, [problem]);
  };
}

/** What a file `extends` is read first, from beside it, and the file's own values replace it. */
async function readWithParents(
  file: string,
  { depth, hint }: { readonly depth: number; readonly hint: string },
): Promise<unknown> {
  const content = parseText(file, await readText(file, hint));
  const parent = (content as { extends?: unknown } | null)?.extends;
  if (parent === undefined) return content;
  if (typeof parent !== 'string') throw new ScenarioError(file, ['extends: expected the path of a file']);
  if (depth === 0) throw new ScenarioError(file, ['extends: goes round in a circle']);
  const { extends: _, ...own } = content as Record<string, unknown>;
  return merged(await readParent(file, parent, { depth: depth - 1, hint }), own);
}

async function readParent(
  file: string,
  parent: string,
  options: { readonly depth: number; readonly hint: string },
): Promise<unknown> {
  try {
    return await readWithParents(join(dirname(file), parent), options);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new ScenarioError(
      file,
      error.problems.map((problem) => `extends ${parent}: ${problem}`),
    );
  }
}

/** @throws ScenarioError with all problems at once. */
export function completeScenario(file: string, content: unknown): Scenario {
  return { ...checkedContent(file, content, scenarioSchema), name: basename(file, extname(file)) };
}

/** @throws ScenarioError with all problems at once. */
export function checkedContent<T extends z.ZodType>(file: string, content: unknown, schema: T): z.output<T> {
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  throw new ScenarioError(file, problemsOf(schema, content, result.error.issues));
}

async function readText(file: string, hint: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new ScenarioError(file, [hint]);
    if (code === 'EISDIR') throw new ScenarioError(file, ['is a folder; name one file']);
    throw new ScenarioError(file, [`cannot be read: ${(error as Error).message}`]);
  }
}

function parseText(file: string, text: string): unknown {
  if (text.trim() === '')
    throw new ScenarioError(file, ['is empty; scenarios/smoke.json is a small one to start from']);
  const errors: ParseError[] = [];
  const content: unknown = parse(text, errors, { allowTrailingComma: true });
  // What follows the first is mostly its consequence.
  const [first] = errors;
  if (first === undefined) return content;
  const before = text.slice(0, first.offset).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  throw new ScenarioError(file, [`${place}: not JSON: ${inWords(printParseErrorCode(first.error))}`]);
}

/** `CloseBraceExpected` -> `close brace expected`. */
function inWords(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, ' $&').replaceAll(/[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}
