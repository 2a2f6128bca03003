// simulator/judge/log/disagreements.ts — Where the oracle of the log contradicts the oracle of the plan, article by article.
import { elementAt } from '../../../contract/assert.js';
import { COUNTERS } from '../../../contract/kind.js';
import type { LaneResult } from '../../history/lane-result.js';
import type { Range } from '../../history/range.js';
import type { Certainty } from '../../produce/account/lane-truth.js';
import { type ArticleTruth, articleTruth, maybesByArticle } from '../../produce/account/lane-truth.js';
import type { CodedFinding } from '../checks/checker.js';
import type { LoggedArticle, LogOracle } from './log-oracle.js';

/** Where the two oracles disagree on an article, within what must and may be. */
export function disagreements(lanes: readonly LaneResult[], log: LogOracle): CodedFinding[] {
  const findings: CodedFinding[] = [];
  for (const lane of lanes) {
    const maybes = maybesByArticle(lane);
    for (let article = 0; article < lane.articles; article += 1) {
      const articleId = String(lane.ids[article]);
      const planned = articleTruth(lane, article, maybes.get(article) ?? []);
      findings.push(...quarrels(articleId, planned, log.find(articleId)));
    }
  }
  return findings;
}

function quarrels(articleId: string, planned: ArticleTruth, logged: LoggedArticle | undefined): CodedFinding[] {
  const isThere = logged !== undefined && logged.created !== 'no';
  const created = stateQuarrel(articleId, 'created', [planned.created, logged?.created ?? 'no']);
  // Without its creation, of which nobody knows whether it was written, the others of its events do not count.
  if (planned.created === 'no' || (planned.created === 'may' && !isThere)) return created;
  const counts = COUNTERS.flatMap((counter, index): CodedFinding[] => {
    const { low, high } = planned[counter];
    const found = isThere ? elementAt(logged.counts, index) : 0;
    if (found >= low && found <= high) return [];
    const message = `article ${articleId} has ${found} ${counter}s by the log, and ${low} to ${high} by the plan`;
    return [{ code: 'oracles-disagree', articleId, message, expected: `${low} to ${high}`, found }];
  });
  return [
    ...created,
    ...stateQuarrel(articleId, 'deleted', [planned.deleted, logged?.deleted ?? 'no']),
    ...stateQuarrel(articleId, 'withdrawn', [planned.withdrawn, logged?.withdrawn ?? 'no']),
    ...counts,
    ...commenterQuarrel(articleId, planned.commenter, logged?.commenter ?? { low: 0, high: 0 }),
  ];
}

const CERTAINTY: Readonly<Record<Certainty, string>> = { no: 'was not', may: 'may have been', must: 'was' };

function stateQuarrel(
  articleId: string,
  state: string,
  [expected, found]: readonly [Certainty, Certainty],
): CodedFinding[] {
  if (expected === 'may' || found === expected) return [];
  const message = `article ${articleId} ${CERTAINTY[found]} ${state} by the log, and ${CERTAINTY[expected]} by the plan`;
  return [{ code: 'oracles-disagree', articleId, message, expected, found }];
}

function commenterQuarrel(articleId: string, { low, high }: Range, found: Range): CodedFinding[] {
  if (found.low >= low && found.high <= high) return [];
  const message = `article ${articleId} has ${found.low} users who commented by the log, and ${low} to ${high} by the plan`;
  return [{ code: 'oracles-disagree', articleId, message, expected: `${low} to ${high}`, found: found.low }];
}
