// simulator/judge/naming/list-order.ts — How a variant orders rows, and the scores that it shows.
import { compareIds } from '../../../contract/ids.js';
import { compareRanked, type Ranked } from '../../../contract/rules.js';
import type { Traits } from './traits.js';

type Order = (a: Ranked, b: Ranked) => number;

const ORDERS: Readonly<Record<Traits['ties'], Order>> = {
  'newest first': compareRanked,
  'oldest first': (a, b) => b.score - a.score || compareIds(a.articleId, b.articleId),
  'reverse text': (a, b) => b.score - a.score || compareTexts(b.articleId, a.articleId),
  'packed into the score': (a, b) => packed(b) - packed(a) || compareTexts(b.articleId, a.articleId),
};

/** Best first. */
export function orderOf(ties: Traits['ties']): Order {
  return ORDERS[ties];
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Score and id side by side, in a number that has only 53 bits. */
function packed({ articleId, score }: Ranked): number {
  return Number((BigInt(score) << 63n) + BigInt(articleId));
}
