// simulator/judge/naming/row-order.ts — How a variant orders the rows of a list.
import { compareIds } from '../../../contract/ids.js';
import { compareRanked, type Ranked } from '../../../contract/rules.js';
import type { Traits } from './traits.js';

type RowOrder = (a: Ranked, b: Ranked) => number;

const ORDERS: Readonly<Record<Traits['ties'], RowOrder>> = {
  'newest first': compareRanked,
  'oldest first': (a, b) => b.score - a.score || compareIds(a.articleId, b.articleId),
  'reverse text': (a, b) => b.score - a.score || compareTexts(b.articleId, a.articleId),
  text: (a, b) => b.score - a.score || compareTexts(a.articleId, b.articleId),
  'packed into the score': (a, b) => packed(b) - packed(a) || compareTexts(b.articleId, a.articleId),
};

/** Best first. */
export function rowOrder(ties: Traits['ties']): RowOrder {
  return ORDERS[ties];
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Score and id side by side, rounded to the 53 bits of a double. */
function packed({ articleId, score }: Ranked): number {
  return Number((BigInt(score) << 63n) + BigInt(articleId));
}
