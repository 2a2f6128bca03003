// simulator/judge/checks/article-read.ts — Does the article-read service show every created article, and no other, with its newest title and counts, and its state?
import { elementAt } from '../../../contract/assert.js';
import { COUNTERS } from '../../../contract/kind.js';
import { DEFAULT_RULES } from '../../../contract/rules.js';
import type { ObservedArticleRead, ReadModelTable } from '../../history/history.js';
import type { LaneResult, ReadModelsTruth } from '../../history/lane-result.js';
import type { Range } from '../../history/range.js';
import { foreignText } from '../../vocabulary/foreign-text.js';
import { type Judged, Oracle } from '../oracle/oracle.js';
import { type Check, type CodedFinding, type CodedResult, judged, type TitleOf, unknown } from './checker.js';

const NAME = 'read model';

export const READ_MODEL: Check = {
  name: NAME,
  needs: [],
  check: ({ history: { articleRead }, lanes, titles }) => articleRead && checkReadModels(articleRead, lanes, titles()),
};

interface Lane extends LaneResult {
  readonly readModels: ReadModelsTruth;
}

/** Everything that is wrong with the service is in this one check, so that it never looks like a fault of the ranking. */
export function checkReadModels(
  { models, finalLag, exits }: ObservedArticleRead,
  results: readonly LaneResult[],
  titleOf: TitleOf,
): CodedResult {
  const seen = `${models?.rows ?? 'no'} read models, a lag of ${finalLag ?? 'unknown many'} records at the end`;
  const lanes = results.filter(hasReadModels).sort((a, b) => a.lane - b.lane);
  const findings: CodedFinding[] = exits.map((exit) => ({
    code: 'reader-ended',
    message: exit,
    expected: 'running',
    found: 'ended',
  }));
  const lag = finalLag ?? 0;
  if (lag > 0) {
    const message = `the article-read group still has a lag of ${lag} records, expected 0`;
    findings.push({ code: 'reader-lag-left', message, expected: 0, found: lag });
  }
  if (models) findings.push(...new Comparison(lanes, titleOf).findings(models));
  if (findings.length > 0) return judged(NAME, seen, findings);
  if (!models) return unknown(NAME, seen, 'the article-read service does not show its read models');
  if (finalLag === null) return unknown(NAME, seen, 'the article-read group has committed no offsets');
  if (models.rows === 0) return unknown(NAME, seen, 'no article was seen');
  return judged(NAME, seen, []);
}

function hasReadModels(lane: LaneResult): lane is Lane {
  return lane.readModels !== undefined;
}

class Comparison {
  readonly #lanes: readonly Lane[];
  readonly #oracle: Oracle;
  readonly #titleOf: TitleOf;
  /** By lane, by article: 1 when it was shown. */
  readonly #shown: readonly Uint8Array[];

  constructor(lanes: readonly Lane[], titleOf: TitleOf) {
    this.#lanes = lanes;
    this.#titleOf = titleOf;
    this.#shown = lanes.map(({ articles }) => new Uint8Array(articles));
    const ofAllDays = lanes.map((lane) => ({ ...lane, truth: lane.readModels.truth }));
    // No article is ranked here, so any rules do.
    this.#oracle = new Oracle(DEFAULT_RULES, ofAllDays);
  }

  findings(models: ReadModelTable): CodedFinding[] {
    const findings: CodedFinding[] = [];
    for (let row = 0; row < models.rows; row += 1) findings.push(...this.#wrongIn(models, row));
    const always = { startMs: Number.NEGATIVE_INFINITY, endMs: Number.POSITIVE_INFINITY };
    for (const { articleId, truth, lane, article } of this.#oracle.articlesOf(always)) {
      if (truth.created !== 'must' || this.#shown[lane]?.[article]) continue;
      const message = `article ${articleId} was created and has no read model`;
      findings.push({ code: 'read-model-missing', articleId, message, expected: 'a read model', found: 'nothing' });
    }
    return findings;
  }

  #wrongIn(models: ReadModelTable, row: number): CodedFinding[] {
    const articleId = String(models.ids[row]);
    const expected = 'nothing';
    const article = this.#oracle.find(articleId);
    if (!article || article.truth.created === 'no') {
      const message = `article ${articleId} has a read model, and was never created`;
      return [{ code: 'read-model-unexpected', articleId, message, expected, found: 'a read model' }];
    }
    const shown = this.#shown[article.lane];
    if (shown?.[article.article])
      return [
        {
          code: 'read-model-twice',
          articleId,
          message: `article ${articleId} is shown twice`,
          expected,
          found: 'another read model',
        },
      ];
    shown?.set([1], article.article);
    return [
      ...wrongCounts(article, models, row),
      ...wrongState(article, models, row),
      ...this.#wrongTitle(article, models, row),
    ];
  }

  #wrongTitle({ articleId, lane, article }: Judged, models: ReadModelTable, row: number): CodedFinding[] {
    const result = elementAt(this.#lanes, lane);
    const newest = elementAt(result.readModels.editions, article);
    const title = (edition: number) => this.#titleOf(result.lane, article, edition);
    const found = elementAt(models.titles, row);
    if (found === title(newest)) return [];
    const maybe = result.readModels.maybeEditions;
    const others = maybe.filter((one) => one.article === article && one.edition > newest);
    const allowed = [newest, ...others.map(({ edition }) => edition)].map(title);
    if (allowed.includes(found)) return [];
    const expected = allowed.map((one) => `"${one}"`).join(' or ');
    return [
      {
        code: 'read-model-title',
        articleId,
        message: `article ${articleId} has the title "${foreignText(found)}", expected ${expected}`,
        expected,
        found: foreignText(found),
      },
    ];
  }
}

function wrongCounts({ articleId, truth }: Judged, models: ReadModelTable, row: number): CodedFinding[] {
  return COUNTERS.flatMap((counter) => {
    const { low, high }: Range = truth[counter];
    const found = elementAt(models[counter], row);
    if (found >= low && found <= high) return [];
    const expected = low === high ? low : `${low} to ${high}`;
    return [
      {
        code: 'read-model-count',
        articleId,
        message: `article ${articleId} is read with ${found} ${counter}s, expected ${expected}`,
        expected,
        found,
      },
    ];
  });
}

function wrongState({ articleId, truth }: Judged, models: ReadModelTable, row: number): CodedFinding[] {
  const found = models.deleted[row] ? 'deleted' : 'created';
  const expected = truth.deleted === 'must' ? 'deleted' : 'created';
  if (truth.deleted === 'may' || found === expected) return [];
  return [
    {
      code: 'read-model-state',
      articleId,
      message: `article ${articleId} is read as ${found}, expected ${expected}`,
      expected,
      found,
    },
  ];
}
