// consumer/runtime/service-clock.ts — What time it is for the service, and when a day's keys may go.
import type { Calendar } from '../../contract/calendar.js';
import { type ClockSettings, eventTimeAt, wallTimeAt } from '../../contract/clock.js';
import type { Day } from '../../contract/events.js';

/** With event time as the clock, keys stay at least this long after a write: wall time says nothing of event time. */
const LEAST_STAY_MS = 86_400_000;

export class ServiceClock {
  readonly #settings: ClockSettings;
  readonly #calendar: Calendar;
  readonly #wallMs: () => number;
  #newestEventTimeMs: number | undefined;

  constructor(settings: ClockSettings, calendar: Calendar, wallMs: () => number) {
    this.#settings = settings;
    this.#calendar = calendar;
    this.#wallMs = wallMs;
  }

  /** Only the records tell the time. */
  get isEventTime(): boolean {
    return this.#settings.kind === 'event-time';
  }

  /** Tells of an event time that was read; only the event-time clock is moved by it. */
  seen(eventTimeMs: number): void {
    if (this.#newestEventTimeMs === undefined || eventTimeMs > this.#newestEventTimeMs) {
      this.#newestEventTimeMs = eventTimeMs;
    }
  }

  /** Event time now. The event-time clock shows the newest one this process has read, and nothing before the first. */
  now(): number | undefined {
    const settings = this.#settings;
    return settings.kind === 'event-time' ? this.#newestEventTimeMs : eventTimeAt(settings, this.#wallMs());
  }

  /** Undefined when the clock has no mapping to wall time. */
  wallTimeOf(eventTimeMs: number): number | undefined {
    const settings = this.#settings;
    return settings.kind === 'event-time' ? undefined : wallTimeAt(settings, eventTimeMs);
  }

  /**
   * Wall time from which a day's keys may go; undefined when it has passed, and nothing of the day need be written.
   * The event-time clock guesses that event time will go on as fast as wall time, and never gives less than a day.
   */
  expireAtMs(day: Day): number | undefined {
    const settings = this.#settings;
    const forgottenAtMs = this.#calendar.forgottenAtMs(day);
    if (settings.kind === 'event-time') {
      const leftMs = forgottenAtMs - (this.#newestEventTimeMs ?? forgottenAtMs);
      return Math.ceil(this.#wallMs() + Math.max(LEAST_STAY_MS, leftMs));
    }
    const atMs = Math.ceil(wallTimeAt(settings, forgottenAtMs));
    return atMs > this.#wallMs() ? atMs : undefined;
  }
}
