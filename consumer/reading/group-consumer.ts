// consumer/reading/group-consumer.ts — Membership in the consumer group: which batches come to the processor, and when offsets are committed.

import type { Admin, Consumer, EachBatchPayload } from 'kafkajs';
import { askedAgain } from '../../contract/kafkajs/lost-connection.js';
import type { TopicPartition } from '../../contract/topic-partition.js';
import { callEvery, sleep } from '../../contract/waiting.js';
import type { Positions } from '../applying/positions.js';
import type { SourcePartition } from '../applying/range-applier.js';
import type { Shards } from '../applying/shards.js';
import { StoreWatch } from '../applying/store-watch.js';
import type { BatchProcessor } from './batch-processor.js';
import { DeadLettersRefusedError } from './dead-letters.js';
import { OffsetCommits } from './offset-commits.js';
import { Rejoin } from './rejoin.js';
import { sourceBatchOf } from './source-batch.js';

export interface GroupConsumerOptions {
  readonly consumer: Consumer;
  readonly admin: Admin;
  readonly topics: readonly string[];
  readonly groupId: string;
  readonly processor: BatchProcessor;
  readonly shards: Shards;
  readonly positions: Positions;
  readonly partitionsConcurrently: number;
  readonly commitIntervalMs: number;
  /** Partitions are about to be assigned anew, or have been. */
  readonly reassigned: () => void;
  /** A partition waits, as its dead letters are not taken. */
  readonly heldUp: () => void;
  /** The consumer has stopped for good. */
  readonly crashed: (error: Error) => void;
  readonly log: (level: 'info' | 'warn', message: string, details: Readonly<Record<string, unknown>>) => void;
  /** Calls again and again until it is told to stop; by the wall clock unless a test gives another. */
  readonly every?: (milliseconds: number, call: () => void) => () => void;
}

/** Well below the session timeout: a batch may have to wait for Redis for longer than that. */
const HEARTBEAT_MS = 3000;
const STORE_CHECK_MS = 1000;
const DEAD_LETTER_RETRY_MS = 2000;

export class GroupConsumer {
  readonly #options: GroupConsumerOptions;
  readonly #commits: OffsetCommits;
  readonly #watch: StoreWatch;
  readonly #rejoin: Rejoin;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #stopTimers: (() => void)[] = [];
  #assignment: Readonly<Record<string, readonly number[]>> = {};
  /** How often partitions were assigned. */
  #deals = 0;
  #isJoined = false;
  #isStopping = false;

