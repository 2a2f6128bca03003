// simulator/judge/naming/divergence-trail.ts — What a bug makes of an article, event by event, around the event at which it parts from the rules.
import type { Counts } from '../../../contract/rules.js';
import type { LogEvent } from '../../history/log-event.js';

/** Events that are kept before and after that one. */
export const BEFORE = 8;
export const AFTER = 6;

export interface Step {
  readonly log: LogEvent;
  /** After the event. */
  readonly counts: Counts;
}

export class DivergenceTrail {
  /** The event from which on the article is not as by the rules. */
  parting: LogEvent | undefined;
  readonly steps: Step[] = [];
  #left = AFTER;

  add(step: Step, isRight: boolean): void {
    if (isRight) {
      this.parting = undefined;
      this.#left = AFTER;
    } else if (this.parting === undefined) this.parting = step.log;
    else if (this.#left === 0) return;
    else this.#left -= 1;
    this.steps.push(step);
    // Before they part, any of the last events can turn out to be close to the parting.
    if (this.parting === undefined) this.steps.splice(0, Math.max(0, this.steps.length - BEFORE));
  }
}
