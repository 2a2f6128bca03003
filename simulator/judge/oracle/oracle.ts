// simulator/judge/oracle/oracle.ts — What must be true of every day: for each article a score in [low, high], and from these the rows that must, may and cannot be listed.
import { elementAt } from '../../../contract/assert.js';
import type { DaySpan } from '../../../contract/calendar.js';
import { type Counts, compareRanked, type Ranked, type Rules, scoreOf } from '../../../contract/rules.js';
import type { LaneResult, Maybe } from '../../history/lane-result.js';
import { type ArticleTruth, articleTruth, maybesByArticle } from '../../produce/account/lane-truth.js';
import type { ListRow } from '../../record/lists-record.js';
import { IdTable } from './id-table.js';

export interface Judged {
  readonly articleId: string;
  /** Index of the lane result and of the article in it. */
  readonly lane: number;
  readonly article: number;
  readonly truth: ArticleTruth;
  /** Score bounds if listed at all. */
  readonly low: number;
  readonly high: number;
  /** Created for certain and certainly not deleted. */
  readonly isCertain: boolean;
  /** As `isCertain`, but deleted for certain after publication: its rank stays empty. */
  readonly isWithdrawn: boolean;
  /** Its rank may stay empty: perhaps deleted after publication, or deleted then for certain and perhaps there before. */
  readonly mayBeWithdrawn: boolean;
  /** Not created, or deleted, for certain. */
  readonly isGone: boolean;
}

export class Oracle {
  readonly rules: Rules;
  readonly #lanes: readonly LaneResult[];
  readonly #maybes: readonly ReadonlyMap<number, readonly Maybe[]>[];
  /** Positions count through all lanes; made when a first article is looked for. */
  #positions: IdTable | undefined;

  constructor(rules: Rules, lanes: readonly LaneResult[]) {
    this.rules = rules;
    this.#lanes = [...lanes].sort((a, b) => a.lane - b.lane);
    this.#maybes = this.#lanes.map(maybesByArticle);
  }

  /** Every article created on a day, or in any other span, lane by lane. */
  *articlesOf(day: Pick<DaySpan, 'startMs' | 'endMs'>): Generator<Judged> {
    for (const [lane, result] of this.#lanes.entries()) {
      const first = firstAtOrAfter(result, day.startMs);
      for (let i = first; i < result.articles && elementAt(result.createdMs, i) < day.endMs; i += 1) {
        yield this.#judged(result, lane, i);
      }
    }
  }

  /** The article with this id, or undefined when none was created. */
  find(articleId: string): Judged | undefined {
    this.#positions ??= positionsOf(this.#lanes);
    let article = this.#positions.find(articleId);
    if (article < 0) return undefined;
    for (const [lane, result] of this.#lanes.entries()) {
      if (article < result.articles) return this.#judged(result, lane, article);
      article -= result.articles;
    }
    return undefined;
  }

  /** Event time of an article's creation, ms. */
  createdMs(judged: Judged): number {
    return this.#lanes[judged.lane]?.createdMs[judged.article] ?? Number.NaN;
  }

  /** The list as it stands if every unknown send counted for nothing. */
  expectedList(day: DaySpan): ListRow[] {
    const best = new Best(this.rules.top);
    for (const one of this.articlesOf(day)) {
      if ((one.isCertain || one.isWithdrawn) && one.low > 0) best.offer(one, one.low);
    }
    const shown = best.rows().filter(({ judged }) => !judged.isWithdrawn);
    return shown.map(({ judged, score }, index) => ({
      rank: index + 1,
      articleId: judged.articleId,
      score,
      ...countsOf(judged.truth, 'low'),
    }));
  }

  #judged(result: LaneResult, lane: number, article: number): Judged {
    const truth = articleTruth(result, article, this.#maybes[lane]?.get(article) ?? []);
    const isWithdrawn = truth.created === 'must' && truth.deleted === 'no' && truth.withdrawn === 'must';
    return {
      articleId: String(result.ids[article]),
      lane,
      article,
      truth,
      low: scoreOf(this.rules, countsOf(truth, 'low')),
      high: scoreOf(this.rules, countsOf(truth, 'high')),
      isCertain: truth.created === 'must' && truth.deleted === 'no' && truth.withdrawn === 'no',
      isWithdrawn,
      mayBeWithdrawn: !isWithdrawn && truth.created !== 'no' && truth.deleted !== 'must' && truth.withdrawn !== 'no',
      isGone: truth.created === 'no' || truth.deleted === 'must' || truth.withdrawn === 'must',
    };
  }
}

/** What must, or what may be at most. */
export function countsOf({ like, comment, view, commenter }: ArticleTruth, bound: 'low' | 'high'): Counts {
  const counts = { like: like[bound], comment: comment[bound], view: view[bound] };
  return commenter.high === 0 ? counts : { ...counts, commenter: commenter[bound] };
}

/** Lane by lane; no two lanes have an article in common. */
function positionsOf(lanes: readonly LaneResult[]): IdTable {
  const table = new IdTable(lanes.reduce((sum, { articles }) => sum + articles, 0));
  for (const { ids } of lanes) for (const id of ids) table.add(String(id));
  return table;
}

/** Articles are in order of creation. */
function firstAtOrAfter(result: LaneResult, timeMs: number): number {
  let low = 0;
  let high = result.articles;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (elementAt(result.createdMs, middle) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Row extends Ranked {
  readonly judged: Judged;
}

/** Keeps the best n rows in list order. */
class Best {
  readonly #limit: number;
  readonly #rows: Row[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(judged: Judged, score: number): void {
    const row = { articleId: judged.articleId, score, judged };
    // Most rank after all that are kept, so the last is looked at first.
    const before = this.#rows.findLastIndex((other) => compareRanked(other, row) < 0);
    this.#rows.splice(before + 1, 0, row);
    if (this.#rows.length > this.#limit) this.#rows.pop();
  }

  rows(): readonly Row[] {
    return this.#rows;
  }
}
