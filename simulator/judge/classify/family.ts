// simulator/judge/classify/family.ts — What a consumer is declared to differ in from the rules, and the verdict but for that.
import type { Outcome } from '../../record/run-record.js';
import { isOrderBound, type Traits, type Variant } from './traits.js';
import { knownVariants } from './variants.js';

export interface DeclaredTraits {
  /** Names of known bugs. */
  readonly bugs: readonly string[];
  readonly ties: Traits['ties'];
  readonly zeroScore: Traits['zeroScore'];
}

export const NOTHING_DECLARED: DeclaredTraits = { bugs: [], ties: 'newest first', zeroScore: 'unlisted' };

/** All that is declared at once; undefined when it is nothing. @param top rows in a day's list */
export function familyOf({ bugs, ties, zeroScore }: DeclaredTraits, top: number): Variant | undefined {
  const known = knownVariants(top);
  const traits: Partial<Traits> = Object.assign(
    {},
    // Of the forms of a bug the first, which trims to the rows of the list.
    ...bugs.map((name) => known.find((variant) => variant.name === name)?.traits),
    ties === 'newest first' ? {} : { ties },
    zeroScore === 'unlisted' ? {} : { zeroScore },
  );
  if (Object.keys(traits).length === 0) return undefined;
  const names = [
    ...bugs,
    ...(ties === 'newest first' ? [] : [`ties ${ties}`]),
    ...(zeroScore === 'unlisted' ? [] : ['zero scores listed']),
  ];
  return { name: names.join(', '), does: 'as declared', traits };
}

/** The verdict but for a family of traits that explains not all. @param named whether a further bug explains the rest */
export function verdictButFor(
  family: Variant,
  { share, named }: { readonly share: number; readonly named: string | undefined },
): { readonly outcome: Outcome; readonly reason: string } {
  const percent = `${Math.floor(Math.max(0, share) * 100)} % of what is wrong`;
  if (share === 1) return { outcome: 'pass', reason: 'they explain all that is wrong' };
  if (named !== undefined) return { outcome: 'fail', reason: `with them it is consistent with ${named}, too` };
  if (share >= MOST && isOrderBound(family))
    return { outcome: 'unknown', reason: `they explain ${percent}; the rest can hang on when partitions were read` };
  return { outcome: 'fail', reason: `they explain ${percent} only` };
}

/** Below it the order of reading is no excuse. */
const MOST = 0.5;
