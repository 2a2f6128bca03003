// simulator/history/naming.ts — Which known bugs a wrong ranking shows, and the declared deviations of a consumer.

/** A known bug of rankings, by name, and what it does. */
export interface NamedBug {
  /** TRIM_LOSS */
  readonly name: string;
  /** "the list is trimmed to 10 rows at every write" */
  readonly does: string;
}

/** Which known bugs show what was found; empty lists when none was looked for. */
export interface Naming {
  /** They show exactly what was found, or would have with another order of reading partitions. */
  readonly consistent: readonly NamedBug[];
  /** They explain this share of what is wrong; none explains all. */
  readonly partly: readonly (NamedBug & { readonly share: number })[];
  /** They would have shown something else. */
  readonly not: readonly string[];
  /** This history could not show them. */
  readonly untested: readonly string[];
}

/** The verdict but for what the consumer is declared to differ in. */
export interface TraitVerdict {
  readonly outcome: 'pass' | 'fail' | 'unknown';
  /** TRIM_LOSS; "ties reverse text" */
  readonly traits: readonly string[];
  readonly reason: string;
  /** Where they do not explain all: which bugs show the rest, beside them. */
  readonly naming?: Naming;
}

/** The consumer that was put under test by `--sut`. */
export interface SutRecord {
  readonly name: string;
  readonly file: string;
  readonly description: string;
  /** What it is declared to differ in from the rules. */
  readonly traits: readonly string[];
}
