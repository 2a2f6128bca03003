// simulator/sut/template.ts — Placeholders such as `{brokers}` in the texts of a SUT file: which may stand where, and their values in a run.

/** Known when a run has its names. */
const NAMES = ['run', 'prefix', 'keyPrefix'] as const;
/** Known when a process is started. */
const PROCESS = [
  ...['node', 'brokers', 'kafkaSecurity', 'redisUrl', 'redisHost', 'redisPort', 'redisPassword', 'redisDatabase'],
  ...['group', 'topicPrefix', 'keyPrefix', 'zone', 'rules', 'clock', 'sessionTimeoutMs', 'commitIntervalMs'],
  ...['latencyBoundariesMs', 'instance', 'port'],
] as const;

/** Which placeholders are allowed, by the place of a text. */
export const PLACEHOLDERS = { name: NAMES, list: [...NAMES, 'day'], process: PROCESS } as const;

export type Values = Readonly<Record<string, string>>;

/** A word in braces. The braces of JSON inside a text do not match. */
const PLACEHOLDER = /\{([a-z][A-Za-z]*)\}/g;

/** Names in braces that are not among the known ones. */
export function unknownIn(text: string, known: readonly string[]): string[] {
  return [...text.matchAll(PLACEHOLDER)].flatMap(([, name = '']) => (known.includes(name) ? [] : [name]));
}

/** @param values of every placeholder that the text may hold */
export function filled(text: string, values: Values): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => values[name] ?? whole);
}
