// simulator/judge/checks/lists.ts — Is each day's Redis list the right one? Members, scores, ties at the cut, nothing foreign, nothing missing.
import { isId } from '../../../contract/ids.js';
import { compareListed, compareRanked, type Ranked, type Rules } from '../../../contract/rules.js';
import type { ObservedDay } from '../../history/history.js';
import type { Judged, Oracle } from '../oracle/oracle.js';
import { type Check, type CodedFinding, judged } from './checker.js';
import { Decided } from './decided.js';

const NAME = 'lists';

const check: Check['check'] = ({ history, oracle }) => {
  const kept = history.days.filter((day) => !day.isForgotten);
  const rows = kept.reduce((sum, day) => sum + day.list.length, 0);
  const expected = kept.reduce((sum, day) => sum + oracle.expectedList(day.span).length, 0);
  const seen = `${rows} rows of ${kept.length} ${kept.length === 1 ? 'day' : 'days'}, ${expected} expected`;
  const findings = kept.flatMap((day) => checkDay(day, oracle));
  return decidedBy(kept, oracle).result(judged(NAME, seen, findings), 'ranks');
};

/** Each listed row counts as a rank. */
function decidedBy(days: readonly SeenList[], oracle: Oracle): Decided {
  const decided = new Decided();
  for (const { list } of days) {
    for (const { articleId } of list) {
      const article = isId(articleId) ? oracle.find(articleId) : undefined;
      if (article) decided.add(article);
    }
  }
  return decided;
}

export const LISTS: Check = {
  name: NAME,
  needs: [{ text: 'a row of a list', wasSeen: ({ history }) => history.days.some(({ list }) => list.length > 0) }],
  check,
};

/** A day and the list that was seen of it. */
export type SeenList = Pick<ObservedDay, 'span' | 'list'>;

/**
 * @param when `published`: the list was seen at some time after its publication, when an article that is deleted in the
 * end may not have been deleted yet
 */
export function checkDay(
  observed: SeenList,
  oracle: Oracle,
  when: 'at the end' | 'published' = 'at the end',
): CodedFinding[] {
  const { day } = observed.span;
  const list = [...observed.list].sort(compareListed);
  const { ranks, possible } = withWithdrawn(list, observed, oracle);
  const findings: CodedFinding[] = [];
  const surplus = list.length - ranks.slice(0, oracle.rules.top).filter((row) => !row.isEmpty).length;
  if (surplus > 0) {
    const most = list.length - surplus;
    const message = `the list of ${day} has ${list.length} rows, expected at most ${most}`;
    findings.push({ code: 'row-surplus', day, message, expected: most, found: list.length });
  }
  for (const [index, row] of list.entries()) {
    const finding = checkRow(row, index + 1, { observed, oracle, when });
    if (finding) findings.push(finding);
  }
  return [...findings, ...missing(possible, observed, oracle)];
}

interface Rank extends Ranked {
  /** Held by an article that was deleted after publication. */
  readonly isEmpty: boolean;
}

/** The found rows and, where they would rank, the ranks that stay empty: for certain, and possibly. */
function withWithdrawn(
  list: readonly Ranked[],
  observed: SeenList,
  oracle: Oracle,
): { readonly ranks: readonly Rank[]; readonly possible: readonly Ranked[] } {
  const rows = list.map((row): Rank => ({ ...row, isEmpty: false }));
  const shown = new Set(list.map((row) => row.articleId));
  const certain: Rank[] = [];
  // At most so high: what they may hold back is then least certain to be missing.
  const possible: Ranked[] = [];
  for (const { articleId, isWithdrawn, mayBeWithdrawn, low, high } of oracle.articlesOf(observed.span)) {
    if (isWithdrawn && low > 0 && !shown.has(articleId)) certain.push({ articleId, score: low, isEmpty: true });
    if ((isWithdrawn || mayBeWithdrawn) && high > 0 && !shown.has(articleId)) possible.push({ articleId, score: high });
  }
  return {
    ranks: [...rows, ...certain].sort(compareListed),
    possible: [...list, ...possible].sort(compareListed),
  };
}

