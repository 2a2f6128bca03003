// simulator/produce/lane-producer.ts — Plays lanes into Kafka: each event at its intended time, late when it must be, never skipped and never bent to what the system can take.

import { type Parcel, PartitionQueue } from './partition-queue.js';
import type { BatchLimits } from './record-batch.js';
import type { SendOutcome, Transport } from './transport.js';

/** A lane's records in the order they are sent; `advance()` moves to the next. */
export interface RecordSource {
  advance(): boolean;
  /** When it is to be sent, event time, ms. */
  readonly dueMs: number;
  /** The record's timestamp, ms. */
  readonly timeMs: number;
  /** Position in contract's STREAMS. */
  readonly stream: number;
  readonly partition: number;
  readonly key: Buffer;
  readonly value: Buffer;
}

export interface ProducerOptions<Notes> {
  readonly transport: Transport;
  readonly lanes: readonly LaneOptions<Notes>[];
  readonly limits: BatchLimits;
  readonly lingerMs: number;
  /** Wall time at which an event is due; undefined to send as fast as it goes. */
  readonly dueAtMs: ((eventTimeMs: number) => number) | undefined;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export interface LaneOptions<Notes> {
  readonly source: RecordSource;
  /** By stream. */
  readonly topics: readonly string[];
  readonly createNotes: () => Notes;
  /** Notes the source's current record as the batch's next one. */
  readonly note: (parcel: Parcel<Notes>) => void;
  readonly sending?: (parcel: Parcel<Notes>) => void;
  readonly settled: (parcel: Parcel<Notes>, outcome: SendOutcome) => void;
}

/** Events taken from a lane before the others have their turn, and the event loop its. */
const TURN = 500;
const TICK_MS = 2;

interface LaneState<Notes> {
  readonly options: LaneOptions<Notes>;
  /** By stream and partition; made when a first record goes there. */
  readonly queues: Map<number, PartitionQueue<Notes>>;
  readonly openQueue: (stream: number, partition: number) => PartitionQueue<Notes>;
  /** The current record waits to be due, or for room. */
  hasRecord: boolean;
}

/** Settles when every send has ended, or soon after the signal. */
export async function produce<Notes>(options: ProducerOptions<Notes>): Promise<void> {
  let wake = () => {};
  const lanes = options.lanes.map((lane) => startLane(lane, options, () => wake()));
  while (!options.signal.aborted) {
    const now = options.now();
    const taken = lanes.map((lane) => takeTurn(lane, options, now));
    for (const lane of lanes) for (const queue of lane.queues.values()) queue.flush(now - options.lingerMs);
    if (lanes.every((lane) => !lane.hasRecord)) break;
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
  const openQueue = (stream: number, partition: number) =>
    new PartitionQueue<Notes>({
      transport: options.transport,
      target: { topic: lane.topics[stream] ?? '', partition },
      limits: options.limits,
      createNotes: lane.createNotes,
      now: options.now,
      sending: lane.sending,
      settled: (parcel, outcome) => {
        lane.settled(parcel, outcome);
        wake();
      },
    });
  return { options: lane, queues: new Map(), openQueue, hasRecord: lane.source.advance() };
}

/** @returns how many records were taken */
function takeTurn<Notes>(lane: LaneState<Notes>, options: ProducerOptions<Notes>, now: number): number {
  const { source, note } = lane.options;
  for (let taken = 0; taken < TURN; taken += 1) {
    if (!lane.hasRecord) return taken;
    if (options.dueAtMs && options.dueAtMs(source.dueMs) > now) return taken;
    const parcel = queueOf(lane).append(source.timeMs, source.key, source.value);
    if (!parcel) return taken;
    note(parcel);
    lane.hasRecord = source.advance();
  }
  return TURN;
}

function queueOf<Notes>(lane: LaneState<Notes>): PartitionQueue<Notes> {
  const { stream, partition } = lane.options.source;
  const index = partition * lane.options.topics.length + stream;
  let queue = lane.queues.get(index);
  if (!queue) {
    queue = lane.openQueue(stream, partition);
    lane.queues.set(index, queue);
  }
  return queue;
}

/** A send settles by itself within its delivery timeout, so this ends. */
async function finish<Notes>(lanes: readonly LaneState<Notes>[], options: ProducerOptions<Notes>): Promise<void> {
  const queues = lanes.flatMap((lane) => [...lane.queues.values()]);
  while (!queues.every((queue) => queue.isIdle)) {
    if (options.signal.aborted) return;
    for (const queue of queues) queue.flush(Number.POSITIVE_INFINITY);
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
}
