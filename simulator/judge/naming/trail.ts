// simulator/judge/naming/trail.ts — What a bug makes of an article, event by event, around the event from which on it is not what the rules make it.
import type { LogEvent } from '../../history/log-event.js';

/** Events before and after that one. */
export const BEFORE = 8;
export const AFTER = 6;

export interface Step {
  readonly log: LogEvent;
  /** like, comment, view; after the event. */
  readonly counts: readonly number[];
}

export class Trail {
  /** The event from which on it is another than by the rules. */
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
    // Until they part, nobody knows where that will be.
    if (this.parting === undefined) this.steps.splice(0, Math.max(0, this.steps.length - BEFORE));
  }
}
