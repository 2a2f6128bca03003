// simulator/simulate/memory-consumer.ts — A member of a group that reads the log in memory, as kafkajs shows one: what is in flight, sought, resolved and stale as there.

import type { Consumer, ConsumerRunConfig, EachBatchPayload, Offsets } from 'kafkajs';
import { partitionName, type TopicPartition } from '../../contract/topic-partition.js';
import type { GroupMember, Membership, MemoryGroup } from './memory-group.js';
import type { MemoryLog } from './memory-log.js';

const EVENTS = {
  GROUP_JOIN: 'consumer.group_join',
  REBALANCING: 'consumer.rebalancing',
  CRASH: 'consumer.crash',
  DISCONNECT: 'consumer.disconnect',
  STOP: 'consumer.stop',
} as const;

type Batch = EachBatchPayload['batch'];

export interface ReaderOptions {
  readonly log: MemoryLog;
  readonly group: MemoryGroup;
  /** State of its process. */
  readonly state: () => 'running' | 'paused' | 'ended';
  readonly now: () => number;
}

/** Between two tries of a batch. */
const RETRY_MS = 100;

export class MemoryConsumer implements GroupMember {
  readonly events = EVENTS;
  readonly #options: ReaderOptions;
  readonly #listeners = new Map<string, (event: { readonly payload: unknown }) => void>();
  #eachBatch: ConsumerRunConfig['eachBatch'];
  #memberId = '';
  #membership: Membership | undefined;
  #isPaused = false;
  /** By `topic/partition`; next offsets. */
  readonly #resolved = new Map<string, string>();
  #committed = new Map<string, string>();
  readonly #sought = new Map<string, string>();
  readonly #inFlight = new Set<string>();
  /** What was thrown back, and is given again. */
  readonly #failed = new Map<string, { readonly batch: Batch; readonly againAtMs: number }>();

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** As much of kafkajs's consumer as the service uses. */
  get asConsumer(): Consumer {
    return this as unknown as Consumer;
  }

  get isBeating(): boolean {
    return this.#options.state() === 'running';
  }

  /** The group has given it up, and it does not know yet. */
  get isExpelled(): boolean {
    return this.#memberId !== '' && !this.#options.group.has(this.#memberId);
  }

  on(name: string, listen: (event: { readonly payload: unknown }) => void): void {
    this.#listeners.set(name, listen);
  }
  async connect(): Promise<void> {}
  async subscribe(): Promise<void> {}
  async run({ eachBatch }: ConsumerRunConfig): Promise<void> {
    this.#eachBatch = eachBatch;
    this.join();
  }
  pause(): void {
    this.#isPaused = true;
  }
  seek({ topic, partition, offset }: TopicPartition & { readonly offset: string }): void {
    this.#sought.set(partitionName({ topic, partition }), offset);
  }
  async disconnect(): Promise<void> {
    this.#membership = undefined;
    this.#options.group.leave(this.#memberId);
    this.#memberId = '';
  }

  /** Also anew, when it finds out that it was given up. */
  join(): void {
    this.#memberId = this.#options.group.join(this);
  }

  rebalancing(): void {
    this.#emit(EVENTS.REBALANCING, {});
  }

  joined(membership: Membership): void {
    this.#membership = membership;
    this.#memberId = membership.memberId;
    this.#resolved.clear();
    this.#committed = new Map(this.#options.group.committed);
    const memberAssignment: Record<string, number[]> = {};
    for (const { topic, partition } of membership.places) {
      memberAssignment[topic] ??= [];
      memberAssignment[topic].push(partition);
    }
    this.#emit(EVENTS.GROUP_JOIN, { memberId: membership.memberId, memberAssignment });
  }

  /** Partitions of which there is something to read now. */
  readable(): TopicPartition[] {
    // During a rebalance only members that do not know of it yet go on reading.
    const { group, log, state, now } = this.#options;
    if (this.#isPaused || state() !== 'running' || !(group.isBalanced || this.isExpelled)) return [];
    return (this.#membership?.places ?? []).filter((place) => {
      const name = partitionName(place);
      if (this.#inFlight.has(name)) return false;
      const failed = this.#failed.get(name);
      if (failed) return now() >= failed.againAtMs;
      return Number(this.#sought.get(name) ?? this.#next(name)) < log.end(place);
    });
  }

  /** Gives a batch of at most so many records to the service. */
  read(place: TopicPartition, most: number): void {
    const name = partitionName(place);
    const batch = this.#failed.get(name)?.batch ?? this.#fetch(place, most);
    this.#failed.delete(name);
    if (!batch) return;
    this.#inFlight.add(name);
    this.#eachBatch?.(this.#payloadOf(batch)).then(
      () => this.#inFlight.delete(name),
      () => {
        this.#inFlight.delete(name);
        this.#failed.set(name, { batch, againAtMs: this.#options.now() + RETRY_MS });
      },
    );
  }

  #fetch(place: TopicPartition, most: number): Batch | undefined {
    const { log } = this.#options;
    const name = partitionName(place);
    const sought = this.#sought.get(name);
    this.#sought.delete(name);
    if (sought !== undefined) this.#resolved.set(name, sought);
    const from = this.#next(name);
    const records = log.read(place, Number(from), most);
    if (records.length === 0) return undefined;
    const messages = records.map(({ timeMs, key, value }, index) => ({
      offset: String(Number(from) + index),
      timestamp: String(timeMs),
      key,
      value,
    }));
    const lastOffset = () => String(Number(from) + records.length - 1);
    const highWatermark = String(log.end(place));
    return {
      ...place,
      messages,
      rawMessages: messages,
      fetchedOffset: from,
      highWatermark,
      lastOffset,
    } as unknown as Batch;
  }

  #payloadOf(batch: Batch): EachBatchPayload {
    const { topic, partition } = batch;
    const name = partitionName({ topic, partition });
    return {
      batch,
      resolveOffset: (offset: string) => void this.#resolved.set(name, String(Number(offset) + 1)),
      isRunning: () => this.#membership !== undefined,
      isStale: () => this.#sought.has(name),
      commitOffsetsIfNecessary: async (offsets?: Offsets) => {
        if (offsets) this.#commit(offsets);
      },
      heartbeat: async () => {
        if (this.#options.state() === 'ended') throw new Error('the process has ended');
      },
    } as unknown as EachBatchPayload;
  }

  #commit(offsets: Offsets): void {
    this.#options.group.commit({ memberId: this.#memberId, generation: this.#membership?.generation ?? -1 }, offsets);
    for (const { topic, partitions } of offsets.topics)
      for (const { partition, offset } of partitions) this.#committed.set(partitionName({ topic, partition }), offset);
  }

  #next(name: string): string {
    return this.#resolved.get(name) ?? this.#committed.get(name) ?? '0';
  }

  #emit(name: string, payload: unknown): void {
    this.#listeners.get(name)?.({ payload });
  }
}
