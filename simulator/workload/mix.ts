// simulator/workload/mix.ts — Which kind of event an article receives, by the scenario's weights.

import { Kind } from '../../contract/kind.js';
import type { GeneratedScenario } from '../scenario/schema.js';

export class Mix {
  /** Upper ends on the unit line; the rest are views. */
  readonly #unliked: number;
  readonly #liked: number;
  readonly #commented: number;
  readonly #commentDeleted: number;

  constructor({ view, like, unlike, comment, commentDelete }: GeneratedScenario['mix']) {
    const total = view + like + unlike + comment + commentDelete;
    this.#unliked = unlike / total;
    this.#liked = this.#unliked + like / total;
    this.#commented = this.#liked + comment / total;
    this.#commentDeleted = this.#commented + commentDelete / total;
  }

  /** @param wish a uniform draw in (0, 1) */
  kindOf(wish: number): Kind {
    if (wish < this.#unliked) return Kind.unliked;
    if (wish < this.#liked) return Kind.liked;
    if (wish < this.#commented) return Kind.commented;
    return wish < this.#commentDeleted ? Kind.commentDeleted : Kind.viewed;
  }
}
