// simulator/judge/naming/written-lists.ts — Lists that a consumer writes row by row as events come, and may trim. A row that is pushed out is forgotten.
import type { Day } from '../../../contract/events.js';
import type { Ranked } from '../../../contract/rules.js';
import type { LogEvent } from '../../history/log-event.js';
import { rowOrder } from './row-order.js';
import type { Traits } from './traits.js';

interface WrittenList {
  readonly scores: Map<string, number>;
  /** The row that would be pushed out; undefined when it must be looked for. */
  last: Ranked | undefined;
}

export class WrittenLists {
  readonly #trim: Traits['trim'];
  readonly #isAfter: (a: Ranked, b: Ranked) => boolean;
  readonly #lists = new Map<Day, WrittenList>();
  /** By article: the event that pushed it out, until it is written again. */
  readonly #evictions = new Map<string, LogEvent>();

  constructor({ trim, ties }: Pick<Traits, 'trim' | 'ties'>) {
    const order = rowOrder(ties);
    this.#trim = trim;
    this.#isAfter = trim?.loses === 'the best' ? (a, b) => order(a, b) < 0 : (a, b) => order(a, b) > 0;
  }

  /** @param row a row without a score is removed */
  write(
    day: Day,
    { articleId, score }: { readonly articleId: string; readonly score: number | undefined },
    by: LogEvent,
  ): void {
    const list = this.#listOf(day);
    if (score === undefined) this.#remove(list, articleId);
    else this.#set(list, { articleId, score }, by);
  }

  rows(day: Day): Ranked[] {
    return [...(this.#lists.get(day)?.scores ?? [])].map(([articleId, score]) => ({ articleId, score }));
  }

  evictionOf(articleId: string): LogEvent | undefined {
    return this.#evictions.get(articleId);
  }

  #listOf(day: Day): WrittenList {
    let list = this.#lists.get(day);
    if (!list) {
      list = { scores: new Map(), last: undefined };
      this.#lists.set(day, list);
    }
    return list;
  }

  #remove(list: WrittenList, articleId: string): void {
    list.scores.delete(articleId);
    if (list.last?.articleId === articleId) list.last = undefined;
  }

  #set(list: WrittenList, row: Ranked, by: LogEvent): void {
    const { scores } = list;
    if (this.#trim && scores.size >= this.#trim.rows && !scores.has(row.articleId)) {
      this.#replaceLast(list, row, by);
      return;
    }
    scores.set(row.articleId, row.score);
    this.#evictions.delete(row.articleId);
    if (list.last?.articleId === row.articleId) list.last = undefined;
    else if (list.last && this.#isAfter(row, list.last)) list.last = row;
  }

  /** The list is full: the new row takes the place of the last one, unless it comes after that itself. */
  #replaceLast(list: WrittenList, row: Ranked, by: LogEvent): void {
    list.last ??= this.#lastOf(list.scores);
    const { last } = list;
    if (!last || this.#isAfter(row, last)) {
      this.#evictions.set(row.articleId, by);
      return;
    }
    this.#remove(list, last.articleId);
    this.#evictions.set(last.articleId, by);
    list.scores.set(row.articleId, row.score);
    this.#evictions.delete(row.articleId);
  }

  #lastOf(scores: ReadonlyMap<string, number>): Ranked | undefined {
    let last: Ranked | undefined;
    for (const [articleId, score] of scores) {
      if (!last || this.#isAfter({ articleId, score }, last)) last = { articleId, score };
    }
    return last;
  }
}
