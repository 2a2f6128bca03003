// simulator/judge/naming/borrowed-counts.ts — Counts of one kind that other articles had. Whose they are depends on the order of reading, so no fold shows them exactly.

import { COUNTERS } from '../../../contract/kind.js';
import type { BugName } from '../../vocabulary/bugs.js';
import type { Cause } from './causes.js';
import type { GivenCounts } from './given-counts.js';
import type { FoundDay } from './shown-facts.js';
import type { VariantFold } from './variant-fold.js';

/** Minimum shares of the wrong counts: above anything the article ever had, and above twice its maximum. */
const FOREIGN_SHARE = 0.5;
const FAR_SHARE = 0.1;

export function borrowedCounts(found: readonly FoundDay[], base: VariantFold, given: GivenCounts): Cause<BugName>[] {
  const wrong = found.flatMap(({ day, counts }) =>
    [...given.articles()].flatMap((articleId) => {
      const [right, shown] = [base.counts(articleId, day), counts?.(articleId)];
      if (!right || !shown) return [];
      return COUNTERS.flatMap((counter) => {
        const count = shown[counter];
        return count === right[counter] ? [] : [{ articleId, counter, count }];
      });
    }),
  );
  const kinds = [...new Set(wrong.map(({ counter }) => counter))];
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) return [];
  if (!wrong.every(({ counter, count }) => count === 0 || given.wasGiven(counter, count))) return [];
  const highest = wrong.map(({ articleId, count }) => ({ count, own: given.highest(articleId, kind) }));
  const foreign = highest.filter(({ count, own }) => count > own).length;
  const far = highest.filter(({ count, own }) => count > 2 * own).length;
  if (foreign < FOREIGN_SHARE * wrong.length || far < FAR_SHARE * wrong.length) return [];
  return [{ name: 'SHARED_COUNTER', does: `articles show ${kind}s that others had, as if all shared one counter` }];
}
