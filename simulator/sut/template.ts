// simulator/sut/template.ts — `{brokers}` and the like in the texts of a SUT file: what may stand where, and what stands there in a run.

/** Known once a run has its names. */
const NAMES = ['run', 'prefix', 'keyPrefix'] as const;
/** Known when a process is started. */
const PROCESS = [
  ...['node', 'brokers', 'kafkaSecurity', 'redisUrl', 'redisHost', 'redisPort', 'redisPassword', 'redisDatabase'],
  ...['group', 'topicPrefix', 'keyPrefix', 'zone', 'rules', 'clock', 'sessionTimeoutMs', 'commitIntervalMs'],
  ...['latencyBoundariesMs', 'instance', 'port'],
] as const;

/** By where a text stands. */
export const PLACEHOLDERS = { name: NAMES, list: [...NAMES, 'day'], process: PROCESS } as const;

export type Values = Readonly<Record<string, string>>;

/** A brace pair around a word; the braces of JSON in a text are none. */
const PLACEHOLDER = /\{([a-z][A-Za-z]*)\}/g;

/** Names in braces that are not among the known ones. */
export function unknownIn(text: string, known: readonly string[]): string[] {
  return [...text.matchAll(PLACEHOLDER)].flatMap(([, name = '']) => (known.includes(name) ? [] : [name]));
}

/** @param values of every placeholder that may stand in the text */
export function filled(text: string, values: Values): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => values[name] ?? whole);
}