function checkRow(
  row: Ranked,
  rank: number,
  context: { readonly observed: SeenList; readonly oracle: Oracle; readonly when: 'at the end' | 'published' },
): CodedFinding | undefined {
  const { day, startMs, endMs } = context.observed.span;
  const { articleId, score } = row;
  const where = { day, articleId, found: score };
  if (!isId(articleId)) {
    const message = `${day} #${rank}: expected the id of an article, found "${articleId}"`;
    return { ...where, code: 'row-never-created', message, expected: 'not listed' };
  }
  const at = `${day} #${rank}: article ${articleId}`;
  const article = context.oracle.find(articleId);
  if (!article)
    return { ...where, code: 'row-never-created', message: `${at} was never created`, expected: 'not listed' };
  const createdMs = context.oracle.createdMs(article);
  if (createdMs < startMs || createdMs >= endMs) {
    return {
      ...where,
      code: 'row-of-another-day',
      message: `${at} was created on another day`,
      expected: 'not listed',
    };
  }
  const isWithdrawn = article.truth.withdrawn === 'must' && context.when === 'at the end';
  if (article.truth.deleted === 'must' || isWithdrawn)
    return { ...where, code: 'row-deleted', message: `${at} was deleted`, expected: 'not listed' };
  if (article.truth.created === 'no')
    return { ...where, code: 'row-not-sent', message: `${at}: its creation was never sent`, expected: 'not listed' };
  if (score >= article.low && score <= article.high && score > 0) return undefined;
  const expected = bounds(article);
  return {
    ...where,
    code: 'row-wrong-score',
    message: `${at} has score ${score}, expected ${expected} (${arithmetic(article, context.oracle.rules)})`,
    expected,
  };
}

/** Articles that should hold a rank for certain, and are not there. */
function missing(list: readonly Ranked[], observed: SeenList, oracle: Oracle): CodedFinding[] {
  const present = new Set(list.map((row) => row.articleId));
  const last = list[oracle.rules.top - 1];
  const absent = [...oracle.articlesOf(observed.span)].filter(({ articleId, isCertain, low }) => {
    if (!isCertain || low <= 0 || present.has(articleId)) return false;
    return !last || compareListed({ articleId, score: low }, last) < 0;
  });
  // Before those that would take the ranks there are, the others do not count.
  const isDue = (article: Ranked, index: number) =>
    index + list.filter((row) => compareListed(row, article) < 0).length < oracle.rules.top;
  const why = last ? `it ranks before the last row (${last.articleId}, ${last.score})` : 'the list is not full';
  const { day } = observed.span;
  return absent
    .sort((a, b) => compareRanked({ ...a, score: a.low }, { ...b, score: b.low }))
    .filter(({ articleId, low }, index) => isDue({ articleId, score: low }, index))
    .map((article) => {
      const { articleId } = article;
      const expected = bounds(article);
      const sum = arithmetic(article, oracle.rules);
      const message = `${day}: article ${articleId} is missing, expected with score ${expected} (${sum}): ${why}`;
      return { code: 'row-missing', day, articleId, message, expected, found: 'not listed' };
    });
}

function bounds(article: Judged): number | string {
  return article.low === article.high ? article.low : `${article.low} to ${article.high}`;
}

function arithmetic({ truth }: Judged, rules: Rules): string {
  const { like, comment, view, commenter } = rules.weights;
  const range = ({ low, high }: { low: number; high: number }) => (low === high ? `${low}` : `${low}..${high}`);
  const counted = `${like} x ${range(truth.like)} likes + ${comment} x ${range(truth.comment)} comments + ${view} x ${range(truth.view)} views`;
  return commenter === 0 ? counted : `${counted} + ${commenter} x ${range(truth.commenter)} users who commented`;
}
