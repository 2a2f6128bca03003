// consumer/publishing/published-days.ts — The lists that clients may read now, with the counts behind each row.
import { elementAt } from '../../contract/assert.js';
import type { Calendar } from '../../contract/calendar.js';
import type { Day } from '../../contract/events.js';
import type { RedisClient } from '../../contract/redis-client.js';
import { compareRanked, type Ranked, type Rules } from '../../contract/rules.js';
import { ArticleState, Counter, unpack } from '../applying/article-state.js';
import type { RankingKeys } from '../applying/ranking-keys.js';
import type { ServiceClock } from '../runtime/service-clock.js';
import type { Publication } from './publication.js';

export interface HotArticle extends Ranked {
  readonly likeCount: number;
  readonly commentCount: number;
  readonly viewCount: number;
  /** Where commenters have a weight. */
  readonly commenterCount?: number;
}

export interface PublishedDay {
  readonly day: Day;
  readonly articles: readonly HotArticle[];
}

export interface PublishedDaysOptions {
  readonly redis: RedisClient;
  readonly keys: RankingKeys;
  readonly rules: Rules;
  readonly calendar: Calendar;
  readonly clock: ServiceClock;
  readonly publication: Publication;
}

export class PublishedDays {
  readonly #options: PublishedDaysOptions;

  constructor(options: PublishedDaysOptions) {
    this.#options = options;
  }

  /** Days that can be read now, newest first. While the publication of a day waits, the day before is still served. */
  async days(): Promise<Day[]> {
    const { calendar, clock, rules, publication } = this.#options;
    const now = clock.now();
    if (now === undefined) return [];
    const newest = calendar.newestPublishedAt(now);
    const { published } = await publication.read();
    return Array.from({ length: rules.historyDays }, (_, back) => calendar.plusDays(newest, -back)).filter((day) =>
      published.has(day),
    );
  }

  async read(day: Day): Promise<PublishedDay> {
    const { redis, keys } = this.#options;
    const flat = await redis.zrevrange(keys.list(day), 0, -1, 'WITHSCORES');
    const ranked: Ranked[] = [];
    for (let i = 0; i + 1 < flat.length; i += 2)
      ranked.push({ articleId: elementAt(flat, i), score: Number(flat[i + 1]) });
    ranked.sort(compareRanked);
    return { day, articles: await Promise.all(ranked.map((row) => this.#withCounts(day, row))) };
  }

  async #withCounts(day: Day, row: Ranked): Promise<HotArticle> {
    const { redis, keys, rules } = this.#options;
    const isWeighed = rules.weights.commenter > 0;
    const commenters = isWeighed ? await redis.hget(keys.commentersOfArticle(day, row.articleId), row.articleId) : null;
    const packed = await redis.hgetBuffer(keys.bucketOfArticle(day, row.articleId), row.articleId);
    const { counts } = packed ? unpack(packed) : new ArticleState();
    const count = (counter: Counter) => Math.max(0, counts[counter]);
    return {
      ...row,
      likeCount: count(Counter.like),
      commentCount: count(Counter.comment),
      viewCount: count(Counter.view),
      ...(isWeighed ? { commenterCount: Number(commenters ?? 0) } : {}),
    };
  }
}
