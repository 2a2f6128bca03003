// test/consumer/reading/batch-processor.test.ts
import { Registry } from 'prom-client';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Fold } from '../../../consumer/applying/fold.js';
import { Positions } from '../../../consumer/applying/positions.js';
import { RangeApplier } from '../../../consumer/applying/range-applier.js';
import type { ApplyReply, RankingStore, RecordRange, StoredOffset } from '../../../consumer/applying/range-store.js';
import { RankingKeys } from '../../../consumer/applying/ranking-keys.js';
import { Shards } from '../../../consumer/applying/shards.js';
import { BatchProcessor, type SourceBatch } from '../../../consumer/reading/batch-processor.js';
import type { DeadLetter, DeadLetters } from '../../../consumer/reading/dead-letters.js';
import { ServiceClock } from '../../../consumer/runtime/service-clock.js';
import { ServiceMetrics } from '../../../consumer/runtime/service-metrics.js';
import { Calendar } from '../../../contract/calendar.js';
import { DEFAULT_RULES } from '../../../contract/rules.js';

/** A place that keeps nothing but the offset, by the rules of the real one. */
class OffsetOnlyStore implements RankingStore {
  eventTimes = async () => new Map();
  freeze = async () => undefined;
  stored: StoredOffset;
  readonly applied: string[] = [];

  constructor(stored: StoredOffset) {
    this.stored = stored;
  }

  async offsets(): Promise<ReadonlyMap<string, string>> {
    return new Map();
  }

  async reconcile(): Promise<void> {}

  async apply({ from, next }: RecordRange, inSpiteOf = ''): Promise<ApplyReply> {
    await Promise.resolve();
    const { stored } = this;
    if (inSpiteOf !== stored) {
      if (stored === 'none' || Number(stored) < Number(from)) return { outcome: 'refused', stored };
      if (Number(stored) >= Number(next)) return { outcome: 'skipped', stored };
    }
    this.stored = next;
    this.applied.push(`${from}-${next}`);
    return { outcome: 'applied', late: 0 };
  }
}

function setUp(stored: StoredOffset, log: { low: string; high: string }) {
  const calendar = new Calendar(DEFAULT_RULES);
  const clock = new ServiceClock({ kind: 'event-time' }, calendar, () => 0);
  const store = new OffsetOnlyStore(stored);
  const letters: DeadLetter[] = [];
  const seen: string[] = [];
  const deadLetters = { put: async (given: readonly DeadLetter[]) => void letters.push(...given) } as DeadLetters;
  const metrics = new ServiceMetrics(new Registry(), { clock, wallMs: () => 0, latencyBoundariesMs: [] });
  const warn = () => undefined;
  const positions = new Positions();
  let isLeft = false;
  const processor = new BatchProcessor({
    fold: new Fold(calendar, DEFAULT_RULES),
    applier: new RangeApplier({ shards: new Shards(store, new RankingKeys('', 1)), metrics, positions, warn }),
    deadLetters,
    clock,
    metrics,
  });
  const process = (batch: SourceBatch) =>
    processor.process(batch, {
      passed: (next) => seen.push(`passed ${next}`),
      seek: (offset) => seen.push(`seek ${offset}`),
      isLeft: () => isLeft,
      bounds: async () => log,
    });
  const seekElsewhere = (offset: string) => {
    positions.set({ topic: 'board-view', partition: 0 }, offset);
    isLeft = true;
  };
  return { store, letters, seen, metrics, process, seekElsewhere };
}

const VIEW = '{"eventId":1,"type":"ARTICLE_VIEWED","payload":{"articleId":2,"articleViewCount":3}}';

function batch(from: number, next: number, options: { values?: readonly string[]; end?: number } = {}): SourceBatch {
  const values = options.values ?? Array.from({ length: next - from }, () => VIEW);
  const records = values.map((value, index) => ({
    offset: String(from + index),
    timestamp: '1727740800000',
    key: Buffer.from('2'),
    value: Buffer.from(value),
  }));
  const position = { from: String(from), next: String(next), end: String(options.end ?? next) };
  return { topic: 'board-view', partition: 0, ...position, records };
}

test('batches that follow each other are applied', async () => {
  const { store, seen, metrics, process } = setUp('0', { low: '0', high: '9' });
  await process(batch(0, 4));
  await process(batch(4, 9));
  assert.equal(store.applied, ['0-4', '4-9']);
  assert.equal(seen, ['passed 4', 'passed 9']);
  assert.equal(metrics.counts, { consumed: 9, applied: 9, skipped: 0, late: 0, deadLetters: 0 });
});

