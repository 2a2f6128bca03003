// simulator/infra/machine/environment.ts — What the environment of servers differs in from ours: they take neither its language nor its Java options.

/** Goes over our own environment; undefined takes a variable away. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A locale that is not installed ends some versions of Redis. */
export const SERVER_ENVIRONMENT: Environment = { LC_ALL: 'C' };

/**
 * Paths are UTF-8. Options that are meant for the user's own programs can keep Kafka from starting: another language
 * changes how it reads its own settings.
 */
export const JAVA_ENVIRONMENT: Environment = {
  LC_ALL: 'C.UTF-8',
  CLASSPATH: undefined,
  JAVA_TOOL_OPTIONS: undefined,
  JDK_JAVA_OPTIONS: undefined,
  _JAVA_OPTIONS: undefined,
};
