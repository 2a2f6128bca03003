// simulator/observe/background.ts — Work beside a run, one piece at a time. What it throws goes to the caller of `ended`.
import assert from 'node:assert/strict';

export class Background {
  #running: Promise<void> | undefined;
  readonly #bugs: unknown[] = [];

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Returns at once. Only while it is not busy. */
  start(work: () => Promise<void>): void {
    assert(!this.isBusy, 'one piece of work at a time');
    this.#running = work()
      .catch((bug: unknown) => void this.#bugs.push(bug))
      .then(() => {
        this.#running = undefined;
      });
  }

  /** Settles when nothing runs. @throws the first of what the work threw so far */
  async ended(): Promise<void> {
    await this.#running;
    if (this.#bugs.length > 0) throw this.#bugs[0];
  }
}
