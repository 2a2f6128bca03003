// simulator/workload/directors.ts — All directed moves of one lane: which one decides the next event, and what each has done so far.
import { elementAt } from '../../contract/assert.js';
import { directorsOf, passTime } from './aims.js';
import type { Aimed, DirectedLane, Director } from './director.js';
import type { GeneratedPlan } from './plan.js';

export class Directors {
  readonly #directors: readonly Director[];
  /** Events decided, by position of the aim. */
  readonly #moves: number[];

  constructor(plan: GeneratedPlan) {
    this.#directors = directorsOf(plan);
    this.#moves = plan.scenario.aim.map(() => 0);
  }

  /** The first aim that wants the event has it. When none does and one wants silence, nothing that counts happens. */
  take(lane: DirectedLane): boolean {
    for (const director of this.#directors) {
      if (!director.direct(lane)) continue;
      this.count(director.aim);
      return true;
    }
    for (const director of this.#directors) if (director.wantsSilence(lane.timeMs)) return passTime(lane);
    return false;
  }

  /** Counts one more event that an aim has decided. */
  count(aim: number): void {
    this.#moves[aim] = elementAt(this.#moves, aim) + 1;
  }

  /** By position of the aim in the scenario. */
  get aimed(): Aimed[] {
    const leftOf = (aim: number) => this.#directors.find((director) => director.aim === aim)?.left() ?? 0;
    return this.#moves.map((moves, aim) => ({ moves, left: leftOf(aim) }));
  }
}
