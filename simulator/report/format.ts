// simulator/report/format.ts — Numbers for people: grouped digits, durations, bytes, rates.
const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const MAX_GROUPED = 1e15;
const THOUSAND = ['', 'k', 'M', 'G', 'T'] as const;

/** 1,234,567 */
export function count(value: number): string {
  // What a consumer writes may be any number. Beyond this it would fill a line with digits.
  return Math.abs(value) < MAX_GROUPED ? GROUPED.format(value) : value.toExponential(3);
}

/** `1 row`, `2 rows` */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** 950, 12.3k, 4.57M: three digits that stay readable while they change. */
export function compactCount(value: number): string {
  if (value < 999.5) return String(Math.round(value));
  const { digits, unit } = scaled(value);
  return `${digits}${unit}`;
}

/** 0.84 ms, 12.3 ms, 4.2 s, 3 min 20 s, 2 h 5 min */
export function duration(milliseconds: number): string {
  if (milliseconds < 9.995) return milliseconds === 0 ? '0 ms' : `${milliseconds.toFixed(2)} ms`;
  if (milliseconds < 999.5) return `${milliseconds.toPrecision(3)} ms`;
  if (milliseconds < 119_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${count(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** 53.4 MB */
export function bytes(value: number): string {
  if (value < 999.5) return `${Math.round(value)} B`;
  const { digits, unit } = scaled(value);
  return `${digits} ${unit}B`;
}

/** 52,310 events/s */
export function rate(perSecond: number): string {
  return `${perSecond < 10 ? Number(perSecond.toFixed(1)) : count(perSecond)} events/s`;
}

/** 33.4 % */
export function share(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** A threshold's measurement in its own unit. */
export function measured(value: number | null, unit: string): string {
  if (value === null) return 'not measured';
  if (unit === 'ms') return duration(value);
  if (unit === 'events/s') return rate(value);
  return `${Number(value.toPrecision(4))} ${unit}`.trimEnd();
}

/** `20241001` -> 2024-10-01 */
export function dayName(day: string): string {
  return /^\d{8}$/.test(day) ? `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}` : day;
}

/** `2026-11-23T15:30:12.480Z` -> 2026-11-23 15:30:12 UTC */
export function instant(iso: string): string {
  return iso.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC');
}

/** Rounds first, as 999,999 is 1.00M and not 1000k. */
function scaled(value: number): { digits: string; unit: string } {
  let rounded = value;
  let step = 0;
  while (rounded >= 999.5 && step < THOUSAND.length - 1) {
    rounded /= 1000;
    step++;
  }
  return { digits: rounded.toPrecision(3), unit: THOUSAND[step] ?? '' };
}
