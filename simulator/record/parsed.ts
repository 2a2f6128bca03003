// simulator/record/parsed.ts — What a file of a run holds, after its schema has checked it, or what is wrong with it.
import type { z } from 'zod';
import { shortJson } from '../vocabulary/foreign-text.js';

/** The type of a checked value. A record is never changed. */
export type Recorded<Schema extends z.ZodType> = Immutable<z.output<Schema>>;

type Immutable<Value> = Value extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Immutable<Value[Key]> }
    : Value;

export type Parsed<Value> =
  | { readonly isValid: true; readonly value: Value }
  | { readonly isValid: false; readonly problem: string };

/** The value keeps keys that the schema does not know: a later sim may have written them, and rendering must not lose them. */
export function parsed<Schema extends z.ZodType>(schema: Schema, content: unknown): Parsed<Recorded<Schema>> {
  const { success, error } = schema.safeParse(content);
  return success
    ? { isValid: true, value: content as Recorded<Schema> }
    : { isValid: false, problem: problemsOf(error, content) };
}

const MAX_PROBLEMS = 3;
const MAX_LETTERS = 40;

/** `load.ok: expected number, found "many"` */
function problemsOf({ issues }: z.ZodError, content: unknown): string {
  const shown = issues.slice(0, MAX_PROBLEMS).map(({ path, message }) => {
    const found = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null)?.[key], content);
    const text = found === undefined ? 'nothing' : shortJson(found, MAX_LETTERS);
    return `${path.join('.') || 'the whole'}: ${message.replace(/^Invalid input: /, '').replace(/, received .*$/, '')}, found ${text}`;
  });
  const more = issues.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
