// simulator/workload/merged-records.ts — The records of all lanes in the order in which they are to be sent; with equal times, lane by lane.
import { lanesOf } from './lanes.js';
import type { Plan } from './plan.js';
import type { PlannedLane } from './planned-lane.js';

/** `current` is valid until the next call of `advance`. */
export class MergedRecords {
  /** Lanes that have a record left, each at its next record. */
  readonly #lanes: PlannedLane[] = [];
  #current: PlannedLane | undefined;

  constructor(plan: Plan) {
    const open = lanesOf(plan);
    for (let index = 0; index < plan.lanes; index += 1) {
      const lane = open(index);
      if (lane.advance()) this.#lanes.push(lane);
    }
  }

  get current(): PlannedLane | undefined {
    return this.#current;
  }

  /** @returns false when there are no more records */
  advance(): boolean {
    const last = this.#current;
    if (last && !last.advance()) this.#lanes.splice(this.#lanes.indexOf(last), 1);
    let soonest = this.#lanes[0];
    for (const lane of this.#lanes) if (soonest && lane.dueMs < soonest.dueMs) soonest = lane;
    this.#current = soonest;
    return soonest !== undefined;
  }
}
