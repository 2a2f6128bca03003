// test/consumer/reading/group-consumer.test.ts — Which offsets the group is told of when partitions become another's.
import type { Admin, Consumer, ConsumerRunConfig, EachBatchPayload, Offsets, Producer } from 'kafkajs';
import { Registry } from 'prom-client';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Fold } from '../../../consumer/applying/fold.js';
import { Positions } from '../../../consumer/applying/positions.js';
import { RangeApplier } from '../../../consumer/applying/range-applier.js';
import type { ApplyReply, RangeStore, ShardRange } from '../../../consumer/applying/range-store.js';
import { RankingKeys } from '../../../consumer/applying/ranking-keys.js';
import { Shards } from '../../../consumer/applying/shards.js';
import { BatchProcessor } from '../../../consumer/reading/batch-processor.js';
import { DeadLetters } from '../../../consumer/reading/dead-letters.js';
import { GroupConsumer } from '../../../consumer/reading/group-consumer.js';
import { ServiceClock } from '../../../consumer/runtime/service-clock.js';
import { ServiceMetrics } from '../../../consumer/runtime/service-metrics.js';
import { Calendar } from '../../../contract/calendar.js';
import { DEFAULT_RULES } from '../../../contract/rules.js';
import { nextTurn } from '../../../contract/waiting.js';

/** Keeps the offset of each shard and partition, by the rules of the real one, when the test lets it. */
class HeldStore implements RangeStore {
  readonly #stored = new Map<string, string>();
  readonly #held = new Map<string, Promise<void>>();

  /** @returns lets what was held be applied */
  hold(shard: number, partition: number): () => void {
    let release: () => void = () => undefined;
    this.#held.set(`${shard} ${partition}`, new Promise((resolve) => (release = resolve)));
    return () => {
      this.#held.delete(`${shard} ${partition}`);
      release();
    };
  }

  async apply({ shard, partition, from, next }: ShardRange): Promise<ApplyReply> {
    const name = `${shard} ${partition}`;
    await this.#held.get(name);
    const stored = this.#stored.get(name) ?? '0';
    if (Number(stored) < Number(from)) return { outcome: 'refused', stored };
    if (Number(stored) >= Number(next)) return { outcome: 'skipped', stored };
    this.#stored.set(name, next);
    return { outcome: 'applied', late: 0 };
  }

  offsets = async () => new Map<string, string>();
  reconcile = async () => undefined;
}

interface Stage {
  readonly store: HeldStore;
  /** Deals these partitions of the topic to the consumer. */
  deal: (...partitions: number[]) => void;
  /** Gives it a batch from the start of the partition up to `next`; its offsets hold no records. */
  read: (partition: number, next: number) => Promise<void>;
  /** Commits what is to be committed. */
  flush: () => Promise<void>;
  /** `partition: next offset` */
  readonly committed: string[];
}

const TOPIC = 'view';
/** A range without events goes to the shard of its partition's number. The other shard is told before a commit. */
const SHARDS = 2;
const test = suite<Stage>('group consumer');

test.before.each(async (stage) => {
  const listeners = new Map<string, (event: unknown) => void>();
  const timers: (() => void)[] = [];
  let eachBatch: ConsumerRunConfig['eachBatch'];
  const consumer = {
    events: { GROUP_JOIN: 'join', REBALANCING: 'rebalancing', CRASH: 'crash', DISCONNECT: 'disconnect', STOP: 'stop' },
    on: (event: string, listen: (event: unknown) => void) => void listeners.set(event, listen),
    subscribe: async () => undefined,
    run: async (config: ConsumerRunConfig) => {
      eachBatch = config.eachBatch;
    },
  } as unknown as Consumer;
  const calendar = new Calendar(DEFAULT_RULES);
  const clock = new ServiceClock({ kind: 'event-time' }, calendar, () => 0);
  const metrics = new ServiceMetrics(new Registry(), { clock, wallMs: () => 0, latencyBoundariesMs: [] });
  const positions = new Positions();
  const store = new HeldStore();
  const shards = new Shards(store, new RankingKeys('', SHARDS));
  const committed: string[] = [];
  const group = new GroupConsumer({
    consumer,
    admin: {} as Admin,
    topics: [TOPIC],
    groupId: 'g',
    partitionsConcurrently: 1,
    commitIntervalMs: 1,
    processor: new BatchProcessor({
      applier: new RangeApplier({ shards, metrics, positions, warn: () => undefined }),
      fold: new Fold(calendar, DEFAULT_RULES),
      deadLetters: new DeadLetters({} as Producer, { topicPrefix: 'board', groupId: 'g' }),
      clock,
      metrics,
    }),
    shards,
    positions,
    reassigned: () => undefined,
    heldUp: () => undefined,
    crashed: () => undefined,
    log: () => undefined,
    every: (_, call) => {
      timers.push(call);
      return () => undefined;
    },
  });
  await group.start();
  Object.assign(stage, { committed, store });
  stage.deal = (...own) =>
    listeners.get('join')?.({ payload: { memberId: 'm', memberAssignment: own.length > 0 ? { [TOPIC]: own } : {} } });
  stage.read = async (partition, next) => {
    const lastOffset = () => String(next - 1);
    const batch = { topic: TOPIC, partition, messages: [], rawMessages: [{}], lastOffset, fetchedOffset: '0' };
    const payload = {
      batch: { ...batch, highWatermark: String(next) },
      resolveOffset: () => undefined,
      isRunning: () => true,
      isStale: () => false,
      commitOffsetsIfNecessary: async ({ topics }: Offsets) => {
        for (const { partitions: offsets } of topics)
          for (const { partition: number, offset } of offsets) committed.push(`${number}: ${offset}`);
      },
      heartbeat: async () => undefined,
    };
    await eachBatch?.(payload as unknown as EachBatchPayload);
  };
  stage.flush = async () => {
    timers[0]?.();
    for (let turn = 0; turn < 5; turn += 1) await nextTurn();
  };
});

test('what is applied of its partitions is committed', async ({ deal, read, flush, committed }) => {
  deal(0, 1);
  await read(0, 5);
  await read(1, 7);
  await flush();
  assert.equal(committed, ['0: 5', '1: 7']);
});

test('a batch that ends when its partition is another’s does not set the group back', async (stage) => {
  const { deal, read, flush, committed, store } = stage;
  deal(0, 1);
  const release = store.hold(0, 0);
  const late = read(0, 5);
  deal(1);
  release();
  await late;
  await read(1, 7);
  await flush();
  assert.equal(committed, ['1: 7']);
});

test('nor does a commit that was about to be made', async (stage) => {
  const { deal, read, flush, committed, store } = stage;
  deal(0, 1);
  await read(0, 5);
  const release = store.hold(1, 0);
  await flush();
  assert.equal(committed, []);
  deal(1);
  release();
  await read(1, 7);
  await flush();
  await flush();
  assert.equal(committed, ['1: 7']);
});

test.run();