  constructor(options: GroupConsumerOptions) {
    this.#options = options;
    this.#commits = new OffsetCommits((error) =>
      options.log('warn', 'offsets were not committed, and will be with the next', { error: String(error) }),
    );
    const { shards, positions, consumer } = options;
    this.#rejoin = new Rejoin({ ...options, run: () => this.#run() });
    this.#watch = new StoreWatch({
      shards,
      positions,
      committed: () => this.#committed(),
      firstOffset: async (place) => (await this.#bounds(place)).low,
      seek: ({ topic, partition }, offset) => consumer.seek({ topic, partition, offset }),
      warn: (message, details) => options.log('warn', message, details),
    });
  }

  /** True while this process is a member of the group, even without a partition. */
  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** Before `start`; may be repeated. */
  async connect(): Promise<void> {
    await this.#options.consumer.connect();
  }

  /** Settles when the topics are known and the group is being joined. */
  async start(): Promise<void> {
    const { consumer, topics, commitIntervalMs, every = callEvery } = this.#options;
    this.#listen();
    await askedAgain(() => consumer.subscribe({ topics: [...topics], fromBeginning: true }));
    this.#stopTimers.push(
      every(commitIntervalMs, () => void this.#commits.flush()),
      every(STORE_CHECK_MS, () => void (this.#isJoined && this.#watch.check())),
    );
    await this.#run();
  }

  #run(): Promise<void> {
    return this.#options.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.#options.partitionsConcurrently,
      eachBatch: (payload) => this.#track(this.#eachBatch(payload)),
    });
  }

  /** Finishes what is in flight, commits, and leaves the group. */
  async stop(): Promise<void> {
    const { consumer, topics } = this.#options;
    this.#isStopping = true;
    this.#rejoin.stop();
    for (const stopTimer of this.#stopTimers) stopTimer();
    // After `disconnect` has begun nothing can be committed any more.
    if (this.#isJoined) consumer.pause(topics.map((topic) => ({ topic })));
    await Promise.allSettled(this.#inFlight);
    await this.#commits.flush();
    await consumer.disconnect();
    this.#isJoined = false;
  }

  #listen(): void {
    const { consumer, log } = this.#options;
    const { GROUP_JOIN, REBALANCING, CRASH, DISCONNECT, STOP } = consumer.events;
    consumer.on(GROUP_JOIN, ({ payload }) => {
      this.#reassigned(payload.memberAssignment);
      this.#isJoined = true;
      this.#rejoin.joined();
      log('info', 'joined the group', { memberId: payload.memberId, assignment: payload.memberAssignment });
    });
    consumer.on(REBALANCING, () => {
      this.#isJoined = false;
      // The coordinator still takes commits of the generation that ends.
      void this.#commits.flush();
    });
    for (const event of [DISCONNECT, STOP] as const) {
      consumer.on(event, () => {
        this.#isJoined = false;
      });
    }
    consumer.on(CRASH, ({ payload }) => {
      this.#isJoined = false;
      if (!payload.restart) this.#rejoin.failed(payload.error);
      else log('warn', 'the consumer failed and starts again', { error: String(payload.error) });
    });
  }

  #reassigned(assignment: Readonly<Record<string, readonly number[]>>): void {
    this.#assignment = assignment;
    this.#deals += 1;
    this.#commits.forget();
    this.#options.positions.forget();
    this.#options.shards.forget();
    this.#watch.assigned();
    this.#options.reassigned();
  }

  #track(work: Promise<void>): Promise<void> {
    this.#inFlight.add(work);
    const done = () => this.#inFlight.delete(work);
    work.then(done, done);
    return work;
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    if (this.#isStopping) return;
    const batch = sourceBatchOf(payload.batch);
    if (!batch) return;
    const work = this.#options.processor.process(batch, this.#partitionOf(payload));
    const finished = new AbortController();
    void this.#heartbeatUntil(finished.signal, payload);
    try {
      await work;
    } catch (error) {
      if (!(error instanceof DeadLettersRefusedError)) throw error;
      this.#holdUp(payload, error);
    } finally {
      finished.abort();
    }
  }

  /** Reads the partition again from its broken record while the others go on. Waiting inside the batch would hold up rebalances. */
  #holdUp({ batch: { topic, partition }, pause }: EachBatchPayload, { message }: DeadLettersRefusedError): void {
    this.#options.log('warn', 'a partition waits, as its dead letters are not taken', {
      topic,
      partition,
      error: message,
    });
    this.#options.heldUp();
    setTimeout(pause(), DEAD_LETTER_RETRY_MS).unref();
  }

  #partitionOf({
    batch,
    resolveOffset,
    isRunning,
    isStale,
    commitOffsetsIfNecessary,
  }: EachBatchPayload): SourcePartition {
    const { topic, partition } = batch;
    return {
      passed: (next) => {
        resolveOffset(String(BigInt(next) - 1n));
        // The partition of this batch went to another member meanwhile, which may be further.
        if (!this.#assignment[topic]?.includes(partition)) return;
        this.#commits.applied({ topic, partition }, next, async (offsets) => {
          const deals = this.#deals;
          // Every shard must know an offset before Kafka does. Otherwise the next owner would take the records for lost.
          await this.#options.shards.tell();
          // A group takes offsets of any partition from any member, so it would go back.
          if (this.#deals !== deals) throw new Error('partitions were dealt anew meanwhile');
          await commitOffsetsIfNecessary(offsets);
        });
      },
      seek: (offset) => this.#options.consumer.seek({ topic, partition, offset }),
      isLeft: () => this.#isStopping || !isRunning() || isStale(),
      bounds: () => this.#bounds({ topic, partition }),
    };
  }

  async #bounds({ topic, partition }: TopicPartition): Promise<{ low: string; high: string }> {
    const all = await askedAgain(() => this.#options.admin.fetchTopicOffsets(topic));
    const found = all.find((one) => one.partition === partition);
    if (!found) throw new Error(`expected offsets of ${topic}/${partition}, found none`);
    return { low: found.low, high: found.high };
  }

  async #committed(): Promise<(TopicPartition & { offset: string })[]> {
    const { admin, groupId, topics } = this.#options;
    const assignment = this.#assignment;
    const found = await admin.fetchOffsets({ groupId, topics: [...topics] });
    return found.flatMap(({ topic, partitions }) =>
      partitions
        .filter(({ partition, offset }) => assignment[topic]?.includes(partition) && !offset.startsWith('-'))
        .map(({ partition, offset }) => ({ topic, partition, offset })),
    );
  }

  async #heartbeatUntil(finished: AbortSignal, { heartbeat }: EachBatchPayload): Promise<void> {
    try {
      for (;;) {
        await sleep(HEARTBEAT_MS, finished);
        await heartbeat();
      }
    } catch {
      // The batch has ended; or the group rebalances, which kafkajs's own heartbeat after the batch finds out too.
    }
  }
}
