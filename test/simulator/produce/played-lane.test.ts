// test/simulator/produce/played-lane.test.ts — A lane that another thread goes on with comes to the same account, and sends nothing twice.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { produce } from '../../../simulator/produce/lane-producer.js';
import { PlayedLane, resultOf } from '../../../simulator/produce/played-lane.js';
import type { ProducerThreadInput } from '../../../simulator/produce/producer-thread-messages.js';
import { type JournalEntry, SendJournal } from '../../../simulator/produce/send-journal.js';
import { Tally } from '../../../simulator/produce/tally.js';
import type { SendOutcome, Target, Transport } from '../../../simulator/produce/transport.js';
import { lanesOf } from '../../../simulator/workload/lanes.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { scenarioWith } from '../../support/scenarios.js';

const scenario = scenarioWith({
  arrivals: [{ name: 'day', shape: 'constant', durationHours: 24, events: 900 }],
  delivery: { duplicates: { share: 0.1 }, poisonShare: 0.05 },
  producer: { batchRecords: 20 },
});
const plan = planOf(scenario);
const topics = ['article', 'comment', 'like', 'view'];
const OK = { outcome: 'ok', baseOffset: 0 } as const;

/** A log in memory. After so many batches it never answers again, as for a thread that is killed then. */
class Log implements Transport {
  readonly records: string[] = [];
  readonly stop = new AbortController();
  #left: number;

  constructor(batches: number) {
    this.#left = batches;
  }

  async send({ topic, partition }: Target, batch: { readonly count: number }): Promise<SendOutcome> {
    if (this.#left === 0) {
      this.stop.abort();
      return new Promise(() => undefined);
    }
    this.#left -= 1;
    for (let i = 0; i < batch.count; i += 1) this.records.push(`${topic}/${partition}`);
    return OK;
  }
  async connect(): Promise<void> {}
  async disconnect(): Promise<void> {}
}

async function play(log: Log, journal: SendJournal, resume?: ProducerThreadInput['resume']) {
  const tally = new Tally(plan);
  const input = { scenario, topics, ...(resume ? { resume } : {}) };
  const tell = (entry: JournalEntry) => {
    if (!log.stop.signal.aborted) journal.take(entry);
  };
  const tools = { input, tally, open: lanesOf(plan), journal: tell, now: () => 0 };
  const played = Array.from({ length: plan.lanes }, (_, index) => new PlayedLane(plan, index, tools));
  await produce({
    transport: log,
    lanes: played.map((one) => one.options()),
    limits: { records: 20, bytes: 900_000 },
    lingerMs: 0,
    dueAtMs: undefined,
    now: () => 0,
    signal: log.stop.signal,
  });
  return { ...resultOf(played, tally), totals: tally.progress() };
}

test('whenever a thread is killed, the next one sends what is left, and the account is that of one thread', async () => {
  const whole = await play(new Log(Number.POSITIVE_INFINITY), new SendJournal());
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 40 }), async (batches) => {
      const journal = new SendJournal();
      const [first, second] = [new Log(batches), new Log(Number.POSITIVE_INFINITY)];
      await play(first, journal);
      const unknown = journal.giveUp(0);
      const after = await play(second, journal, { clock: undefined, queues: journal.ends });
      const { sent, ok, info } = after.totals;
      assert.equal([sent, ok, info], [whole.totals.sent, whole.totals.ok - unknown, unknown]);
      const written = first.records.length + second.records.length;
      assert.ok(written >= ok && written <= ok + unknown);
      assert.equal(after.eventsByKind, whole.eventsByKind);
      assert.equal(after.recordsByPartition, whole.recordsByPartition);
      const others = after.lanes.reduce((sum, { unacknowledged = [] }) => sum + unacknowledged.length, 0);
      assert.is(others, unknown);
      if (unknown === 0) assert.equal(after.lanes, whole.lanes);
      for (const [index, { truth }] of after.lanes.entries()) {
        // Fewer acknowledgements never make more certain.
        const most = whole.lanes[index]?.truth.versions ?? [];
        truth.versions.forEach((column, counter) => {
          assert.ok(column.every((version, article) => version <= (most[counter]?.[article] ?? 0)));
        });
      }
    }),
    { numRuns: 40 },
  );
});

test.run();
