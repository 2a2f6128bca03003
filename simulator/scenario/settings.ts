// simulator/scenario/settings.ts — Ways to vary a scenario without copying it: `extends`, `${NAME:-default}`, and `--set path=value`.
import { isObject } from '../../contract/json-object.js';
import { shortened } from '../vocabulary/foreign-text.js';
import { withExactIntegers } from './exact-integers.js';
import { lineOfDepth, MAX_DEPTH } from './parse-json.js';

const MAX_SHOWN_LETTERS = 100;

type Fail = (problem: string) => never;

/** Values of `over` replace those of `base`; objects are joined key by key, lists are replaced whole. */
export function merged(base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over === undefined ? base : over;
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(base[key], over[key])]));
}

/**
 * Fills in `${NAME}` and `${NAME:-default}` in any text. A text that holds nothing else becomes a number, true or false
 * if it reads as one. So `"seed": "${SEED:-42}"` is a number.
 * @param missing is told of each name that the environment does not have
 */
export function withEnvironment(
  content: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  missing: (problem: string) => void,
): unknown {
  if (typeof content === 'string') return substituted(content, environment, missing);
  if (Array.isArray(content)) return content.map((item) => withEnvironment(item, environment, missing));
  if (!isObject(content)) return content;
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => [key, withEnvironment(value, environment, missing)]),
  );
}

function substituted(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
  missing: (problem: string) => void,
): string | number | boolean {
  const replaced = text.replace(/\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g, (_, name: string, fallback?: string) => {
    // As in a shell, `:-` also stands in for an empty value.
    const value = (Object.hasOwn(environment, name) && environment[name]) || fallback;
    if (value === undefined)
      missing(`${text}: the environment has no ${name}; write \${${name}:-default} to do without it`);
    return value ?? '';
  });
  if (replaced === text || !/^\$\{[^}]*\}$/.test(text)) return replaced;
  const parsed = parseValue(replaced);
  return typeof parsed === 'number' || typeof parsed === 'boolean' ? parsed : replaced;
}

/**
 * Patches. `topics.partitions=6` changes one value and leaves its neighbours. An object is joined with what is there. Null
 * takes a value away, so that its default stands. List items go by index (`arrivals.0.events=5000`), and the index after
 * the last adds one. Values are JSON, else text.
 */
export function withSettings(content: unknown, settings: readonly string[], fail: Fail): unknown {
  return settings.reduce((patched, setting) => {
    const equals = setting.indexOf('=');
    // What is wrong with it must stay in sight behind it.
    const said = `--set ${shortened(setting, MAX_SHOWN_LETTERS)}`;
    if (equals < 1) fail(`${said}: expected path=value, such as topics.partitions=6`);
    const path = setting
      .slice(0, equals)
      .split(/[.[\]]+/)
      .filter((part) => part !== '');
    if (path.length === 0 || path.includes('__proto__')) fail(`${said}: not a path`);
    if (path.length > MAX_DEPTH) fail(`${said}: the path has more than ${MAX_DEPTH} parts`);
    if (lineOfDepth(setting.slice(equals + 1)) !== undefined)
      fail(`${said}: the value is nested deeper than ${MAX_DEPTH} levels`);
    if (path[0] === 'extends') fail(`${said}: extends is read before; it can only stand in the file`);
    const value = parseValue(setting.slice(equals + 1));
    return assigned(patched, path, { value, at: [], fail: (why) => fail(`${said}: ${why}`) });
  }, content);
}

/** As in a file: ids beyond 2^53 keep their digits. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(withExactIntegers(text));
  } catch {
    return text;
  }
}

interface Assignment {
  readonly value: unknown;
  /** The path so far. */
  readonly at: readonly string[];
  readonly fail: Fail;
}

/** A copy in which the value stands at the path. */
function assigned(holder: unknown, path: readonly string[], { value, at, fail }: Assignment): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return merged(holder, value);
  const next = { value, at: [...at, key], fail };
  if (Array.isArray(holder) || (holder === undefined && key === '0')) {
    const list: readonly unknown[] = Array.isArray(holder) ? holder : [];
    const index = /^\d+$/.test(key) ? Number(key) : Number.NaN;
    if (!(index <= list.length)) fail(`no item ${key}: the list has ${list.length}`);
    const item = assigned(list[index], rest, next);
    return item === null ? list.filter((_, i) => i !== index) : list.toSpliced(index, 1, item);
  }
  if (holder !== undefined && !isObject(holder)) fail(`${at.join('.') || 'the file'} holds no fields`);
  const fields = holder === undefined ? {} : (holder as Record<string, unknown>);
  const own = Object.hasOwn(fields, key) ? fields[key] : undefined;
  const { [key]: _, ...others } = fields;
  const item = assigned(own, rest, next);
  return item === null ? others : { ...fields, [key]: item };
}
