// simulator/workload/merged-records.ts — The records of all lanes in the order in which they are to be sent; with equal times, lane by lane.
import { contentPools } from './content.js';
import { Lane } from './lane.js';
import type { Plan } from './plan.js';
import { RecordStream } from './record-stream.js';

/** `current` is valid until the next call of `advance`. */
export class MergedRecords {
  /** Those that have a record left; each stands at its next one. */
  readonly #streams: RecordStream[] = [];
  #current: RecordStream | undefined;

  constructor(plan: Plan) {
    const pools = contentPools(plan.scenario);
    for (let index = 0; index < plan.lanes; index += 1) {
      const stream = new RecordStream(plan, new Lane(plan, index), pools);
      if (stream.advance()) this.#streams.push(stream);
    }
  }

  get current(): RecordStream | undefined {
    return this.#current;
  }

  /** @returns false when there are no more records */
  advance(): boolean {
    const last = this.#current;
    if (last && !last.advance()) this.#streams.splice(this.#streams.indexOf(last), 1);
    let soonest = this.#streams[0];
    for (const stream of this.#streams) if (soonest && stream.dueMs < soonest.dueMs) soonest = stream;
    this.#current = soonest;
    return soonest !== undefined;
  }
}
