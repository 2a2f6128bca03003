// simulator/workload/rate-curve.ts — A phase's arrival rate as straight pieces, and the instant by which a given share of its events has come.
import { elementAt } from '../../contract/assert.js';
import type { Phase } from '../scenario/schema.js';

const HOUR_MS = 3_600_000;

/**
 * Relative traffic at each full local hour of a day with a trough before dawn and an evening peak: the shape that
 * large web services publish (e.g. Wikimedia's hourly page views), rounded by hand. Not measured on this system.
 */
const EVENING_PEAK = [55, 38, 27, 21, 19, 21, 29, 43, 58, 68, 73, 77, 82, 80, 77, 77, 79, 83, 88, 93, 98, 100, 93, 75];

/** Piecewise linear rate over [0, durationMs]; rates are relative. */
export interface RatePiece {
  readonly startMs: number;
  readonly endMs: number;
  readonly startRate: number;
  readonly endRate: number;
}

/** @param localHour of the phase's start, 0 <= localHour < 24 */
export function piecesOf(phase: Phase, localHour: number): RatePiece[] {
  const duration = phase.durationHours * HOUR_MS;
  switch (phase.shape) {
    case 'constant':
      return [{ startMs: 0, endMs: duration, startRate: 1, endRate: 1 }];
    case 'ramp':
      return [{ startMs: 0, endMs: duration, startRate: phase.from, endRate: phase.to }];
    case 'step': {
      const at = duration * phase.stepAt;
      return [
        { startMs: 0, endMs: at, startRate: phase.from, endRate: phase.from },
        { startMs: at, endMs: duration, startRate: phase.to, endRate: phase.to },
      ];
    }
    case 'stairs':
      return Array.from({ length: phase.steps }, (_, i) => ({
        startMs: (duration * i) / phase.steps,
        endMs: (duration * (i + 1)) / phase.steps,
        startRate: i + 1,
        endRate: i + 1,
      }));
    case 'spike': {
      const from = (duration * (1 - phase.peakShare)) / 2;
      const to = duration - from;
      return [
        { startMs: 0, endMs: from, startRate: 1, endRate: 1 },
        { startMs: from, endMs: (from + to) / 2, startRate: 1, endRate: phase.factor },
        { startMs: (from + to) / 2, endMs: to, startRate: phase.factor, endRate: 1 },
        { startMs: to, endMs: duration, startRate: 1, endRate: 1 },
      ].filter((piece) => piece.endMs > piece.startMs);
    }
    case 'diurnal':
      return diurnal(phase.hourlyWeights ?? EVENING_PEAK, {
        duration,
        ...(phase.curve ?? { fromHour: localHour, hours: phase.durationHours }),
      });
  }
}

function diurnal(weights: readonly number[], span: { duration: number; fromHour: number; hours: number }): RatePiece[] {
  const rateAt = (hour: number) => {
    const from = elementAt(weights, Math.floor(hour) % 24);
    const to = elementAt(weights, (Math.floor(hour) + 1) % 24);
    return from + (to - from) * (hour - Math.floor(hour));
  };
  const pieces: RatePiece[] = [];
  let hour = span.fromHour;
  const end = span.fromHour + span.hours;
  const at = (h: number) => ((h - span.fromHour) * span.duration) / span.hours;
  while (hour < end) {
    const next = Math.min(Math.floor(hour) + 1, end);
    pieces.push({ startMs: at(hour), endMs: at(next), startRate: rateAt(hour), endRate: rateAt(next) });
    hour = next;
  }
  return pieces;
}

/** The instant, in ms from the phase's start, by which a share of the phase's events has come. */
export class RateCurve {
  readonly #pieces: readonly RatePiece[];
  /** Events before each piece, relative; one more entry holds the total. */
  readonly #before: number[] = [0];
  #piece = 0;

  constructor(pieces: readonly RatePiece[]) {
    this.#pieces = pieces;
    let total = 0;
    for (const { startMs, endMs, startRate, endRate } of pieces) {
      total += ((startRate + endRate) / 2) * (endMs - startMs);
      this.#before.push(total);
    }
  }

  get #total(): number {
    return this.#before.at(-1) ?? 0;
  }

  /** @param share in [0, 1], never smaller than in the call before */
  timeOfShare(share: number): number {
    const target = share * this.#total;
    while (this.#piece < this.#pieces.length - 1 && target > (this.#before[this.#piece + 1] ?? 0)) this.#piece += 1;
    const piece = this.#pieces[this.#piece];
    if (!piece) return 0;
    return piece.startMs + timeInPiece(piece, target - (this.#before[this.#piece] ?? 0));
  }

  /** Share of the phase's events that come in [fromMs, toMs). */
  shareBetween(fromMs: number, toMs: number): number {
    return (this.#cumulative(toMs) - this.#cumulative(fromMs)) / this.#total;
  }

  #cumulative(timeMs: number): number {
    const index = this.#pieces.findIndex((piece) => timeMs < piece.endMs);
    const piece = this.#pieces[index];
    if (!piece) return this.#total;
    const t = Math.max(0, timeMs - piece.startMs);
    const slope = (piece.endRate - piece.startRate) / (piece.endMs - piece.startMs);
    return elementAt(this.#before, index) + piece.startRate * t + (slope * t * t) / 2;
  }
}

/** Solves startRate t + slope t^2 / 2 = amount; the form with the root below the line does not cancel when slope is 0. */
function timeInPiece(piece: RatePiece, amount: number): number {
  const length = piece.endMs - piece.startMs;
  const slope = (piece.endRate - piece.startRate) / length;
  const root = Math.sqrt(Math.max(0, piece.startRate * piece.startRate + 2 * slope * amount));
  const sum = piece.startRate + root;
  return sum === 0 ? 0 : Math.min(length, (2 * amount) / sum);
}
