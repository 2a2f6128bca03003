// simulator/scenario/load.ts — A scenario file -> a complete scenario, or every problem with its path.
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import type { z } from 'zod';
import { calledAs, ScenarioError } from '../errors.js';
import { generatedFields, generatedSchema } from './generated.js';
import { generatedProblems } from './generated-checks.js';
import { completeLiteral, literalSchema } from './literal/literal.js';
import { literalProblems } from './literal/literal-checks.js';
import { type Matrix, settingsOf } from './matrix.js';
import { parseJson } from './parse-json.js';
import { problemsOf } from './problems.js';
import { readText } from './read-text.js';
import type { Scenario } from './schema.js';
import { merged, withEnvironment, withSettings } from './settings.js';

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
  /** In the form of `--set`; those of the command line come first. */
  readonly settings: readonly string[];
  readonly scenario: Scenario;
}

/**
 * A scenario and the settings of its matrix; most scenarios have none.
 * @param over replaces values of the file before the settings are applied; where events are given, without the fields of drawn events
 * @throws ScenarioError with the problems of all settings at once.
 */
export async function loadMatrix(
  file: string,
  settings: readonly string[],
  over: object = {},
): Promise<{ readonly scenario: Scenario; readonly settings: readonly Setting[] }> {
  const content = await loadContent(file, { settings, over: (read) => fitting(over, read) });
  const scenario = completeOver(file, content, over);
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

/** The error says so where another file may be what is wrong. */
function completeOver(file: string, content: unknown, over: object): Scenario {
  const fields = Object.keys(over);
  try {
    return completeScenario(file, content);
  } catch (error) {
    if (!(error instanceof ScenarioError) || fields.length === 0) throw error;
    throw new ScenarioError(`${file} with ${fields.join(', ')} of the SUT file`, error.problems);
  }
}

function fitting(over: object, read: unknown): object {
  if (!hasEvents(read)) return over;
  const [_, others] = parted(over);
  return others;
}

const SCENARIO_HINT = `no such file; \`${calledAs()} list\` names the scenarios that come with sim, and \`${calledAs()} init NAME\` writes a new one`;

export interface ContentOptions {
  /** `path=value` patches. */
  readonly settings?: readonly string[];
  /** Replaces values of the file, before the settings are applied. */
  readonly over?: (read: unknown) => unknown;
  /** The problem of a file that is not there. */
  readonly hint?: string;
}

/** The content of a file with what it `extends` and with the environment; not checked yet. @throws ScenarioError */
export async function loadContent(file: string, options: ContentOptions = {}): Promise<unknown> {
  const { settings = [], over, hint = SCENARIO_HINT } = options;
  const missing: string[] = [];
  const read = await readWithParents(file, { children: [], hint });
  const content = withEnvironment(read, process.env, (problem) => missing.push(problem));
  if (missing.length > 0) throw new ScenarioError(file, missing);
  return withSettings(merged(content, over?.(content)), settings, failIn(file));
}

function failIn(file: string): (problem: string) => never {
  return (problem) => {
    throw new ScenarioError(file, [problem]);
  };
}

/**
 * Reads the file that this one `extends`, from beside it; the file's own values replace those.
 * @param children the files that extend this one, whole paths
 */
async function readWithParents(
  file: string,
  { children, hint }: { readonly children: readonly string[]; readonly hint: string },
): Promise<unknown> {
  const content = await contentOf(file, hint);
  const { extends: parent, ...own } = content;
  if (parent === undefined) return content;
  if (typeof parent !== 'string') throw new ScenarioError(file, ['extends: expected the path of a file']);
  const chain = [...children, resolve(file)];
  // An absolute path stays what it is; another is taken from the folder of this file.
  const path = isAbsolute(parent) ? parent : join(dirname(file), parent);
  if (chain.includes(resolve(path))) throw new ScenarioError(file, [`extends: ${parent} goes round in a circle`]);
  try {
    return merged(await readWithParents(path, { children: chain, hint }), own);
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
  const name = basename(file, extname(file));
  if (!hasEvents(content)) {
    return { ...checkedContent(file, content, { schema: generatedSchema, together: generatedProblems }), name };
  }
  const [misplaced, others] = parted(content);
  const problems = Object.keys(misplaced).map(
    (key) => `${key}: cannot be given beside events, which already say what is sent`,
  );
  const checks = { schema: literalSchema, together: literalProblems, known: problems };
  return { ...completeLiteral(checkedContent(file, others, checks)), name };
}

function hasEvents(content: unknown): content is object {
  return typeof content === 'object' && content !== null && 'events' in content;
}

/** The fields that only drawn events have, and the other fields. */
function parted(content: object): [object, object] {
  const entries = Object.entries(content);
  const ofGenerated = entries.filter(([key]) => Object.hasOwn(generatedFields, key));
  return [
    Object.fromEntries(ofGenerated),
    Object.fromEntries(entries.filter(([key]) => !Object.hasOwn(generatedFields, key))),
  ];
}

interface Checks<T extends z.ZodType> {
  readonly schema: T;
  /** Finds what is wrong between parts that are each right. */
  readonly together?: (content: unknown) => readonly string[];
  /** Problems that were found before. */
  readonly known?: readonly string[];
}

/** @throws ScenarioError with all problems at once. */
export function checkedContent<T extends z.ZodType>(
  file: string,
  content: unknown,
  { schema, together = () => [], known = [] }: Checks<T>,
): z.output<T> {
  const result = schema.safeParse(content);
  const ofParts = result.success ? [] : problemsOf(schema, content, result.error.issues);
  const problems = [...known, ...ofParts, ...together(content)];
  if (!result.success || problems.length > 0) throw new ScenarioError(file, problems);
  return result.data;
}

async function contentOf(file: string, hint: string): Promise<Readonly<Record<string, unknown>>> {
  const read = await readText(file);
  if ('problem' in read) throw new ScenarioError(file, [read.code === 'ENOENT' ? hint : read.problem]);
  const parsed = parseJson(read.text);
  if ('problems' in parsed) throw new ScenarioError(file, parsed.problems);
  return { ...parsed.content };
}
