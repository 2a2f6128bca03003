// simulator/workload/local-time.ts — Writes local date-times as JSON: "2024-10-01T09:30:15.123" or [2024,10, 1, 9,30,15,123000000]. Everything but the seconds is kept from the last call.
import type { Calendar } from '../../contract/calendar.js';
import { writeInteger, writePadded } from './snowflake.js';

const MINUTE_MS = 60_000;
const SPACE = 32;

export type DateForm = 'iso' | 'array';

interface Form {
  /** Date, hours and minutes, from an ISO text. */
  readonly prefix: (iso: string) => string;
  /** What follows the prefix: the seconds, and the text between them and the fraction. */
  readonly between: Buffer;
  /** Digits of seconds and of the fraction; the array has no zeros in front of them, but spaces. */
  readonly pad: (out: Buffer, offset: number, value: number, digits: number) => number;
  readonly fraction: { readonly digits: number; readonly perMs: number };
  readonly end: Buffer;
  /** Bytes of a whole date-time; all have the same length. */
  readonly bytes: number;
}

const FORMS: Readonly<Record<DateForm, Form>> = {
  iso: {
    prefix: (iso) => `"${iso.slice(0, 17)}`,
    between: Buffer.from('.'),
    pad: writePadded,
    fraction: { digits: 3, perMs: 1 },
    end: Buffer.from('"'),
    bytes: 25,
  },
  array: {
    prefix: (iso) => `[${iso.slice(0, 16).split(/\D/).map(withoutZero).join(',')},`,
    between: Buffer.from(','),
    pad: writeSpaced,
    fraction: { digits: 9, perMs: 1_000_000 },
    end: Buffer.from(']'),
    bytes: 31,
  },
};

/** The form of a date-time as JSON. */
export function localTimeBytes(form: DateForm): number {
  return FORMS[form].bytes;
}

const QUARTER_MS = 15 * MINUTE_MS;

export class LocalTime {
  readonly #calendar: Calendar;
  readonly #form: Form;
  readonly #offsets = new Map<number, number>();
  #prefix = Buffer.alloc(0);
  #minute = Number.NaN;

  constructor(calendar: Calendar, form: DateForm) {
    this.#calendar = calendar;
    this.#form = FORMS[form];
  }

  /** @returns the offset after what was written */
  write(out: Buffer, offset: number, timeMs: number): number {
    const minute = Math.floor(timeMs / MINUTE_MS);
    if (minute !== this.#minute) this.#setMinute(minute);
    const { between, pad, fraction, end } = this.#form;
    const ms = timeMs - minute * MINUTE_MS;
    const seconds = Math.floor(ms / 1000);
    let at = pad(out, copied(out, offset, this.#prefix), seconds, 2);
    at = pad(out, copied(out, at, between), (ms - seconds * 1000) * fraction.perMs, fraction.digits);
    return copied(out, at, end);
  }

  #setMinute(minute: number): void {
    this.#minute = minute;
    const start = minute * MINUTE_MS;
    const local = new Date(start + this.#offsetMs(start));
    this.#prefix = Buffer.from(this.#form.prefix(local.toISOString()));
  }

  /** Kept for a quarter of an hour, unless the clocks change within it: in Newfoundland they did at 00:01. */
  #offsetMs(timeMs: number): number {
    const quarter = Math.floor(timeMs / QUARTER_MS);
    const kept = this.#offsets.get(quarter);
    if (kept !== undefined) return kept;
    const offsetMs = this.#calendar.utcOffsetMinutes(timeMs) * MINUTE_MS;
    const ends = [quarter * QUARTER_MS, (quarter + 1) * QUARTER_MS - 1];
    if (ends.every((end) => this.#calendar.utcOffsetMinutes(end) * MINUTE_MS === offsetMs)) {
      this.#offsets.set(quarter, offsetMs);
    }
    return offsetMs;
  }
}

function copied(out: Buffer, offset: number, bytes: Buffer): number {
  // For a few bytes a loop is quicker than calling a built-in.
  for (let i = 0; i < bytes.length; i += 1) out[offset + i] = bytes[i] ?? 0;
  return offset + bytes.length;
}

/** A leading space instead of a zero, which JSON forbids, keeps what follows in its place. */
function withoutZero(digits: string): string {
  return digits.replace(/^0(?=\d)/, ' ');
}

function writeSpaced(out: Buffer, offset: number, value: number, digits: number): number {
  let length = 1;
  for (let limit = 10; value >= limit; limit *= 10) length += 1;
  out.fill(SPACE, offset, offset + digits - length);
  return writeInteger(out, offset + digits - length, value);
}
