// simulator/judge/naming/fold-articles.ts — The articles of a fold: its own, or those of a base until it makes something else of one of them.
import { type ArticleState, copyOfArticle, newArticle } from './article-state.js';

export interface Sharing {
  readonly base: FoldArticles;
  /** Another one for each fold that shares. */
  readonly index: number;
}

export class FoldArticles {
  readonly #sharing: Sharing | undefined;
  readonly #articles: Map<string, ArticleState>;
  /** Whether an article is not the base's. */
  hasParted = false;

  constructor(sharing?: Sharing) {
    this.#sharing = sharing;
    this.#articles = sharing ? sharing.base.#articles : new Map();
  }

  /** @returns the base's where it is shared */
  of(id: string): ArticleState {
    const known = this.find(id);
    if (known) return known;
    const article = newArticle(id);
    this.#articles.set(id, article);
    return article;
  }

  find(id: string): ArticleState | undefined {
    const article = this.#articles.get(id);
    return article && this.in(article);
  }

  all(): ArticleState[] {
    return Array.from(this.#articles.values(), (article) => this.in(article));
  }

  /** The base's article as it is in this fold. */
  in(article: ArticleState): ArticleState {
    return this.#sharing ? (article.apart[this.#sharing.index] ?? article) : article;
  }

  /** From now on this fold has an article of its own. */
  part(shared: ArticleState): ArticleState {
    if (!this.#sharing) return shared;
    const copy = copyOfArticle(shared);
    shared.apart[this.#sharing.index] = copy;
    this.hasParted = true;
    return copy;
  }
}
