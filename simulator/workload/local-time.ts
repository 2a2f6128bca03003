// simulator/workload/local-time.ts — Writes local date-times such as 2024-10-01T09:30:15.123; all but seconds are kept from the last call.
import type { Calendar } from '../../contract/calendar.js';
import { writePadded } from './snowflake.js';

const MINUTE_MS = 60_000;
const PREFIX = 17;
export const LOCAL_TIME_BYTES = 23;
/** Zones change their offset at a full quarter of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;

export class LocalTime {
  readonly #calendar: Calendar;
  readonly #prefix = Buffer.alloc(PREFIX);
  readonly #offsets = new Map<number, number>();
  #minute = Number.NaN;

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
  }

  /** @returns the offset after the 23 bytes written */
  write(out: Buffer, offset: number, timeMs: number): number {
    const minute = Math.floor(timeMs / MINUTE_MS);
    if (minute !== this.#minute) this.#setMinute(minute);
    for (let i = 0; i < PREFIX; i += 1) out[offset + i] = this.#prefix[i] ?? 0;
    const ms = timeMs - minute * MINUTE_MS;
    const seconds = Math.floor(ms / 1000);
    const at = writePadded(out, offset + PREFIX, seconds, 2);
    out[at] = 46;
    return writePadded(out, at + 1, ms - seconds * 1000, 3);
  }

  #setMinute(minute: number): void {
    this.#minute = minute;
    const start = minute * MINUTE_MS;
    const local = new Date(start + this.#offsetMs(start));
    this.#prefix.write(local.toISOString().slice(0, PREFIX), 'latin1');
  }

  #offsetMs(timeMs: number): number {
    const quarter = Math.floor(timeMs / QUARTER_MS);
    let offsetMs = this.#offsets.get(quarter);
    if (offsetMs === undefined) {
      offsetMs = this.#calendar.utcOffsetMinutes(timeMs) * MINUTE_MS;
      this.#offsets.set(quarter, offsetMs);
    }
    return offsetMs;
  }
}
