// contract/calendar.ts — Local days in the rules' zone, and the instants at which a day starts, ends, is published and forgotten.
import { DateTime } from 'luxon';
import type { Day } from './events.js';
import type { Rules } from './rules.js';

export interface DaySpan {
  readonly day: Day;
  /** First instant of the day, ms since 1970 UTC. */
  readonly startMs: number;
  /** First instant of the next day; the day's scores never change from then on. */
  readonly endMs: number;
}

const MAX_DAYS_REMEMBERED = 1000;

export class Calendar {
  readonly #zone: string;
  readonly #publishedAfterMs: number;
  readonly #historyDays: number;
  #last: DaySpan | undefined;
  /** Asked for again and again, for few days. */
  readonly #spans = new Map<Day, DaySpan>();
  readonly #sums = new Map<string, Day>();

  constructor(rules: Pick<Rules, 'zone' | 'publishedAfterMinutes' | 'historyDays'>) {
    this.#zone = rules.zone;
    this.#publishedAfterMs = rules.publishedAfterMinutes * 60_000;
    this.#historyDays = rules.historyDays;
  }

  /** The local day that holds an instant. Cheap for instants in the same day as the last one asked for. */
  at(timeMs: number): DaySpan {
    const last = this.#last;
    if (last && timeMs >= last.startMs && timeMs < last.endMs) return last;
    this.#last = spanOf(DateTime.fromMillis(timeMs, { zone: this.#zone }));
    return this.#last;
  }

  span(day: Day): DaySpan {
    return remembered(this.#spans, day, () => spanOf(this.#dateOf(day)));
  }

  /** From this instant on clients are given `day`. */
  publishedAtMs(day: Day): number {
    return this.span(day).endMs + this.#publishedAfterMs;
  }

  /** From this instant on `day` can no longer be read. */
  forgottenAtMs(day: Day): number {
    return this.publishedAtMs(this.plusDays(day, this.#historyDays));
  }

  plusDays(day: Day, days: number): Day {
    return remembered(this.#sums, `${day} ${days}`, () => this.#dateOf(day).plus({ days }).toFormat('yyyyMMdd'));
  }

  /** The newest day that clients may be given at an instant. */
  newestPublishedAt(timeMs: number): Day {
    return this.plusDays(this.at(timeMs - this.#publishedAfterMs).day, -1);
  }

  /** Minutes that local time is ahead of UTC at an instant. */
  utcOffsetMinutes(timeMs: number): number {
    return DateTime.fromMillis(timeMs, { zone: this.#zone }).offset;
  }

  #dateOf(day: Day): DateTime {
    return DateTime.fromFormat(day, 'yyyyMMdd', { zone: this.#zone });
  }
}

function remembered<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  let value = values.get(key);
  if (value === undefined) {
    value = make();
    if (values.size >= MAX_DAYS_REMEMBERED) values.clear();
    values.set(key, value);
  }
  return value;
}

export function isZone(zone: string): boolean {
  return DateTime.local({ zone }).isValid;
}

/** An ISO local date-time without a zone, read in `zone`; undefined when it is not one. */
export function parseLocal(text: string, zone: string): number | undefined {
  const parsed = DateTime.fromISO(text, { zone });
  return parsed.isValid ? parsed.toMillis() : undefined;
}

/** The inverse of `parseLocal`, to the millisecond: 2024-10-01T09:30:15.123. */
export function formatLocal(timeMs: number, zone: string): string {
  return DateTime.fromMillis(timeMs, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS");
}

function spanOf(instant: DateTime): DaySpan {
  const start = instant.startOf('day');
  if (!start.isValid) throw new RangeError(`not a local day: ${instant.invalidExplanation ?? instant.toString()}`);
  return { day: start.toFormat('yyyyMMdd'), startMs: start.toMillis(), endMs: start.plus({ days: 1 }).toMillis() };
}
