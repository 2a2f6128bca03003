// simulator/judge/checks/scores.ts — Is each listed score what the rules make of the counts that the consumer itself shows for the article?
import { elementAt } from '../../../contract/assert.js';
import { scoreOf } from '../../../contract/rules.js';
import type { ArticleTable, ObservedDay } from '../../history/history.js';
import type { Oracle } from '../oracle/oracle.js';
import { type Check, type CodedFinding, judged } from './checker.js';

const NAME = 'scores';

/** Apart from whether the counts are right: a score that was written by itself can be torn from them. */
const check: Check['check'] = ({ history, oracle }) => {
  if (history.isOpaque) return undefined;
  const shown = history.days.flatMap(({ articles, isForgotten, ...day }) =>
    articles && !isForgotten ? [{ ...day, articles }] : [],
  );
  const rows = shown.reduce((sum, { list }) => sum + list.length, 0);
  const findings = shown.flatMap((day) => wrongScores(day, oracle));
  return judged(NAME, `${rows} listed scores against the consumer's own counts`, findings);
};

export const SCORES: Check = { name: NAME, needs: [], check };

function wrongScores(
  { span, list, articles }: Pick<ObservedDay, 'span' | 'list'> & { readonly articles: ArticleTable },
  { rules }: Oracle,
): CodedFinding[] {
  const listed = new Map(list.map(({ articleId, score }) => [articleId, score]));
  const findings: CodedFinding[] = [];
  for (let row = 0; row < articles.rows; row += 1) {
    const articleId = String(articles.ids[row]);
    const found = listed.get(articleId);
    if (found === undefined) continue;
    const column = (name: 'like' | 'comment' | 'view' | 'commenter') => elementAt(articles[name], row);
    const counts = { like: column('like'), comment: column('comment'), view: column('view') };
    const expected = scoreOf(rules, { ...counts, commenter: column('commenter') });
    if (found === expected) continue;
    const { like, comment, view } = counts;
    const message = `article ${articleId} has score ${found} in the list of ${span.day}, and its own counts (${like} likes, ${comment} comments, ${view} views) make ${expected}`;
    findings.push({ code: 'score-unlike-counts', day: span.day, articleId, message, expected, found });
  }
  return findings;
}
