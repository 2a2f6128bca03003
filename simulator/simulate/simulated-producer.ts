// simulator/simulate/simulated-producer.ts — One producer by virtual time: the real lanes, batches and accounts, sent into a log in memory.
import { elementAt } from '../../contract/assert.js';
import { type MappedClock, wallTimeAt } from '../../contract/clock.js';
import type { TopicPartition } from '../../contract/topic-partition.js';
import type { BatchMetadata } from '../produce/batch-metadata.js';
import type { LaneOptions } from '../produce/lane-producer.js';
import type { LoadTotals } from '../produce/load.js';
import { PartitionQueue } from '../produce/partition-queue.js';
import { PlayedLane, resultOf } from '../produce/played-lane.js';
import type { ControlledProducer } from '../produce/producer-control.js';
import type { ProducerThreadResult } from '../produce/producer-thread-messages.js';
import type { RecordBatch } from '../produce/record-batch.js';
import { SendJournal } from '../produce/send-journal.js';
import { Tally } from '../produce/tally.js';
import type { SendOutcome, Transport } from '../produce/transport.js';
import type { Plan } from '../workload/plan.js';
import type { PlannedLane } from '../workload/planned-lane.js';
import type { Written } from './memory-log.js';

/** A batch on its way. */
export interface Send {
  readonly place: TopicPartition;
  readonly records: readonly Written[];
  /** How often it was written. */
  written: number;
  readonly settle: (outcome: SendOutcome) => void;
}

export interface ProducersOptions {
  readonly plan: Plan;
  readonly topics: readonly string[];
  /** Undefined without pacing. */
  readonly clock: MappedClock | undefined;
  readonly now: () => number;
  /** A producer was killed while this was on its way. */
  readonly abandoned: (send: Send) => void;
}

export interface ProducerOptions extends ProducersOptions {
  /** Opens a lane at its beginning. */
  readonly open: (lane: number) => PlannedLane;
}

/** Without pacing a lane sends so much at a time. */
const UNPACED_RECORDS = 12;

interface LaneState {
  readonly options: LaneOptions<BatchMetadata>;
  readonly queues: Map<string, PartitionQueue<BatchMetadata>>;
  hasRecord: boolean;
}

export class SimulatedProducer implements ControlledProducer {
  readonly number: number;
  readonly sends = new Set<Send>();
  taken = 0;
  threadId = 1;
  readonly #options: ProducerOptions;
  readonly #numbers: readonly number[];
  readonly #journal = new SendJournal();
  readonly #bugs: unknown[] = [];
  #isEnded = false;
  #tally: Tally;
  #played: readonly PlayedLane[];
  #lanes: readonly LaneState[];

  constructor(number: number, lanes: readonly number[], options: ProducerOptions) {
    this.number = number;
    this.#numbers = lanes;
    this.#options = options;
    [this.#tally, this.#played, this.#lanes] = this.#begin();
  }

  /** @throws the first bug of a queue */
  get state(): ControlledProducer['state'] {
    if (this.#bugs.length > 0) throw this.#bugs[0];
    if (this.#isEnded) return 'ended';
    const isDone = this.#lanes.every(
      ({ hasRecord, queues }) => !hasRecord && [...queues.values()].every(({ isIdle }) => isIdle),
    );
    return isDone ? 'done' : 'running';
  }

  take(): void {
    if (this.#isEnded) return;
    const { now, clock } = this.#options;
    for (const lane of this.#lanes) {
      const { source, note } = lane.options;
      const { record } = source;
      for (let taken = 0; lane.hasRecord && (clock || taken < UNPACED_RECORDS); taken += 1) {
        if (clock && wallTimeAt(clock, record.dueMs) > now()) break;
        const tagged = this.#queueOf(lane).append(record.timeMs, record.key, record.value);
        if (!tagged) break;
        note(tagged);
        const key = Buffer.from(record.key);
        const value = Buffer.from(record.value);
        contentOf(tagged.batch).push({ timeMs: record.timeMs, key, value });
        this.taken += 1;
        lane.hasRecord = source.advance();
      }
      for (const queue of lane.queues.values()) queue.flush(Number.POSITIVE_INFINITY);
    }
  }

  async end(): Promise<{ readonly exit: string; readonly unknown: number }> {
    this.#isEnded = true;
    for (const send of this.sends) this.#options.abandoned(send);
    this.sends.clear();
    return { exit: 'code 1', unknown: this.#journal.giveUp(this.#options.now()) };
  }

  async startAgain(): Promise<void> {
    if (!this.#isEnded) return;
    [this.#tally, this.#played, this.#lanes] = this.#begin();
    this.threadId += 1;
    this.#isEnded = false;
  }

  result(): ProducerThreadResult {
    return resultOf(this.#played, this.#tally);
  }

  get totals(): LoadTotals {
    return this.#tally.totals;
  }

  #begin(): [Tally, readonly PlayedLane[], readonly LaneState[]] {
    const { plan, open, topics, clock, now } = this.#options;
    const tally = new Tally(plan, now);
    tally.clock = clock;
    const queues = this.#journal.ends;
    const resume = queues.length > 0 ? { resume: { clock, queues } } : {};
    const journal: SendJournal['take'] = (entry) => this.#journal.take(entry);
    const tools = { input: { scenario: plan.scenario, topics, ...resume }, tally, open, now, journal };
    const played = this.#numbers.map((lane) => new PlayedLane(plan, lane, tools));
    const lanes = played.map((one) => {
      const options = one.options();
      return { options, queues: new Map(), hasRecord: options.source.advance() };
    });
    return [tally, played, lanes];
  }

  #queueOf({ options, queues }: LaneState): PartitionQueue<BatchMetadata> {
    const { source, topics, createMetadata, sending, settled } = options;
    const { stream, partition } = source.record;
    const name = `${stream} ${partition}`;
    let queue = queues.get(name);
    if (!queue) {
      const { batchRecords: records, batchBytes: bytes } = this.#options.plan.scenario.producer;
      queue = new PartitionQueue<BatchMetadata>({
        transport: this.#transport(),
        limits: { records, bytes },
        createMetadata,
        sending,
        settled,
        target: { topic: elementAt(topics, stream), partition },
        now: this.#options.now,
        failed: (bug) => void this.#bugs.push(bug),
      });
      queues.set(name, queue);
    }
    return queue;
  }

  #transport(): Transport {
    return {
      connect: async () => undefined,
      disconnect: async () => undefined,
      send: (place, batch) =>
        new Promise((resolve) => {
          const records = contentOf(batch).splice(0);
          const settle = (outcome: SendOutcome) => {
            this.sends.delete(send);
            resolve(outcome);
          };
          const send: Send = { place, records, written: 0, settle };
          this.sends.add(send);
        }),
    };
  }
}

/** A batch is encoded for the wire as it fills; here its records are kept as they are. */
const contents = new WeakMap<RecordBatch, Written[]>();

function contentOf(batch: RecordBatch): Written[] {
  let content = contents.get(batch);
  if (!content) {
    content = [];
    contents.set(batch, content);
  }
  return content;
}
