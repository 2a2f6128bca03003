// simulator/workload/arrivals.ts — The instants of a lane's events: exactly as many as planned, in time order, one at a time.
import { elementAt } from '../../contract/assert.js';
import { exp, ln } from './exact-math.js';
import type { PlannedPhase } from './plan.js';
import type { RandomStream } from './random.js';
import { RateCurve } from './rate-curve.js';

/** A Poisson process known to have n arrivals is n sorted uniform draws (Cox and Lewis 1966). They are drawn in order, so none is kept. */
export class Arrivals {
  readonly #phases: readonly PlannedPhase[];
  readonly #eventsOf: readonly number[];
  readonly #random: RandomStream;
  #index = -1;
  #left = 0;
  #drawn = 0;
  #share = 0;
  #curve = new RateCurve([]);

  /** @param eventsOf events of this lane in each phase */
  constructor(phases: readonly PlannedPhase[], eventsOf: readonly number[], random: RandomStream) {
    this.#phases = phases;
    this.#eventsOf = eventsOf;
    this.#random = random;
  }

  /** Index of the phase that the last arrival belongs to. */
  get phase(): number {
    return this.#index;
  }

  /** Event time of the next arrival in ms (not yet rounded), or undefined when there are no more. */
  next(): number | undefined {
    while (this.#left === 0) {
      this.#index += 1;
      const phase = this.#phases[this.#index];
      if (!phase) return undefined;
      this.#left = elementAt(this.#eventsOf, this.#index);
      this.#drawn = 0;
      this.#share = 0;
      this.#curve = new RateCurve(phase.pieces);
    }
    const phase = this.#phases[this.#index];
    if (!phase) return undefined;
    this.#drawn += 1;
    if (phase.spacing === 'even') this.#share = (this.#drawn - 0.5) / (this.#drawn + this.#left - 1);
    // The smallest of n uniforms on (share, 1) leaves a gap of factor u^(1/n).
    else this.#share = 1 - (1 - this.#share) * exp(ln(this.#random.unit()) / this.#left);
    this.#left -= 1;
    return phase.startMs + this.#curve.timeOfShare(this.#share);
  }
}
