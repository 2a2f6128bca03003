// simulator/report/expectation.ts — What a scenario expects to be found, against what a run has found.

/** What a run found: names of bugs and of checks. */
export interface Found {
  readonly found: readonly string[];
  /** The checks that failed. */
  readonly failing: readonly string[];
}

/** What a scenario expects to be found. */
export interface Expected {
  readonly finding?: string | undefined;
  /** All checks that fail. */
  readonly failing?: readonly string[] | undefined;
}

/** What the scenario expects and was not found, to be said after "expects"; undefined when nothing is missing. */
export function unmet({ found, failing }: Found, expected: Expected): string | undefined {
  if (expected.finding !== undefined && !found.includes(expected.finding)) return `the finding ${expected.finding}`;
  if (expected.failing === undefined) return undefined;
  const missing = expected.failing.filter((check) => !failing.includes(check));
  if (missing.length > 0) return `that ${missing.join(', ')} fails`;
  const others = failing.filter((check) => !expected.failing?.includes(check));
  if (others.length > 0) return `that nothing but ${expected.failing.join(', ')} fails; ${others.join(', ')} did too`;
  return undefined;
}
