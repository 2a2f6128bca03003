// simulator/judge/naming/written-lists.ts — Lists that a consumer writes row by row as events come, and may trim. A row that is pushed out is forgotten.
import type { Day } from '../../../contract/events.js';
import type { Ranked } from '../../../contract/rules.js';
import type { LogEvent } from '../../history/log-event.js';
import { rowOrder } from './row-order.js';
import type { Traits } from './traits.js';

export class WrittenLists {
  readonly #traits: Traits;
  readonly #lists = new Map<Day, Map<string, number>>();
  /** By article: the event that pushed it out, until it is written again. */
  readonly #evictions = new Map<string, LogEvent>();

  constructor(traits: Traits) {
    this.#traits = traits;
  }

  /** @param row a row without a score is removed */
  write(day: Day, row: { readonly articleId: string; readonly score: number | undefined }, by: LogEvent): void {
    let list = this.#lists.get(day);
    if (!list) {
      list = new Map();
      this.#lists.set(day, list);
    }
    if (row.score === undefined) list.delete(row.articleId);
    else {
      list.set(row.articleId, row.score);
      this.#evictions.delete(row.articleId);
    }
    if (this.#traits.trim && list.size > this.#traits.trim.rows) this.#evict(list, by);
  }

  rows(day: Day): Ranked[] {
    return [...(this.#lists.get(day) ?? [])].map(([articleId, score]) => ({ articleId, score }));
  }

  evictionOf(articleId: string): LogEvent | undefined {
    return this.#evictions.get(articleId);
  }

  #evict(list: Map<string, number>, by: LogEvent): void {
    const order = rowOrder(this.#traits.ties);
    const sign = this.#traits.trim?.loses === 'the best' ? -1 : 1;
    let out: Ranked | undefined;
    for (const [articleId, score] of list) {
      if (!out || sign * order({ articleId, score }, out) > 0) out = { articleId, score };
    }
    if (!out) return;
    list.delete(out.articleId);
    this.#evictions.set(out.articleId, by);
  }
}
