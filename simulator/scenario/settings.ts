// simulator/scenario/settings.ts — Ways to vary a scenario without copying it: `extends`, `${NAME:-default}`, and `--set path=value`.

type Fail = (problem: string) => never;

/** Values of `over` replace those of `base`; objects are joined key by key, lists are replaced whole. */
export function merged(base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over === undefined ? base : over;
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(base[key], over[key])]));
}

/**
 * `${NAME}` and `${NAME:-default}` in any text. A text that is nothing else becomes a number or true or false if it
 * reads as one, so that `"seed": "${SEED:-42}"` is a number.
 */
export function withEnvironment(
  content: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  fail: Fail,
): unknown {
  if (typeof content === 'string') return substituted(content, environment, fail);
  if (Array.isArray(content)) return content.map((item) => withEnvironment(item, environment, fail));
  if (!isObject(content)) return content;
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => [key, withEnvironment(value, environment, fail)]),
  );
}

function substituted(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
  fail: Fail,
): string | number | boolean {
  const replaced = text.replace(/\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g, (_, name: string, fallback?: string) => {
    // As in a shell, `:-` also stands in for an empty value.
    const value = environment[name] || fallback;
    return value ?? fail(`${text}: the environment has no ${name}; write \${${name}:-default} to do without it`);
  });
  if (replaced === text || !/^\$\{[^}]*\}$/.test(text)) return replaced;
  const parsed = parseValue(replaced);
  return typeof parsed === 'number' || typeof parsed === 'boolean' ? parsed : replaced;
}

/** Paths are dotted, list items by index: `topics.partitions=6`, `arrivals.0.events=5000`. Values are JSON, else text. */
export function withSettings(content: unknown, settings: readonly string[], fail: Fail): unknown {
  const patched = structuredClone(content);
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    if (equals < 1) fail(`--set ${setting}: expected path=value, such as topics.partitions=6`);
    const path = setting
      .slice(0, equals)
      .split(/[.[\]]+/)
      .filter((part) => part !== '');
    if (path.includes('__proto__')) fail(`--set ${setting}: not a path`);
    assign(patched, path, {
      value: parseValue(setting.slice(equals + 1)),
      fail: (why) => fail(`--set ${setting}: ${why}`),
    });
  }
  return patched;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function assign(
  root: unknown,
  path: readonly string[],
  { value, fail }: { readonly value: unknown; readonly fail: Fail },
): void {
  let node = root;
  for (const [index, key] of path.entries()) {
    if (typeof node !== 'object' || node === null) fail(`${path.slice(0, index).join('.')} holds no fields`);
    const holder = node as Record<string, unknown>;
    if (Array.isArray(node) && !(key in node)) fail(`no item ${key}: the list has ${node.length}`);
    if (index === path.length - 1) holder[key] = value;
    else {
      holder[key] ??= {};
      node = holder[key];
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
