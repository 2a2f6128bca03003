// contract/calendar.ts — Local days in the rules' zone, and the instants at which a day starts, ends, is published and forgotten.
import { DateTime, IANAZone, Info, type Zone } from 'luxon';
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
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** No zone is as far from UTC as this. */
const REACH_MS = 16 * HOUR_MS;
/** Two changes of the clocks are never as close as this. */
const STEP_MS = 8 * HOUR_MS;

/**
 * Days follow each other without a gap: one begins when its date is first reached in the zone, and ends when the next one
 * begins. So an instant has one day, also where clocks skip midnight, are set back over it, or skip a whole date.
 */
export class Calendar {
  readonly #zone: Zone;
  readonly #publishedAfterMs: number;
  readonly #historyDays: number;
  /** The last two days asked for: around midnight events of both come in turns. */
  #last: DaySpan | undefined;
  #lastButOne: DaySpan | undefined;
  /** Asked for again and again, for few days. */
  readonly #spans = new Map<Day, DaySpan>();
  readonly #sums = new Map<string, Day>();
  readonly #known: KnownOfZone;

  constructor(rules: Pick<Rules, 'zone' | 'publishedAfterMinutes' | 'historyDays'>) {
    this.#zone = Info.normalizeZone(rules.zone);
    this.#known = knownOf(this.#zone);
    this.#publishedAfterMs = rules.publishedAfterMinutes * 60_000;
    this.#historyDays = rules.historyDays;
  }

  /** The local day that holds an instant. Cheap for instants in the same two days as the last ones asked for. */
  at(timeMs: number): DaySpan {
    const last = this.#last;
    if (last && timeMs >= last.startMs && timeMs < last.endMs) return last;
    const other = this.#lastButOne;
    const found = other && timeMs >= other.startMs && timeMs < other.endMs ? other : this.#find(timeMs);
    this.#lastButOne = last;
    this.#last = found;
    return found;
  }

