// simulator/produce/lane-producer.ts — Plays lanes into Kafka: each event at its intended time, late when it must be, never skipped and never bent to what the system can take.

import { type Parcel, PartitionQueue } from './partition-queue.js';
import type { SendOutcome, Target, Transport } from './transport.js';

/** One partition index's events in time order; `advance()` moves to the next. */
export interface EventSource {
  advance(): boolean;
  /** Event time, ms. */
  readonly timeMs: number;
  /** Position in contract's STREAMS. */
  readonly stream: number;
  writeKey(out: Buffer): number;
  writeValue(out: Buffer): number;
}

export interface ProducerOptions<Notes> {
  readonly transport: Transport;
  readonly lanes: readonly LaneOptions<Notes>[];
  readonly batchRecords: number;
  readonly lingerMs: number;
  /** Wall time at which an event is due; undefined to send as fast as it goes. */
  readonly dueAtMs: ((eventTimeMs: number) => number) | undefined;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export interface LaneOptions<Notes> {
  readonly source: EventSource;
  /** By stream. */
  readonly targets: readonly Target[];
  /** No key or value is longer. */
  readonly maxBytes: number;
  readonly createNotes: () => Notes;
  /** Notes the source's current event as the batch's next record. */
  readonly note: (parcel: Parcel<Notes>) => void;
  readonly settled: (parcel: Parcel<Notes>, outcome: SendOutcome) => void;
}

const MAX_BATCH_BYTES = 900_000;
/** Events taken from a lane before the others have their turn, and the event loop its. */
const TURN = 500;
const TICK_MS = 2;

interface LaneState<Notes> {
  readonly options: LaneOptions<Notes>;
  readonly queues: readonly PartitionQueue<Notes>[];
  readonly key: Buffer;
  readonly value: Buffer;
  /** The current event is encoded and waits to be due, or for room. */
  hasEvent: boolean;
  keyBytes: number;
  valueBytes: number;
}

/** Settles when every send has ended, or soon after the signal. */
export async function produce<Notes>(options: ProducerOptions<Notes>): Promise<void> {
  let wake = () => {};
  const lanes = options.lanes.map((lane) => startLane(lane, options, () => wake()));
  while (!options.signal.aborted) {
    const now = options.now();
    const taken = lanes.map((lane) => takeTurn(lane, options, now));
    for (const lane of lanes) for (const queue of lane.queues) queue.flush(now - options.lingerMs);
    if (lanes.every((lane) => !lane.hasEvent)) break;
    // After a full turn there may be more that is due; otherwise wait for time to pass, or for room.
    if (taken.some((count) => count === TURN)) await new Promise((resolve) => setImmediate(resolve));
    else {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, TICK_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
  await finish(lanes, options);
}

function startLane<Notes>(
  lane: LaneOptions<Notes>,
  options: ProducerOptions<Notes>,
  wake: () => void,
): LaneState<Notes> {
  const queues = lane.targets.map(
    (target) =>
      new PartitionQueue<Notes>({
        transport: options.transport,
        target,
        limits: { records: options.batchRecords, bytes: MAX_BATCH_BYTES },
        createNotes: lane.createNotes,
        now: options.now,
        settled: (parcel, outcome) => {
          lane.settled(parcel, outcome);
          wake();
        },
      }),
  );
  const state: LaneState<Notes> = {
    options: lane,
    queues,
    key: Buffer.alloc(lane.maxBytes),
    value: Buffer.alloc(lane.maxBytes),
    hasEvent: false,
    keyBytes: 0,
    valueBytes: 0,
  };
  nextEvent(state);
  return state;
}

function nextEvent<Notes>(lane: LaneState<Notes>): void {
  const { source } = lane.options;
  lane.hasEvent = source.advance();
  if (!lane.hasEvent) return;
  lane.keyBytes = source.writeKey(lane.key);
  lane.valueBytes = source.writeValue(lane.value);
}

/** @returns how many events were taken */
function takeTurn<Notes>(lane: LaneState<Notes>, options: ProducerOptions<Notes>, now: number): number {
  const { source, note } = lane.options;
  for (let taken = 0; taken < TURN; taken += 1) {
    if (!lane.hasEvent) return taken;
    if (options.dueAtMs && options.dueAtMs(source.timeMs) > now) return taken;
    const key = lane.key.subarray(0, lane.keyBytes);
    const parcel = lane.queues[source.stream]?.append(source.timeMs, key, lane.value.subarray(0, lane.valueBytes));
    if (!parcel) return taken;
    note(parcel);
    nextEvent(lane);
  }
  return TURN;
}

/** A send settles by itself within its delivery timeout, so this ends. */
async function finish<Notes>(lanes: readonly LaneState<Notes>[], options: ProducerOptions<Notes>): Promise<void> {
  const queues = lanes.flatMap((lane) => lane.queues);
  while (!queues.every((queue) => queue.isIdle)) {
    if (options.signal.aborted) return;
    for (const queue of queues) queue.flush(Number.POSITIVE_INFINITY);
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
}
