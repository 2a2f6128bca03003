// simulator/judge/oracle/score-histories.ts — Every score that an article had by the rules, since when, and by which record; in typed arrays, as a day has millions.
import { doubled } from '../../history/growing-columns.js';

/** The record that changed a score. */
export interface ScoreChange {
  /** Event time at which it was to be sent, ms. */
  readonly dueMs: number;
  readonly score: number;
  readonly stream: number;
  readonly partition: number;
  readonly offset: number;
}

/** 24 bytes a change. */
export class ScoreHistories {
  #count = 0;
  #dueMs = new Float64Array(1024);
  #offsets = new Float64Array(1024);
  #scores = new Uint32Array(1024);
  /** Stream and partition in one number. */
  #places = new Uint16Array(1024);
  /** Index + 1 of the article's change before; 0: none. */
  #previous = new Uint32Array(1024);
  readonly #last = new Map<string, number>();

  add(articleId: string, { dueMs, score, stream, partition, offset }: ScoreChange): void {
    const last = this.#last.get(articleId);
    if ((last === undefined ? 0 : this.#scores[last]) === score) return;
    if (this.#count === this.#scores.length) this.#grow();
    const index = this.#count;
    this.#dueMs[index] = dueMs;
    this.#offsets[index] = offset;
    this.#scores[index] = score;
    this.#places[index] = partition * 4 + stream;
    this.#previous[index] = (last ?? -1) + 1;
    this.#last.set(articleId, index);
    this.#count = index + 1;
  }

  /** From the newest to the oldest. */
  *of(articleId: string): Generator<ScoreChange> {
    for (let at = (this.#last.get(articleId) ?? -1) + 1; at > 0; at = this.#previous[at - 1] ?? 0) {
      const place = this.#places[at - 1] ?? 0;
      yield {
        dueMs: this.#dueMs[at - 1] ?? 0,
        score: this.#scores[at - 1] ?? 0,
        stream: place % 4,
        partition: Math.floor(place / 4),
        offset: this.#offsets[at - 1] ?? 0,
      };
    }
  }

  #grow(): void {
    this.#dueMs = doubled(this.#dueMs);
    this.#offsets = doubled(this.#offsets);
    this.#scores = doubled(this.#scores);
    this.#places = doubled(this.#places);
    this.#previous = doubled(this.#previous);
  }
}
