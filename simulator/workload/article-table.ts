// simulator/workload/article-table.ts — What has happened to each article, and its id in digits. One cache line an article, as articles are drawn at random: with a million of them 1.3 times as fast as an array for each field.
import type { Rules } from '../../contract/rules.js';

/** `edition` is the version of the article's last update, 0 before the first. It lies behind the id. */
export const Field = {
  likes: 0,
  unlikes: 1,
  comments: 2,
  commentsDeleted: 3,
  views: 4,
  isDeleted: 5,
  edition: 12,
} as const;
export type Field = (typeof Field)[keyof typeof Field];

/** In 32-bit numbers and in bytes. */
const ROW_NUMBERS = 16;
const ROW_BYTES = 64;
const ID_LENGTH_AT = 24;
const ID_AT = 25;

/** Rows by article index; all zero at first. */
export class ArticleTable {
  readonly #numbers: Uint32Array;
  readonly #bytes: Uint8Array;

  constructor(capacity: number) {
    const memory = new ArrayBuffer(capacity * ROW_BYTES);
    this.#numbers = new Uint32Array(memory);
    this.#bytes = new Uint8Array(memory);
  }

  get(article: number, field: Field): number {
    return this.#numbers[article * ROW_NUMBERS + field] ?? 0;
  }

  set(article: number, field: Field, value: number): void {
    this.#numbers[article * ROW_NUMBERS + field] = value;
  }

  /** After the events so far. */
  score(article: number, weights: Rules['weights']): number {
    return (
      weights.like * (this.get(article, Field.likes) - this.get(article, Field.unlikes)) +
      weights.comment * (this.get(article, Field.comments) - this.get(article, Field.commentsDeleted)) +
      weights.view * this.get(article, Field.views)
    );
  }

  /** @param id its decimal digits, at most 20, at the start of the buffer */
  setId(article: number, id: Uint8Array, digits: number): void {
    const at = article * ROW_BYTES + ID_AT;
    this.#bytes[article * ROW_BYTES + ID_LENGTH_AT] = digits;
    for (let i = 0; i < digits; i += 1) this.#bytes[at + i] = id[i] ?? 0;
  }

  /** How many decimal digits the id has. */
  idLength(article: number): number {
    return this.#bytes[article * ROW_BYTES + ID_LENGTH_AT] ?? 0;
  }

  /** Writes the id's decimal digits. @returns the offset after them */
  writeId(out: Buffer, offset: number, article: number): number {
    const bytes = this.#bytes;
    const from = article * ROW_BYTES + ID_AT;
    const length = bytes[from - 1] ?? 0;
    for (let i = 0; i < length; i += 1) out[offset + i] = bytes[from + i] ?? 0;
    return offset + length;
  }
}
