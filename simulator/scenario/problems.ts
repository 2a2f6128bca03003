// simulator/scenario/problems.ts — Issues of the schema -> one line a problem: its path, what was expected, what was found, the nearest key.
import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { shortJson } from '../vocabulary/foreign-text.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const MAX_LETTERS = 60;
/** The nearest key is looked for this often; a file with more unknown keys is no scenario. */
const MAX_KEYS = 50;

export function problemsOf(schema: z.ZodType, content: unknown, issues: readonly Issue[]): string[] {
  return issues.flatMap((issue) => describe(issue, { schema: schema as unknown as SchemaNode, content }));
}

interface Checked {
  readonly schema: SchemaNode;
  readonly content: unknown;
}

function describe(issue: Issue, checked: Checked): string[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const all = schemasAt(checked.schema, path);
    const own = all.filter((one) => isMeant(one, valueAt(checked.content, path)));
    const known = keysOf(own.length > 0 ? own : all);
    return issue.keys.slice(0, MAX_KEYS).map((key) => {
      const others = all.filter(({ def }) => def.shape?.[key]).flatMap((one) => nameOf(one) ?? []);
      const hint =
        others.length > 0
          ? `; it is of ${others.join(', ')}; known here: ${known.join(', ')}`
          : suggestion(key, known, 'known here');
      return `${pathText([...path, key])}: unknown key${hint}`;
    });
  }
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => `${pathText(path)}: ${message}`);
  const found = valueAt(checked.content, path);
  const choices = choicesOf(issue);
  if (choices !== undefined) {
    const nearest = typeof found === 'string' ? suggestion(found, choices, '') : '';
    const expected = `${pathText(path)}: expected one of ${choices.join(', ')}, found ${shown(found)}${nearest}`;
    return [expected, ...restOfUnion(issue, checked)];
  }
  const nearest = issue.code === 'invalid_union' ? nearestOption(issue.errors) : undefined;
  if (nearest) return nearest.flatMap((one) => describe({ ...one, path: [...path, ...one.path] }, checked));
  const members = issue.code === 'invalid_union' ? schemasAt(checked.schema, path) : [];
  const forms = new Set(members.flatMap(({ def }) => (def.shape ? [Object.keys(def.shape).join(' and ')] : [])));
  if (forms.size > 0)
    return [`${pathText(path)}: expected an object with ${[...forms].join(', or ')}, found ${shown(found)}`];
  const message = issue.message.replace(/^Invalid input: |, received [^,]*$/g, '');
  return [`${pathText(path)}: ${message}${issue.code === 'custom' ? '' : `, found ${shown(found)}`}`];
}

/** The values that are allowed, where there is a list of them. */
function choicesOf(issue: Issue): readonly string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code !== 'invalid_union') return undefined;
  if (issue.discriminator === undefined) {
    const values = issue.errors
      .flat()
      .map((one) => (one.code === 'invalid_value' ? one.values.map(String) : undefined));
    return values.every((one) => one !== undefined) ? values.flat() : undefined;
  }
  return ((issue as { options?: readonly unknown[] }).options ?? []).map(String);
}

/** The option of a union whose schema finds the fewest issues; undefined when the value is like none. */
function nearestOption(options: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const nearest = [...options].sort((a, b) => a.length - b.length)[0];
  return nearest?.every(({ path }) => path.length > 0) ? nearest : undefined;
}

/** The kind is unknown, so nothing else was checked: these are the problems under the nearest kind. */
function restOfUnion(issue: Issue, { schema, content }: Checked): string[] {
  const path = issue.path.slice(0, -1);
  const [discriminator, found] = [issue.path.at(-1), valueAt(content, path)];
  if (issue.code !== 'invalid_union' || issue.discriminator === undefined || discriminator === undefined) return [];
  const tries = schemasAt(schema, path).map((member) => {
    const { values, entries } = member.def.shape?.[String(discriminator)]?.def ?? {};
    const [value] = values ?? Object.values(entries ?? {});
    const candidate = { ...(found as object), [discriminator]: value };
    const result = member.safeParse(candidate);
    const issues = result.success ? [] : result.error.issues;
    return { issues: issues.map((one) => ({ ...one, path: [...path, ...one.path] })) };
  });
  const [nearest] = tries.sort((a, b) => countOf(a.issues) - countOf(b.issues));
  return (nearest?.issues ?? []).flatMap((one) => describe(one, { schema, content }));
}

function countOf(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

export function pathText(path: Path): string {
  if (path.length === 0) return '(top level)';
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i ? '.' : ''}${String(part)}`)).join('');
}

function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], content);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  // JSON would say null of a number that is not finite.
  return typeof value === 'number' ? String(value) : shortJson(value, MAX_LETTERS);
}

/** @param listed words before the list of all keys, which is shown when none is near; '' shows no list */
export function suggestion(given: string, known: readonly string[], listed: string): string {
  const far = (one: string) => distance(given.toLowerCase(), one.toLowerCase());
  const nearest = [...known].sort((a, b) => far(a) - far(b))[0];
  if (nearest !== undefined && far(nearest) <= Math.max(2, given.length / 3)) return `; did you mean "${nearest}"?`;
  return known.length > 0 && listed !== '' ? `; ${listed}: ${known.join(', ')}` : '';
}

/** The part of zod's schemas that this file reads. */
interface SchemaNode extends Pick<z.ZodType, 'safeParse'> {
  readonly def: {
    readonly innerType?: SchemaNode;
    readonly element?: SchemaNode;
    readonly options?: readonly SchemaNode[];
    readonly shape?: Readonly<Record<string, SchemaNode>>;
    readonly values?: readonly unknown[];
    readonly entries?: Readonly<Record<string, unknown>>;
  };
}

/** The schemas for the value at a path; for a union, those of all its members. */
function schemasAt(root: SchemaNode, path: Path): SchemaNode[] {
  return path.reduce<SchemaNode[]>(
    (schemas, key) =>
      schemas.flatMap((node) => node.def.element ?? node.def.shape?.[String(key)] ?? []).flatMap(unwrapped),
    unwrapped(root),
  );
}

function keysOf(schemas: readonly SchemaNode[]): string[] {
  return [...new Set(schemas.flatMap(({ def }) => Object.keys(def.shape ?? {})))];
}

/** Whether the fixed fields of a union's member, such as its kind, are those that were found. */
function isMeant({ def }: SchemaNode, found: unknown): boolean {
  return Object.entries(def.shape ?? {}).every(([key, { def: field }]) => {
    const value = (found as Record<string, unknown> | undefined)?.[key];
    return field.values === undefined || value === undefined || field.values.includes(value);
  });
}

/** The fixed value that names a member of a union, such as its kind. */
function nameOf({ def }: SchemaNode): string | undefined {
  const fixed = Object.values(def.shape ?? {}).find((field) => field.def.values !== undefined);
  return fixed && String(fixed.def.values?.[0]);
}

function unwrapped(node: SchemaNode): SchemaNode[] {
  if (node.def.innerType) return unwrapped(node.def.innerType);
  if (node.def.options) return node.def.options.flatMap(unwrapped);
  return [node];
}
