// simulator/judge/naming/event-days.ts — Into which day a consumer with given traits puts events and articles.
import type { Day } from '../../../contract/events.js';
import type { Arrival } from './arrival.js';
import type { OtherDay, Traits } from './traits.js';

const DAY_MS = 86_400_000;

/** Stands for all days at once. */
export const ANY_DAY = '';

export class EventDays {
  readonly #traits: Pick<Traits, 'day' | 'afterClose'>;
  /** The last day that was asked for in another zone: days since 1970, and its date. */
  #number = Number.NaN;
  #date: Day = ANY_DAY;

  constructor(traits: Pick<Traits, 'day' | 'afterClose'>) {
    this.#traits = traits;
  }

  ofEvent({ log, day, processingDay }: Arrival): Day {
    if (this.#traits.afterClose === 'counted') return ANY_DAY;
    const { day: by } = this.#traits;
    if (by === 'of the event') return day;
    return by === 'of processing' ? processingDay : this.#at(log.timeMs, by);
  }

  ofArticle(createdDay: Day, timeMs: number): Day {
    const { day: by } = this.#traits;
    return typeof by === 'object' && by.of === 'events and articles' ? this.#at(timeMs, by) : createdDay;
  }

  #at(timeMs: number, { offsetMinutes }: OtherDay): Day {
    const number = Math.floor((timeMs + offsetMinutes * 60_000) / DAY_MS);
    if (number !== this.#number) {
      this.#number = number;
      this.#date = new Date(number * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
    }
    return this.#date;
  }
}
