// simulator/judge/naming/arrival.ts — What a fold is fed with: an event as it arrives, and the rules of the run.
import type { Calendar } from '../../../contract/calendar.js';
import type { Day } from '../../../contract/events.js';
import type { Rules } from '../../../contract/rules.js';
import type { LogEvent } from '../../history/log-event.js';
import type { CountEvent, CounterName } from './counts.js';

/** One event of the log, with what the variants need to know of it. */
export interface Arrival {
  readonly log: LogEvent;
  /** Undefined when it carries no count. */
  readonly count: CountEvent | undefined;
  readonly day: Day;
  readonly processingDay: Day;
  /** The same event came before. */
  readonly isRepeat: boolean;
  /** The last count that any article was given. */
  readonly shared: Readonly<Record<CounterName, number>>;
}

export interface VariantRules {
  readonly rules: Rules;
  readonly calendar: Calendar;
  readonly viewsPerEvent: number;
}
