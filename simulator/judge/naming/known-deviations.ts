// simulator/judge/naming/known-deviations.ts — What a consumer is declared to differ in from the rules, and the verdict but for that.
import type { NamedBug, Naming } from '../../record/diagnosis-record.js';
import type { Outcome } from '../../record/verdict-record.js';
import type { DeclaredDeviations } from '../../vocabulary/declared-deviations.js';
import { LAST_RESORTS } from './explanations.js';
import { isOrderBound, type Traits, type Variant } from './traits.js';
import { knownVariants } from './variants.js';

/** All that is declared at once; undefined when it is nothing. @param top rows in a day's list */
export function deviationsOf({ bugs, ties, zeroScore }: DeclaredDeviations, top: number): Variant | undefined {
  const known = knownVariants(top);
  const traits: Partial<Traits> = Object.assign(
    {},
    // Of the forms of a bug the first, which trims to the rows of the list.
    ...bugs.map((name) => known.find((variant) => variant.name === name)?.traits),
    ties === 'newest first' ? {} : { ties },
    zeroScore === 'unlisted' ? {} : { zeroScore },
  );
  if (Object.keys(traits).length === 0) return undefined;
  return { name: deviationNames({ bugs, ties, zeroScore }).join(', '), does: 'as declared', traits };
}

/** One name for each way in which the consumer is declared to differ. */
export function deviationNames({ bugs, ties, zeroScore }: DeclaredDeviations): string[] {
  return [
    ...bugs,
    ...(ties === 'newest first' ? [] : [`ties ${ties}`]),
    ...(zeroScore === 'unlisted' ? [] : ['zero scores listed']),
  ];
}

/**
 * The verdict but for a family of traits.
 * @param share the part of what is wrong that it explains
 * @param alone one of its bugs that explains all by itself, whatever the others would have done
 * @param beside which bugs show the rest, beside it; undefined when there is no rest
 */
export function verdictWithDeviations(
  deviations: Variant,
  {
    share,
    alone,
    beside,
  }: { readonly share: number; readonly alone?: string | undefined; readonly beside: Naming | undefined },
): { readonly outcome: Outcome; readonly reason: string } {
  if (alone !== undefined) return { outcome: 'pass', reason: `${alone} by itself explains all that is wrong` };
  if (share === 1 || !beside) return { outcome: 'pass', reason: 'they explain all that is wrong' };
  const folded = beside.consistent.filter(({ name }) => !LAST_RESORTS.includes(name));
  const named = isOrderBound(deviations) ? folded : beside.consistent;
  if (named.length > 0) return { outcome: 'fail', reason: `with them it is consistent with ${namesIn(named)}, too` };
  const percent = `they explain ${Math.floor(Math.max(0, share) * 100)} % of what is wrong`;
  if (!isOrderBound(deviations)) return { outcome: 'fail', reason: `${percent} only` };
  const perhaps = namesIn([...beside.consistent, ...beside.partly]);
  const other = perhaps === '' ? 'another bug' : perhaps;
  return { outcome: 'unknown', reason: `${percent}; the rest can hang on when partitions were read, or be ${other}` };
}

function namesIn(bugs: readonly NamedBug[]): string {
  return [...new Set(bugs.map(({ name }) => name))].join(' or ');
}
