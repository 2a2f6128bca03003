// simulator/produce/account/commenters.ts — How many users have a comment on an article that stands, given that some of its comments and deletions may or may not count.
import type { Range } from '../../history/range.js';

export type Comment = 'made' | 'deleted';

const MADE = { may: 1, must: 2 } as const;
const DELETED = { may: 4, must: 8 } as const;

/** Commenters of one article on its day. */
export class Commenters {
  readonly #writers = new Map<number | string, number | string>();
  readonly #marks = new Map<number | string, number>();

  /** @param comment any key of its own */
  add(comment: number | string, writer: number | string, what: Comment, certainty: 'may' | 'must'): void {
    const mark = what === 'made' ? MADE[certainty] : DELETED[certainty];
    if (what === 'made') this.#writers.set(comment, writer);
    this.#marks.set(comment, (this.#marks.get(comment) ?? 0) | mark);
  }

  /** A comment stands for certain if it was made and certainly not deleted; it may stand unless it was deleted for certain. */
  range(): Range {
    const certain = new Set<number | string>();
    const possible = new Set<number | string>();
    for (const [comment, writer] of this.#writers) {
      const marks = this.#marks.get(comment) ?? 0;
      if (marks & DELETED.must) continue;
      possible.add(writer);
      if (marks & MADE.must && !(marks & DELETED.may)) certain.add(writer);
    }
    return { low: certain.size, high: possible.size };
  }
}
