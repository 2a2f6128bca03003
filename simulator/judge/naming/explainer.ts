// simulator/judge/naming/explainer.ts — What explains a wrong ranking: from all that is known of it, either names or nothing.

import type { Calendar } from '../../../contract/calendar.js';
import type { History } from '../../history/history.js';
import type { CauseName } from '../../vocabulary/bugs.js';
import type { Plan } from '../../workload/plan.js';
import type { CodedResult } from '../checks/checker.js';
import type { Cause, Causes } from './causes.js';
import type { Comparison } from './comparison.js';
import type { Evidence } from './evidence.js';
import type { Variant } from './traits.js';

export interface NamingContext {
  readonly history: History;
  readonly checks: readonly CodedResult[];
  readonly calendar: Calendar;
  readonly plan: Plan;
  readonly evidence: Evidence;
  /** What was found, beside each known bug. */
  readonly comparison: Comparison;
  /** What was found, beside each known bug on top of the declared deviations; undefined when none are declared. */
  readonly besideDeviations: Comparison | undefined;
  /** The names by that comparison alone. */
  readonly byFolds: Causes<CauseName>;
  /** Reads the topics once more, and folds these variants. */
  readonly compareWith: (variants: readonly Variant[]) => Promise<Comparison>;
}

export interface Named {
  readonly naming: Causes<CauseName>;
  /** The comparison that has the fold of what is named; undefined when no bug is named. */
  readonly comparison: Comparison | undefined;
}

export interface Explainer {
  readonly name: string;
  /** Whether the run has what this explanation is made from. */
  readonly isPossible: (context: NamingContext) => boolean;
  /** Undefined when this is not the explanation. */
  readonly explain: (context: NamingContext) => Named | undefined | Promise<Named | undefined>;
}

/** These bugs explain all, so they are in no other list of names. Undefined when there are none. */
export function named(
  { byFolds, comparison }: NamingContext,
  consistent: readonly Cause<CauseName>[],
  by: Comparison = comparison,
): Named | undefined {
  if (consistent.length === 0) return undefined;
  const others = (names: readonly CauseName[]) => names.filter((name) => !consistent.some((one) => one.name === name));
  return {
    naming: { consistent, partly: [], not: others(byFolds.not), untested: others(byFolds.untested) },
    comparison: by,
  };
}
