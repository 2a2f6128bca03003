// simulator/scenario/settings.ts — `--set path=value`: patches one value of a scenario and leaves the rest alone.

/** Paths are dotted, list items by index: `topics.partitions=6`, `arrivals.0.events=5000`. Values are JSON, else text. */
export function withSettings(content: unknown, settings: readonly string[], fail: (problem: string) => never): unknown {
  const patched = structuredClone(content);
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    if (equals < 1) fail(`--set ${setting}: expected path=value, such as topics.partitions=6`);
    const path = setting
      .slice(0, equals)
      .split(/[.[\]]+/)
      .filter((part) => part !== '');
    if (path.some((part) => part === '__proto__')) fail(`--set ${setting}: not a path`);
    assign(patched, path, parseValue(setting.slice(equals + 1)), (problem) => fail(`--set ${setting}: ${problem}`));
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

function assign(root: unknown, path: readonly string[], value: unknown, fail: (problem: string) => never): void {
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
