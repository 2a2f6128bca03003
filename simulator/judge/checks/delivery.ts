// simulator/judge/checks/delivery.ts — Has every acknowledged event been applied, and none twice in effect? Judged by the counts of every article, not only of the listed ones.

import { elementAt } from '../../../contract/assert.js';
import { COUNTERS } from '../../../contract/kind.js';
import type { ArticleTable, ObservedDay } from '../../history/history.js';
import type { Range } from '../../history/range.js';
import type { Judged, Oracle } from '../oracle/oracle.js';
import { type Check, type CodedFinding, judged, unknown } from './checker.js';
import { Decided } from './decided.js';

const NAME = 'delivery';

const check: Check['check'] = ({ history, oracle }) => {
  if (history.isOpaque) return undefined;
  const kept = history.days.filter((day) => !day.isForgotten);
  const shown = kept.filter((day) => day.articles !== undefined);
  const articles = shown.reduce((sum, day) => sum + (day.articles?.rows ?? 0), 0);
  const seen = `${articles} articles' counts against ${history.sends.ok} acknowledged events`;
  if (shown.length < kept.length) {
    return unknown(NAME, seen, 'the consumer does not show the counts behind its list');
  }
  const findings = shown.flatMap((day) => checkDay(day, oracle));
  const decided = new Decided();
  for (const { span } of shown) for (const article of oracle.articlesOf(span)) decided.add(article);
  return decided.result(judged(NAME, seen, findings), 'articles');
};

export const DELIVERY: Check = {
  name: NAME,
  needs: [
    {
      text: 'the counts of an article',
      wasSeen: ({ history }) => history.days.some(({ articles }) => articles !== undefined && articles.rows > 0),
    },
  ],
  check,
};

function checkDay({ span, articles }: ObservedDay, oracle: Oracle): CodedFinding[] {
  const findings: CodedFinding[] = [];
  const found = new Set<string>();
  for (let row = 0; articles && row < articles.rows; row += 1) {
    const articleId = String(articles.ids[row]);
    const where = { day: span.day, articleId, expected: 'nothing', found: 'a score' };
    const article = oracle.find(articleId);
    const createdMs = article ? oracle.createdMs(article) : Number.NaN;
    if (!article || article.isGone || !(createdMs >= span.startMs && createdMs < span.endMs)) {
      findings.push({
        ...where,
        code: 'state-unexpected',
        message: `article ${articleId} has a score but is no live article of ${span.day}`,
      });
      continue;
    }
    if (found.has(articleId))
      findings.push({ ...where, code: 'state-twice', message: `article ${articleId} is shown twice` });
    found.add(articleId);
    findings.push(...wrongCounts(span.day, article, { articles, row }));
  }
  for (const article of oracle.articlesOf(span)) {
    if (article.isCertain && article.low > 0 && !found.has(article.articleId)) findings.push(lost(span.day, article));
  }
  return findings;
}

const COUNTED = [...COUNTERS, 'commenter'] as const;

function wrongCounts(
  day: string,
  { articleId, truth }: Judged,
  { articles, row }: { readonly articles: ArticleTable; readonly row: number },
): CodedFinding[] {
  return COUNTED.filter((counter) => !within(elementAt(articles[counter], row), truth[counter])).map((counter) => {
    const expected = rangeText(truth[counter]);
    const found = elementAt(articles[counter], row);
    const isLow = found < truth[counter].low;
    const why = isLow ? 'events are missing' : 'more than was ever acknowledged';
    const message = `article ${articleId} has ${found} ${counter}s, expected ${expected}: ${why}`;
    return { code: isLow ? 'count-too-low' : 'count-too-high', day, articleId, message, expected, found };
  });
}

function lost(day: string, { articleId, low, truth }: Judged): CodedFinding {
  const counts = COUNTERS.map((counter) => `${rangeText(truth[counter])} ${counter}s`).join(', ');
  return {
    code: 'state-missing',
    day,
    articleId,
    message: `article ${articleId} has no state, expected ${counts}`,
    expected: low,
    found: 'nothing',
  };
}

function within(value: number, range: Range): boolean {
  return value >= range.low && value <= range.high;
}

function rangeText({ low, high }: Range): number | string {
  return low === high ? low : `${low} to ${high}`;
}