test('an empty store is filled from the first offset of the log', async () => {
  const { store, seen, process } = setUp('none', { low: '3', high: '20' });
  await process(batch(10, 12));
  assert.equal([store.stored, seen], ['none', ['seek 3']]);
  await process(batch(3, 12));
  assert.equal([store.stored, seen], ['12', ['seek 3', 'passed 12']]);
});

test('a store that was set back is brought up again from where it is', async () => {
  const { store, seen, process } = setUp('5', { low: '0', high: '20' });
  await process(batch(10, 12));
  await process(batch(5, 12));
  assert.equal([store.applied, seen], [['5-12'], ['seek 5', 'passed 12']]);
});

test('a batch that was under way when its partition was told to start anew is dropped', async () => {
  const { store, seen, process, seekElsewhere } = setUp('10', { low: '0', high: '20' });
  const underWay = process(batch(10, 12));
  store.stored = 'none';
  seekElsewhere('0');
  await underWay;
  assert.equal([store.stored, store.applied, seen], ['none', [], []]);
});

test('what has left the log is passed over', async () => {
  const { store, seen, process } = setUp('5', { low: '10', high: '20' });
  await process(batch(10, 12));
  assert.equal([store.applied, seen], [['10-12'], ['passed 12']]);
});

test('offsets that hold no records, such as transaction markers, are no gap', async () => {
  const { store, process } = setUp('0', { low: '0', high: '20' });
  await process(batch(0, 4));
  await process(batch(6, 8));
  assert.equal(store.applied, ['0-4', '6-8']);
});

test('they are none either at the start, once they were looked for', async () => {
  const { store, seen, process } = setUp('4', { low: '0', high: '20' });
  await process(batch(6, 8));
  await process(batch(6, 8));
  assert.equal([store.applied, seen], [['6-8'], ['seek 4', 'passed 8']]);
});

test('offsets that hold nothing but hidden records are passed, as if there were records', async () => {
  const { store, seen, metrics, process } = setUp('0', { low: '0', high: '7' });
  await process(batch(0, 4));
  await process(batch(4, 7, { values: [] }));
  assert.equal([store.applied, store.stored], [['0-4', '4-7'], '7']);
  assert.equal(seen, ['passed 4', 'passed 7']);
  assert.is(metrics.counts.consumed, 4);
});

test('so are those at the start of a log, and those behind a deleted beginning', async () => {
  const { store, seen, process } = setUp('none', { low: '5', high: '8' });
  await process(batch(5, 8, { values: [] }));
  assert.equal([store.stored, seen], ['8', ['passed 8']]);
});

test('a batch without records is not applied once its partition is left', async () => {
  const { store, seen, process, seekElsewhere } = setUp('0', { low: '0', high: '7' });
  seekElsewhere('0');
  await process(batch(0, 7, { values: [] }));
  assert.equal([store.applied, seen], [[], []]);
});

test('what had been applied is passed, up to what is stored', async () => {
  const { store, seen, metrics, process } = setUp('15', { low: '0', high: '20' });
  await process(batch(3, 6, { end: 20 }));
  assert.equal([store.applied, seen], [[], ['passed 15', 'seek 15']]);
  assert.is(metrics.counts.skipped, 3);
});

test('a topic that was made anew is applied from its start', async () => {
  const { store, process } = setUp('15', { low: '0', high: '6' });
  await process(batch(0, 6));
  assert.equal([store.applied, store.stored], [['0-6'], '6']);
});

test('a broken record is put aside, and its neighbours count', async () => {
  const { letters, metrics, process } = setUp('0', { low: '0', high: '3' });
  await process(batch(0, 3, { values: [VIEW, '{"eventId":', VIEW] }));
  assert.equal(
    letters.map(({ partition, offset, reason }) => [partition, offset, reason]),
    [[0, '1', 'value is not JSON']],
  );
  assert.equal(metrics.counts, { consumed: 3, applied: 3, skipped: 0, late: 0, deadLetters: 1 });
});

test('a batch over very many articles is applied in steps that follow each other', async () => {
  const { store, process } = setUp('0', { low: '0', high: '9000' });
  const values = Array.from({ length: 9000 }, (_, i) => VIEW.replace('"articleId":2', `"articleId":${i + 1}`));
  await process(batch(0, 9000, { values }));
  assert.equal(store.applied, ['0-4000', '4000-8000', '8000-9000']);
});

test.run();
