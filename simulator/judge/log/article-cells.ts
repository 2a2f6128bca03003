// simulator/judge/log/article-cells.ts — Ten 32-bit numbers an article, side by side: an event of a rare article touches one or two lines of the processor's cache instead of ten.

const CELLS = 10;

/** Positions of an article's numbers; those by counter (like, comment, view) are three in a row. */
export const CELL = { counts: 0, newestHigh: 3, newestLow: 6, peak: 9 } as const;

export class ArticleCells {
  #words: Uint32Array;

  constructor(articles: number) {
    this.#words = new Uint32Array(articles * CELLS);
  }

  get bytes(): number {
    return this.#words.byteLength;
  }

  get(article: number, cell: number): number {
    return this.#words[article * CELLS + cell] ?? 0;
  }

  /** There must be room for the article. */
  set(article: number, cell: number, value: number): void {
    this.#words[article * CELLS + cell] = value;
  }

  /** For so many articles, more than before. */
  makeRoom(articles: number): void {
    const words = new Uint32Array(articles * CELLS);
    words.set(this.#words);
    this.#words = words;
  }
}
