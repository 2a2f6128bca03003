// simulator/scenario/load.ts — A scenario file -> a complete scenario, or every problem with its path.
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { distance } from 'fastest-levenshtein';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { z } from 'zod';
import { withExactIntegers } from './exact-integers.js';
import { generatedFields, generatedSchema } from './generated.js';
import { completeLiteral, literalSchema } from './literal.js';
import { type Matrix, settingsOf } from './matrix.js';
import type { Scenario } from './schema.js';
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
  return merged(await readWithParents(join(dirname(file), parent), { depth: depth - 1, hint }), own);
}

/** @throws ScenarioError with all problems at once. */
export function completeScenario(file: string, content: unknown): Scenario {
  const name = basename(file, extname(file));
  if (typeof content !== 'object' || content === null || !('events' in content)) {
    return { ...checkedContent(file, content, generatedSchema), name };
  }
  const isMisplaced = (key: string) => key in generatedFields;
  const misplaced = Object.keys(content).filter(isMisplaced);
  const others = Object.fromEntries(Object.entries(content).filter(([key]) => !isMisplaced(key)));
  const problems = misplaced.map((key) => `${key}: has no sense beside events, which say themselves what is sent`);
  return { ...completeLiteral(checkedContent(file, others, literalSchema, problems)), name };
}

/**
 * @param known what is known to be wrong already
 * @throws ScenarioError with all problems at once
 */
export function checkedContent<T extends z.ZodType>(
  file: string,
  content: unknown,
  schema: T,
  known: readonly string[] = [],
): z.output<T> {
  const result = schema.safeParse(content);
  const issues = result.success ? [] : result.error.issues;
  const problems = [...known, ...issues.flatMap((issue) => describe(issue, content, schema))];
  if (result.success && problems.length === 0) return result.data;
  throw new ScenarioError(file, problems);
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
  const problems = errors.map((error) => {
    const before = text.slice(0, error.offset).split('\n');
    return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: not JSON (${printParseErrorCode(error.error)})`;
  });
  if (problems.length > 0) throw new ScenarioError(file, problems);
  const exact = withExactIntegers(text);
  return exact === text ? content : parse(exact, [], { allowTrailingComma: true });
}

type Issue = z.core.$ZodIssue;

function describe(issue: Issue, content: unknown, schema: z.ZodType): string[] {
  const path = issue.path.length === 0 ? '(top level)' : pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeysAt(schema, issue.path);
    return issue.keys.map((key) => `${pathText([...issue.path, key])}: unknown key${suggestion(key, known)}`);
  }
  const found = valueAt(content, issue.path);
  const shown = found === undefined ? 'nothing' : JSON.stringify(found);
  const message = issue.message.replace(/^Invalid input: |, received [^,]*$/g, '');
  return [`${path}: ${message}${issue.code === 'custom' ? '' : `, found ${clip(shown)}`}`];
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i ? '.' : ''}${String(part)}`)).join('');
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], content);
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function suggestion(key: string, known: readonly string[]): string {
  const nearest = [...known].sort((a, b) => distance(key, a) - distance(key, b))[0];
  if (nearest !== undefined && distance(key, nearest) <= Math.max(2, key.length / 3))
    return `; did you mean "${nearest}"?`;
  return known.length > 0 ? `; known here: ${known.join(', ')}` : '';
}

/** The keys that the schema knows at a path; of a union, those of all its members. */
function knownKeysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let schemas: SchemaNode[] = [schema as unknown as SchemaNode];
  for (const key of path) {
    schemas = schemas.flatMap(unwrapped).flatMap((node) => {
      if (node.def.type === 'array') return node.def.element ? [node.def.element] : [];
      const next = node.def.shape?.[String(key)];
      return next ? [next] : [];
    });
  }
  return [...new Set(schemas.flatMap(unwrapped).flatMap((node) => Object.keys(node.def.shape ?? {})))];
}

interface SchemaNode {
  readonly def: {
    readonly type: string;
    readonly innerType?: SchemaNode;
    readonly element?: SchemaNode;
    readonly options?: readonly SchemaNode[];
    readonly shape?: Readonly<Record<string, SchemaNode>>;
  };
}

function unwrapped(node: SchemaNode): SchemaNode[] {
  if (node.def.innerType) return unwrapped(node.def.innerType);
  if (node.def.options) return node.def.options.flatMap(unwrapped);
  return [node];
}
