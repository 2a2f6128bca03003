// simulator/report/format.ts — Numbers for people: grouped digits, durations, bytes, rates.

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 1,234,567 */
export function count(value: number): string {
  return GROUPED.format(value);
}

/** 950, 12.3k, 4.57M: three digits that stay readable while they change. */
export function compactCount(value: number): string {
  if (value < 1000) return String(Math.round(value));
  if (value < 1_000_000) return `${(value / 1000).toPrecision(3)}k`;
  return `${(value / 1_000_000).toPrecision(3)}M`;
}

/** 0.84 ms, 12.3 ms, 4.2 s, 3 min 20 s */
export function duration(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(2)} ms`;
  if (milliseconds < 1000) return `${milliseconds.toPrecision(3)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** 53.4 MB */
export function bytes(value: number): string {
  if (value < 1e3) return `${value} B`;
  if (value < 1e6) return `${(value / 1e3).toPrecision(3)} kB`;
  if (value < 1e9) return `${(value / 1e6).toPrecision(3)} MB`;
  return `${(value / 1e9).toPrecision(3)} GB`;
}

/** 52,310 events/s */
export function rate(perSecond: number): string {
  return `${count(perSecond)} events/s`;
}
