// contract/clock.ts — Maps wall time to event time and back: `sim` can play a day in a minute.

export type ClockSettings =
  /** Event time is wall time. */
  | { readonly kind: 'system' }
  /** At wall time `wallStartMs` event time is `eventStartMs`, and runs `speed` times as fast from there. */
  | { readonly kind: 'scaled'; readonly eventStartMs: number; readonly wallStartMs: number; readonly speed: number }
  /** Event time is the newest event time seen in every partition; there is no mapping to wall time. */
  | { readonly kind: 'event-time' };

export type MappedClock = Exclude<ClockSettings, { kind: 'event-time' }>;

export function eventTimeAt(clock: MappedClock, wallMs: number): number {
  return clock.kind === 'system' ? wallMs : clock.eventStartMs + (wallMs - clock.wallStartMs) * clock.speed;
}

export function wallTimeAt(clock: MappedClock, eventTimeMs: number): number {
  return clock.kind === 'system' ? eventTimeMs : clock.wallStartMs + (eventTimeMs - clock.eventStartMs) / clock.speed;
}

/** Text form for configuration: `system`, `event-time` or `scaled:<eventStartMs>:<wallStartMs>:<speed>`. */
export function formatClock(clock: ClockSettings): string {
  return clock.kind === 'scaled' ? `scaled:${clock.eventStartMs}:${clock.wallStartMs}:${clock.speed}` : clock.kind;
}

/** The inverse of `formatClock`; undefined when the text is none of the three forms. */
export function parseClock(text: string): ClockSettings | undefined {
  if (text === 'system' || text === 'event-time') return { kind: text };
  const match = /^scaled:(-?\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(text);
  if (!match) return undefined;
  const [eventStartMs, wallStartMs, speed] = match.slice(1).map(Number);
  if (eventStartMs === undefined || wallStartMs === undefined || !speed) return undefined;
  return { kind: 'scaled', eventStartMs, wallStartMs, speed };
}

interface Readings {
  /** The system's clock: whole milliseconds since 1970. It can be set, and goes on while the machine sleeps. */
  readonly system: () => number;
  /** Milliseconds with fractions that never go back. They stand still while the machine sleeps. */
  readonly monotonic: () => number;
}

/**
 * The system's clock with fractions of a millisecond: never outside the millisecond that the system's clock shows. So it
 * agrees between threads and processes, whenever they started, and follows a clock that is set.
 * For spans take `performance.now()`, as this time can go back.
 */
export function createWallClock({ system, monotonic }: Readings): () => number {
  let originMs = system() - monotonic();
  return () => {
    const fineMs = originMs + monotonic();
    const systemMs = system();
    const latestMs = systemMs + LAST_MICROSECOND_MS;
    if (fineMs >= systemMs && fineMs <= latestMs) return fineMs;
    const nearestMs = fineMs < systemMs ? systemMs : latestMs;
    originMs += nearestMs - fineMs;
    return nearestMs;
  };
}

const LAST_MICROSECOND_MS = 0.999;

/** Milliseconds since 1970 with fractions, by the system's clock. */
export const wallMs = createWallClock({ system: () => Date.now(), monotonic: () => performance.now() });
