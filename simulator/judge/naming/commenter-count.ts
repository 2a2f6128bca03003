// simulator/judge/naming/commenter-count.ts — How many users have a comment on one article that is not deleted. Events may come in any order.

export class CommenterCount {
  readonly #writers = new Map<string, string>();
  readonly #deleted = new Set<string>();
  /** Comments that are not deleted, by writer. */
  readonly #standing = new Map<string, number>();

  get count(): number {
    return this.#standing.size;
  }

  /** A deletion counts whether it comes before or after its comment. */
  made(commentId: string, writerId: string): void {
    if (this.#writers.has(commentId)) return;
    this.#writers.set(commentId, writerId);
    if (!this.#deleted.has(commentId)) this.#standing.set(writerId, (this.#standing.get(writerId) ?? 0) + 1);
  }

  deleted(commentId: string): void {
    if (this.#deleted.has(commentId)) return;
    this.#deleted.add(commentId);
    const writer = this.#writers.get(commentId);
    if (writer === undefined) return;
    const left = (this.#standing.get(writer) ?? 0) - 1;
    if (left > 0) this.#standing.set(writer, left);
    else this.#standing.delete(writer);
  }

  copy(): CommenterCount {
    const copy = new CommenterCount();
    for (const [comment, writer] of this.#writers) copy.#writers.set(comment, writer);
    for (const comment of this.#deleted) copy.#deleted.add(comment);
    for (const [writer, comments] of this.#standing) copy.#standing.set(writer, comments);
    return copy;
  }
}
