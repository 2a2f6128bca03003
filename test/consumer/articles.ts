// test/consumer/articles.ts — Events of articles whose counts rise and fall, and the list that the plain rules make of them.
import { compareRanked, DEFAULT_RULES, type Ranked, scoreOf } from '../../contract/rules.js';
import type { Sent } from './board.js';

export const NOON = '2024-10-01T12:00:00.000';

type Counts = Record<'like' | 'comment' | 'view', number>;

export class Articles {
  readonly #counts = new Map<string, Counts>();
  #next = 1;

  create(count: number): Sent[] {
    return Array.from({ length: count }, () => {
      const articleId = String(184721186232410112n + BigInt(7919 * this.#next));
      this.#next += 1;
      this.#counts.set(articleId, { like: 0, comment: 0, view: 0 });
      return { type: 'ARTICLE_CREATED', articleId, at: NOON };
    });
  }

  /** Each time another article, kind and count: the best of before fall as often as others rise. */
  move(count: number): Sent[] {
    const ids = [...this.#counts.keys()];
    return Array.from({ length: count }, () => {
      this.#next += 1;
      const hash = Math.imul(this.#next, 0x9e3779b1) >>> 0;
      const articleId = ids[hash % ids.length] ?? '';
      const kind = (['like', 'comment', 'view'] as const)[(hash >>> 8) % 3] ?? 'view';
      const value = (hash >>> 12) % 1000;
      const counts = this.#counts.get(articleId);
      if (counts) counts[kind] = value;
      const type = ({ like: 'ARTICLE_LIKED', comment: 'COMMENT_CREATED', view: 'ARTICLE_VIEWED' } as const)[kind];
      return { type, articleId, at: NOON, count: value };
    });
  }

  delete(articleId: string): Sent {
    this.#counts.delete(articleId);
    return { type: 'ARTICLE_DELETED', articleId, at: NOON };
  }

  /** What the rules say. */
  list(): Ranked[] {
    const all = [...this.#counts].map(([articleId, counts]) => ({ articleId, score: scoreOf(DEFAULT_RULES, counts) }));
    return all.sort(compareRanked).slice(0, DEFAULT_RULES.top);
  }
}
