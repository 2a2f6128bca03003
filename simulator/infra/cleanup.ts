// simulator/infra/cleanup.ts — What has to be undone, last first, each step also when another one fails.
export class Cleanup implements AsyncDisposable {
  #steps: (() => Promise<void>)[] = [];

  use<T extends AsyncDisposable>(resource: T): T {
    this.defer(async () => resource[Symbol.asyncDispose]());
    return resource;
  }

  defer(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  /** Hands the steps to another owner, so that leaving this scope undoes nothing. */
  move(): Cleanup {
    const owner = new Cleanup();
    owner.#steps = this.#steps;
    this.#steps = [];
    return owner;
  }

  /** The second call has nothing left to do. */
  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      await step().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `not everything was cleaned up: ${failures.join('; ')}`);
  }
}
