// test/consumer/reading/group-consumer.test.ts — Which offsets the group is told of when partitions become another's.
import type { Admin, Consumer, ConsumerRunConfig, EachBatchPayload, Offsets } from 'kafkajs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Positions } from '../../../consumer/applying/positions.js';
import type { SourcePartition } from '../../../consumer/applying/range-applier.js';
import type { Shards } from '../../../consumer/applying/shards.js';
import type { BatchProcessor } from '../../../consumer/reading/batch-processor.js';
import { GroupConsumer } from '../../../consumer/reading/group-consumer.js';

interface Stage {
  /** Deals these partitions of the topic to the consumer. */
  deal: (...partitions: number[]) => void;
  /** Gives it a batch, and returns what its processor may do with the partition. */
  batchOf: (partition: number) => SourcePartition;
  /** Commits what is to be committed. */
  flush: () => Promise<void>;
  /** While it is set, the shards are not yet told. */
  telling: Promise<void> | undefined;
  /** `partition: next offset` */
  readonly committed: string[];
}

const TOPIC = 'view';
const test = suite<Stage>('group consumer');

test.before.each(async (stage) => {
  const listeners = new Map<string, (event: unknown) => void>();
  const timers: (() => void)[] = [];
  const partitions: SourcePartition[] = [];
  let eachBatch: ConsumerRunConfig['eachBatch'];
  const consumer = {
    events: { GROUP_JOIN: 'join', REBALANCING: 'rebalancing', CRASH: 'crash', DISCONNECT: 'disconnect', STOP: 'stop' },
    on: (event: string, listen: (event: unknown) => void) => void listeners.set(event, listen),
    connect: async () => undefined,
    subscribe: async () => undefined,
    run: async (config: ConsumerRunConfig) => {
      eachBatch = config.eachBatch;
    },
  } as unknown as Consumer;
  const committed: string[] = [];
  Object.assign(stage, { committed, telling: undefined });
  const group = new GroupConsumer({
    consumer,
    admin: {} as Admin,
    topics: [TOPIC],
    groupId: 'g',
    partitionsConcurrently: 1,
    commitIntervalMs: 1,
    processor: {
      process: async (_: unknown, partition: SourcePartition) => void partitions.push(partition),
    } as unknown as BatchProcessor,
    shards: { tell: async () => stage.telling, forget: () => undefined } as unknown as Shards,
    positions: new Positions(),
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
  stage.deal = (...own) =>
    listeners.get('join')?.({ payload: { memberId: 'm', memberAssignment: own.length > 0 ? { [TOPIC]: own } : {} } });
  stage.batchOf = (partition) => {
    const payload = {
      batch: {
        topic: TOPIC,
        partition,
        messages: [{}],
        rawMessages: [{}],
        lastOffset: () => '9',
        fetchedOffset: '0',
        highWatermark: '10',
      },
      resolveOffset: () => undefined,
      isRunning: () => true,
      isStale: () => false,
      commitOffsetsIfNecessary: async ({ topics }: Offsets) => {
        for (const { partitions: offsets } of topics)
          for (const { partition: number, offset } of offsets) committed.push(`${number}: ${offset}`);
      },
      heartbeat: async () => undefined,
    };
    void eachBatch?.(payload as unknown as EachBatchPayload);
    const given = partitions.pop();
    assert.ok(given);
    return given;
  };
  stage.flush = async () => {
    timers[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
});

test('what is applied of its partitions is committed', async ({ deal, batchOf, flush, committed }) => {
  deal(0, 1);
  batchOf(0).passed('5');
  batchOf(1).passed('7');
  await flush();
  assert.equal(committed, ['0: 5', '1: 7']);
});

test('a batch that ends when its partition is another’s does not set the group back', async (stage) => {
  const { deal, batchOf, flush, committed } = stage;
  deal(0, 1);
  const late = batchOf(0);
  deal(1);
  late.passed('5');
  batchOf(1).passed('7');
  await flush();
  assert.equal(committed, ['1: 7']);
});

test('nor does a commit that was about to be made', async (stage) => {
  const { deal, batchOf, flush, committed } = stage;
  deal(0, 1);
  batchOf(0).passed('5');
  let told: () => void = () => undefined;
  stage.telling = new Promise((resolve) => {
    told = resolve;
  });
  await flush();
  deal(1);
  told();
  stage.telling = undefined;
  batchOf(1).passed('7');
  await flush();
  await flush();
  assert.equal(committed, ['1: 7']);
});

test.run();
