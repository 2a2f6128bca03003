// simulator/produce/tally.ts — Counts and times of the sends of one producer thread, by phase of the plan.
import type { Histogram } from 'hdr-histogram-js';
import { type MappedClock, wallMs, wallTimeAt } from '../../contract/clock.js';
import { createHistogram, encodeHistogram, recordMs } from '../../contract/latency.js';
import { Windows } from '../../contract/windows.js';
import { type Plan, phaseBoundaries } from '../workload/plan.js';
import { POISON } from '../workload/planned-lane.js';
import type { PhaseProgress, Progress } from './producer-thread-messages.js';
import type { EndedRecords } from './send-journal.js';
import type { SendOutcome } from './transport.js';

interface PhaseTally {
  readonly send: Histogram;
  readonly sendDelay: Histogram;
  acked: number;
  firstSentAtMs: number;
  lastSettledAtMs: number;
}

/** When a batch was begun and sent, wall time, ms. */
interface SendTimes {
  readonly openedAtMs: number;
  readonly sentAtMs: number;
}

export class Tally {
  clock: MappedClock | undefined;
  readonly eventsByKind = new Array<number>(8).fill(0);
  readonly errors = new Map<string, number>();
  readonly recordsByPartition: number[] = [];
  /** Acknowledged records that cannot be decoded. */
  poison = 0;
  lastSettledAtMs = 0;
  #sent = 0;
  #ended = { ok: 0, fail: 0, info: 0 };
  #valueBytes = 0;
  readonly #windows: Windows;
  /** By phase; made when a first event of it was sent. */
  readonly #phases: (PhaseTally | undefined)[] = [];

  readonly #now: () => number;

  /** @param now wall time, ms */
  constructor(plan: Plan, now: () => number = wallMs) {
    this.#now = now;
    this.#windows = new Windows(phaseBoundaries(plan));
  }

  taken(kind: number, partition: number): void {
    this.#sent += 1;
    if (kind !== POISON) this.eventsByKind[kind] = (this.eventsByKind[kind] ?? 0) + 1;
    this.recordsByPartition[partition] = (this.recordsByPartition[partition] ?? 0) + 1;
  }

  poisoned({ outcome }: SendOutcome): void {
    if (outcome === 'ok') this.poison += 1;
  }

  /** One record's end. Latency counts from the intended time; without pacing, from when the batch was begun. */
  timed({ openedAtMs, sentAtMs }: SendTimes, dueMs: number, { outcome }: SendOutcome): void {
    const now = this.#now();
    const intendedMs = this.clock ? wallTimeAt(this.clock, dueMs) : openedAtMs;
    const phase = this.#phaseAt(dueMs, sentAtMs);
    recordMs(phase.send, now - intendedMs);
    recordMs(phase.sendDelay, sentAtMs - intendedMs);
    phase.lastSettledAtMs = now;
    if (outcome === 'ok') phase.acked += 1;
  }

  settled(batch: { readonly count: number; readonly valueBytes: number }, outcome: SendOutcome): void {
    this.#ended[outcome.outcome] += batch.count;
    this.#valueBytes += batch.valueBytes;
    this.lastSettledAtMs = this.#now();
    if (outcome.outcome !== 'ok') this.errors.set(outcome.reason, (this.errors.get(outcome.reason) ?? 0) + 1);
  }

  /** One record that a former thread has sent; its latencies were told by that thread. */
  sentBefore(
    { outcome, endedAtMs, isFirst }: EndedRecords & { readonly isFirst: boolean },
    { dueMs, valueBytes }: { readonly dueMs: number; readonly valueBytes: number },
  ): void {
    this.#ended[outcome.outcome] += 1;
    this.#valueBytes += valueBytes;
    this.lastSettledAtMs = Math.max(this.lastSettledAtMs, endedAtMs);
    const phase = this.#phaseAt(dueMs, endedAtMs);
    phase.lastSettledAtMs = endedAtMs;
    if (outcome.outcome === 'ok') phase.acked += 1;
    else if (isFirst) this.errors.set(outcome.reason, (this.errors.get(outcome.reason) ?? 0) + 1);
  }

  progress(): Progress {
    const phases: PhaseProgress[] = [];
    this.#phases.forEach((tally, index) => {
      if (!tally || (tally.send.totalCount === 0 && tally.acked === 0)) return;
      const { send, sendDelay, acked, firstSentAtMs, lastSettledAtMs } = tally;
      const histograms = { sendLatency: encodeHistogram(send), sendDelay: encodeHistogram(sendDelay) };
      phases.push({ index, acked, firstSentAtMs, lastSettledAtMs, ...histograms });
      tally.acked = 0;
      send.reset();
      sendDelay.reset();
    });
    return { ...this.totals, phases };
  }

  /** Since the start. */
  get totals(): Omit<Progress, 'phases'> {
    return { sent: this.#sent, ...this.#ended, valueBytes: this.#valueBytes };
  }

  #phaseAt(dueMs: number, sentAtMs: number): PhaseTally {
    const index = this.#windows.indexOf(dueMs);
    const known = this.#phases[index];
    if (known) return known;
    const histograms = { send: createHistogram(), sendDelay: createHistogram() };
    const phase = { ...histograms, acked: 0, firstSentAtMs: sentAtMs, lastSettledAtMs: sentAtMs };
    this.#phases[index] = phase;
    return phase;
  }
}
