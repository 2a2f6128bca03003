// simulator/judge/naming/explanation.ts — What would have been found with a bug.
import type { Day } from '../../../contract/events.js';
import type { Counts, Ranked } from '../../../contract/rules.js';
import type { CauseName } from '../../vocabulary/bugs.js';
import type { Variant } from './traits.js';
import type { VariantFold } from './variant-fold.js';

export interface Explanation {
  readonly name: CauseName;
  readonly does: string;
  readonly list: (day: Day) => readonly Ranked[];
  /** Undefined: the right ones. */
  readonly counts?: (articleId: string, day: Day) => Counts | undefined;
  /** Undefined when it was not folded from the history. */
  readonly folded?: VariantWithFold;
}

export interface VariantWithFold {
  readonly variant: Variant;
  readonly fold: VariantFold;
}

export function explanationOf(folded: VariantWithFold): Explanation {
  const { variant, fold } = folded;
  const { name, does } = variant;
  return {
    name,
    does,
    list: (day) => fold.list(day),
    counts: (articleId, day) => fold.counts(articleId, day),
    folded,
  };
}