  /** @throws RangeError when the date does not exist */
  span(day: Day): DaySpan {
    return remembered(this.#spans, day, () => {
      const midnightMs = utcMidnight(day);
      return { day, startMs: this.#startOf(midnightMs), endMs: this.#startOf(midnightMs + DAY_MS) };
    });
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
    return remembered(this.#sums, `${day} ${days}`, () => dayOf(utcMidnight(day) + days * DAY_MS));
  }

  /** The newest day that clients may be given at an instant. */
  newestPublishedAt(timeMs: number): Day {
    return this.plusDays(this.at(timeMs - this.#publishedAfterMs).day, -1);
  }

  /** The instant so many days later at the same local time; where the clocks skip that, just after. */
  sameTimeAfterDays(timeMs: number, days: number): number {
    return DateTime.fromMillis(timeMs, { zone: this.#zone }).plus({ days }).toMillis();
  }

  /** Minutes that local time is ahead of UTC at an instant. Cheap where the clocks do not change in the same hours. */
  utcOffsetMinutes(timeMs: number): number {
    const stretch = Math.floor(timeMs / STEP_MS);
    const kept = this.#known.offsets.get(stretch);
    if (kept !== undefined) return kept;
    const [first, last] = [this.#zone.offset(stretch * STEP_MS), this.#zone.offset((stretch + 1) * STEP_MS)];
    return first === last ? remembered(this.#known.offsets, stretch, () => first) : this.#zone.offset(timeMs);
  }

  #find(timeMs: number): DaySpan {
    let midnightMs = Math.floor((timeMs + this.#offsetMs(timeMs)) / DAY_MS) * DAY_MS;
    // Clocks that were set back over midnight show the day before again, which has ended.
    while (timeMs >= this.#startOf(midnightMs + DAY_MS)) midnightMs += DAY_MS;
    return this.span(dayOf(midnightMs));
  }

  /** @param midnightMs of the date in UTC */
  #startOf(midnightMs: number): number {
    return remembered(this.#known.starts, midnightMs, () => this.#firstInstant(midnightMs));
  }

  /** The first instant at which local time has come to the date. */
  #firstInstant(midnightMs: number): number {
    const lastMs = midnightMs + REACH_MS;
    for (let fromMs = midnightMs - REACH_MS; fromMs < lastMs; ) {
      const offsetMs = this.#offsetMs(fromMs);
      const untilMs = this.#changeAfter(fromMs, offsetMs, lastMs);
      const startMs = Math.max(fromMs, midnightMs - offsetMs);
      if (startMs < untilMs) return startMs;
      fromMs = untilMs;
    }
    throw new RangeError(`expected a zone within a day of UTC, found ${this.#zone.name}`);
  }

  /** When the offset is first another one after `fromMs`; at most `lastMs`. */
  #changeAfter(fromMs: number, offsetMs: number, lastMs: number): number {
    let before = fromMs;
    while (before < lastMs) {
      const after = Math.min(before + STEP_MS, lastMs);
      if (this.#offsetMs(after) !== offsetMs) return this.#changeBetween(before, after, offsetMs);
      before = after;
    }
    return lastMs;
  }

  /** @param before an instant with the offset, @param after one with another */
  #changeBetween(before: number, after: number, offsetMs: number): number {
    let low = before;
    let high = after;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#offsetMs(middle) === offsetMs) low = middle;
      else high = middle;
    }
    return high;
  }

  #offsetMs(timeMs: number): number {
    return Math.round(this.#zone.offset(timeMs) * 60_000);
  }
}

/** What was asked of a zone before, by any calendar: it is slow to answer. */
interface KnownOfZone {
  /** When days start, by midnight in UTC; ms. */
  readonly starts: Map<number, number>;
  /** Minutes ahead of UTC, by stretches of `STEP_MS` in which the clocks do not change. */
  readonly offsets: Map<number, number>;
}

const zones = new WeakMap<Zone, KnownOfZone>();

function knownOf(zone: Zone): KnownOfZone {
  const known = zones.get(zone) ?? { starts: new Map(), offsets: new Map() };
  zones.set(zone, known);
  return known;
}

/** @throws RangeError when the date does not exist */
function utcMidnight(day: Day): number {
  const midnightMs = Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`);
  if (!/^\d{8}$/.test(day) || Number.isNaN(midnightMs) || dayOf(midnightMs) !== day) {
    throw new RangeError(`expected a date as yyyyMMdd, found "${day}"`);
  }
  return midnightMs;
}

function dayOf(utcMidnightMs: number): Day {
  return new Date(utcMidnightMs).toISOString().slice(0, -14).replaceAll('-', '');
}

function remembered<Key, Value>(values: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = values.get(key);
  if (value === undefined) {
    value = make();
    if (values.size >= MAX_DAYS_REMEMBERED) values.clear();
    values.set(key, value);
  }
  return value;
}

/** Whether it is a zone of the tz database. Neither an offset is one, nor `local`, which every machine takes for another. */
export function isZone(zone: string): boolean {
  return /^[A-Za-z]/.test(zone) && IANAZone.isValidZone(zone);
}

/** An ISO local date-time without a zone, read in `zone`; undefined when it is not one. */
export function parseLocal(text: string, zone: string): number | undefined {
  const parsed = DateTime.fromISO(text, { zone });
  return parsed.isValid ? parsed.toMillis() : undefined;
}

/** @throws RangeError when the text is no local date-time, which is a bug: scenarios were checked when they were read */
export function instantOf(text: string, zone: string): number {
  const timeMs = parseLocal(text, zone);
  if (timeMs === undefined) throw new RangeError(`expected a local date-time, found "${text}"`);
  return timeMs;
}

/** The inverse of `parseLocal`, to the millisecond: 2024-10-01T09:30:15.123. */
export function formatLocal(timeMs: number, zone: string): string {
  return DateTime.fromMillis(timeMs, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS");
}
