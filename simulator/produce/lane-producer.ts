// simulator/produce/lane-producer.ts — Plays lanes into Kafka: each event at its intended time, late if it must be, never skipped, and never slowed by the system.
import { elementAt } from '../../contract/assert.js';
import { createPause, nextTurn, until } from '../../contract/waiting.js';
import type { LaneRecord } from '../workload/lane-record.js';
import { PartitionQueue, type TaggedBatch } from './partition-queue.js';
import type { BatchLimits } from './record-batch.js';
import type { SendOutcome, Transport } from './transport.js';

/** A lane's records in the order they are sent; `advance()` moves to the next. */
export interface RecordSource {
  advance(): boolean;
  /** The current one. */
  readonly record: Pick<LaneRecord, 'dueMs' | 'timeMs' | 'stream' | 'partition' | 'key' | 'value'>;
}

export interface ProducerOptions<Metadata> {
  readonly transport: Transport;
  readonly lanes: readonly LaneOptions<Metadata>[];
  readonly limits: BatchLimits;
  readonly lingerMs: number;
  /** Wall time at which an event is due; undefined to send as fast as it goes. */
  readonly dueAtMs: ((eventTimeMs: number) => number) | undefined;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export interface LaneOptions<Metadata> {
  readonly source: RecordSource;
  /** By stream. */
  readonly topics: readonly string[];
  readonly createMetadata: () => Metadata;
  /** Notes the source's current record as the batch's next one. */
  readonly note: (tagged: TaggedBatch<Metadata>) => void;
  readonly sending?: (tagged: TaggedBatch<Metadata>) => void;
  readonly settled: (tagged: TaggedBatch<Metadata>, outcome: SendOutcome) => void;
}

/** Events taken from a lane before the others have their turn, and the event loop its. */
const TURN = 500;
const TICK_MS = 2;

interface LaneState<Metadata> {
  readonly options: LaneOptions<Metadata>;
  /** By stream and partition; made when a first record goes there. */
  readonly queues: Map<number, PartitionQueue<Metadata>>;
  readonly openQueue: (stream: number, partition: number) => PartitionQueue<Metadata>;
  /** The current record waits to be due, or for room. */
  hasRecord: boolean;
}

/** Settles when every send has ended, or soon after the signal. @throws the first bug of a queue */
export async function produce<Metadata>(options: ProducerOptions<Metadata>): Promise<void> {
  const pause = createPause();
  const bugs: unknown[] = [];
  const expectNoBug = () => {
    if (bugs.length > 0) throw bugs[0];
  };
  const failed = (bug: unknown) => {
    bugs.push(bug);
    pause.wake();
  };
  const lanes = options.lanes.map((lane) => startLane(lane, options, { wake: pause.wake, failed }));
  while (!options.signal.aborted) {
    expectNoBug();
    const now = options.now();
    const taken = lanes.map((lane) => takeTurn(lane, options, now));
    for (const lane of lanes) for (const queue of lane.queues.values()) queue.flush(now - options.lingerMs);
    if (lanes.every((lane) => !lane.hasRecord)) break;
    // After a full turn there may be more that is due; otherwise wait for time to pass, or for room.
    if (taken.some((count) => count === TURN)) await nextTurn();
    else await pause.wait(TICK_MS);
  }
  await finish(lanes, options.signal, expectNoBug);
}

function startLane<Metadata>(
  lane: LaneOptions<Metadata>,
  options: ProducerOptions<Metadata>,
  { wake, failed }: { readonly wake: () => void; readonly failed: (bug: unknown) => void },
): LaneState<Metadata> {
  const openQueue = (stream: number, partition: number) =>
    new PartitionQueue<Metadata>({
      transport: options.transport,
      target: { topic: elementAt(lane.topics, stream), partition },
      limits: options.limits,
      createMetadata: lane.createMetadata,
      now: options.now,
      sending: lane.sending,
      settled: (tagged, outcome) => {
        lane.settled(tagged, outcome);
        wake();
      },
      failed,
    });
  return { options: lane, queues: new Map(), openQueue, hasRecord: lane.source.advance() };
}

/** @returns how many records were taken */
function takeTurn<Metadata>(lane: LaneState<Metadata>, options: ProducerOptions<Metadata>, now: number): number {
  const { source, note } = lane.options;
  const { record } = source;
  for (let taken = 0; taken < TURN; taken += 1) {
    if (!lane.hasRecord) return taken;
    if (options.dueAtMs && options.dueAtMs(record.dueMs) > now) return taken;
    const tagged = queueOf(lane).append(record.timeMs, record.key, record.value);
    if (!tagged) return taken;
    note(tagged);
    lane.hasRecord = source.advance();
  }
  return TURN;
}

function queueOf<Metadata>(lane: LaneState<Metadata>): PartitionQueue<Metadata> {
  const { stream, partition } = lane.options.source.record;
  const index = partition * lane.options.topics.length + stream;
  let queue = lane.queues.get(index);
  if (!queue) {
    queue = lane.openQueue(stream, partition);
    lane.queues.set(index, queue);
  }
  return queue;
}

/** A send settles by itself within its delivery timeout, and one that fails otherwise is a bug: so this ends. */
async function finish<Metadata>(
  lanes: readonly LaneState<Metadata>[],
  signal: AbortSignal,
  expectNoBug: () => void,
): Promise<void> {
  const queues = lanes.flatMap((lane) => [...lane.queues.values()]);
  const isFinished = () => {
    expectNoBug();
    for (const queue of queues) queue.flush(Number.POSITIVE_INFINITY);
    return signal.aborted || queues.every((queue) => queue.isIdle);
  };
  await until(isFinished, { pollMs: TICK_MS });
}
