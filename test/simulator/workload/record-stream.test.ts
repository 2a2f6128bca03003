// test/simulator/workload/record-stream.test.ts — Imperfect delivery sends the same events, later, twice, or beside garbage; aims make the moves they name.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DecodeError, decodeEvent } from '../../../contract/codec.js';
import { Kind } from '../../../contract/kind.js';
import { partitionOf } from '../../../contract/partition.js';
import type { GeneratedScenario } from '../../../simulator/scenario/schema.js';
import { Field } from '../../../simulator/workload/article-table.js';
import { contentPools } from '../../../simulator/workload/content.js';
import { HeldRecords } from '../../../simulator/workload/held-records.js';
import { Lane } from '../../../simulator/workload/lane.js';
import { LaneRecord } from '../../../simulator/workload/lane-record.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { POISON } from '../../../simulator/workload/planned-lane.js';
import { RecordStream } from '../../../simulator/workload/record-stream.js';
import { scenarioWith } from '../../support/scenarios.js';

interface Sent {
  readonly dueMs: number;
  readonly timeMs: number;
  readonly stream: number;
  readonly partition: number;
  readonly kind: number;
  readonly article: number;
  readonly key: string;
  readonly value: Buffer;
}

function send(scenario: GeneratedScenario): { readonly records: Sent[]; readonly lanes: Lane[] } {
  const plan = planOf(scenario);
  const pools = contentPools(scenario);
  const lanes = Array.from({ length: plan.lanes }, (_, index) => new Lane(plan, index));
  const records = lanes.flatMap((lane) => {
    const stream = new RecordStream(plan, lane, pools);
    const sent: Sent[] = [];
    while (stream.advance()) {
      const { dueMs, timeMs, stream: topic, partition, kind, article } = stream;
      const copy = { key: stream.key.toString(), value: Buffer.from(stream.value) };
      sent.push({ dueMs, timeMs, stream: topic, partition, kind, article, ...copy });
    }
    for (const [i, one] of sent.entries()) assert.ok(i === 0 || one.dueMs >= (sent[i - 1]?.dueMs ?? 0));
    return sent;
  });
  return { records, lanes };
}

const valuesOf = (records: readonly Sent[]) => records.map(({ value }) => value.toString()).sort();
const plain = valuesOf(send(scenarioWith()).records);

test('a wrong clock moves all times of its lane, and nothing of when it is sent', () => {
  const seconds = -600;
  const { records } = send(scenarioWith({ delivery: { wrongClocks: [{ lane: 1, seconds }] } }));
  const usual = send(scenarioWith()).records;
  assert.equal(
    records.map(({ dueMs, partition }) => [dueMs, partition]),
    usual.map(({ dueMs, partition }) => [dueMs, partition]),
  );
  for (const { timeMs, dueMs, partition } of records) assert.is(timeMs - dueMs, partition === 1 ? seconds * 1000 : 0);
  const creationOf = ({ value }: Sent) => /"createdAt":"([^"]+)"/.exec(value.toString())?.[1];
  const first = (all: readonly Sent[]) => all.find(({ partition, kind }) => partition === 1 && kind === Kind.created);
  const [wrong, right] = [first(records), first(usual)].map((one) => Date.parse(`${one && creationOf(one)}Z`));
  assert.is((wrong ?? 0) - (right ?? 0), seconds * 1000);
});

test('held records come soonest first, and in their order when equally soon', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (times) => {
      const held = new HeldRecords();
      for (const [count, dueMs] of times.entries()) held.add(Object.assign(new LaneRecord(), { dueMs, count }));
      const taken: [number, number][] = [];
      for (let record = held.take(); record; record = held.take()) taken.push([record.dueMs, record.count]);
      const expected = times.map((dueMs, count): [number, number] => [dueMs, count]);
      assert.equal(
        taken,
        expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]),
      );
    }),
  );
});

test('late and skewed events are the same events, with their own timestamps', () => {
  const delivery = { late: { share: 0.2, byMinutes: 30 }, skewSeconds: { article: 60 } };
  const { records } = send(scenarioWith({ delivery }));
  assert.equal(valuesOf(records), plain);
  assert.ok(records.some(({ dueMs, timeMs }) => dueMs > timeMs + 60_000));
  assert.ok(records.every(({ stream, dueMs, timeMs }) => stream !== 0 || dueMs >= timeMs + 60_000));
});

test('duplicates and re-sent stretches repeat events byte for byte, after the first time', () => {
  const delivery = { duplicates: { share: 0.1 }, resend: { everyMinutes: 120, sliceSeconds: 300, delaySeconds: 20 } };
  const { records } = send(scenarioWith({ delivery }));
  assert.ok(records.length > 6600);
  assert.equal([...new Set(valuesOf(records))], [...new Set(plain)]);
});

test('poison is undecodable in several ways, and takes no event away', () => {
  const { records } = send(scenarioWith({ delivery: { poisonShare: 0.02 } }));
  const poison = records.filter(({ kind }) => kind === POISON);
  const reasons = new Set<string>();
  for (const { value } of poison) {
    try {
      decodeEvent(value);
      assert.unreachable();
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      reasons.add(error.message);
    }
  }
  assert.ok(reasons.size >= 4, [...reasons].join());
  assert.equal(valuesOf(records.filter(({ kind }) => kind !== POISON)), plain);
});

test('shard4 keys are 0 to 3 and decide the partition; other partitionings keep the article as key', () => {
  for (const { key, partition } of send(scenarioWith({ partitioning: 'shard4' })).records) {
    assert.ok(['0', '1', '2', '3'].includes(key));
    assert.is(partition, partitionOf(Buffer.from(key), 3));
  }
  for (const partitioning of ['round-robin', 'explicit']) {
    const { records } = send(scenarioWith({ partitioning }));
    assert.equal(valuesOf(records), plain);
    assert.ok(records.some(({ key, partition }) => partition !== partitionOf(Buffer.from(key), 3)));
  }
});

const oneDay = { clock: { start: '2024-10-01T00:00:00' }, topics: { partitions: 1 } };

test('leaders fall just before the close, and no listable article is touched after that', () => {
  const aim = [{ kind: 'leaders-fall', leaders: 20, minutesBeforeClose: 60 }];
  const scenario = scenarioWith({ ...oneDay, aim });
  const end = planOf(scenario).endMs;
  const { records, lanes } = send(scenario);
  const last = records.filter(({ timeMs, kind }) => timeMs >= end - 3_600_000 && kind !== Kind.created);
  const deleted = last.filter(({ kind }) => kind === Kind.deleted);
  assert.is(deleted.length, 20);
  const older = lanes[0]?.world.older ?? 0;
  assert.ok(last.slice(20).every(({ kind, article }) => kind === Kind.viewed && article < older));
});

test('ties end with equal scores at the wanted ranks', () => {
  const aim = [{ kind: 'ties', ranks: [1, 10], minutesBeforeClose: 240 }];
  const { lanes } = send(scenarioWith({ ...oneDay, aim }));
  const world = lanes[0]?.world;
  assert.ok(world);
  if (!world) return;
  const score = (a: number) => world.table.score(a, { like: 3, comment: 2, view: 1, commenter: 0 });
  const scores = Array.from({ length: world.count - world.older }, (_, i) => i + world.older)
    .filter((a) => world.table.get(a, Field.isDeleted) === 0)
    .map(score)
    .sort((a, b) => b - a);
  assert.is(scores[0], scores[1]);
  assert.is(scores[9], scores[10]);
});

test('a resurrected article receives events after its deletion', () => {
  const { records } = send(scenarioWith({ ...oneDay, aim: [{ kind: 'resurrection', events: 3 }] }));
  const deletedAt = records.findIndex(({ kind }) => kind === Kind.deleted);
  const { article } = records[deletedAt] ?? { article: -1 };
  assert.ok(records.slice(deletedAt + 1).filter((one) => one.article === article).length >= 3);
});

test('events near midnight fall on its edges', () => {
  const arrivals = [{ name: 'night', shape: 'constant', durationHours: 2, events: 72_000 }];
  const scenario = scenarioWith({ clock: { start: '2024-10-01T23:00:00' }, arrivals, aim: [{ kind: 'midnight' }] });
  const midnight = planOf(scenario).startMs + 3_600_000;
  const times = new Set(send(scenario).records.map(({ timeMs }) => timeMs - midnight));
  assert.ok(times.has(-1));
  assert.ok(times.has(0));
});

test('articles of a burst have neighbouring ids', () => {
  const aim = [{ kind: 'adjacent-ids', articles: 4 }];
  const { records } = send(scenarioWith({ ...oneDay, articles: { perDay: 200, older: 0 }, aim }));
  const ids = records.filter(({ kind }) => kind === Kind.created).map(({ key }) => BigInt(key));
  assert.is(ids.length, 200);
  assert.is(ids.filter((id, i) => id === (ids[i - 1] ?? 0n) + 1n).length, 150);
});

test('a hot partition has its share of the events', () => {
  const { records } = send(scenarioWith({ popularity: { hotPartitionShare: 0.7 } }));
  const hot = records.filter(({ partition }) => partition === 0).length;
  assert.ok(Math.abs(hot / records.length - 0.7) < 0.01, `${hot} of ${records.length}`);
});

test('all-equal ends with views that differ by one at most', () => {
  const articles = { perDay: 50, older: 0, deleteRate: 0 };
  const arrivals = [
    { name: 'day', shape: 'constant', durationHours: 23, events: 4000 },
    { name: 'evening', shape: 'constant', durationHours: 1, events: 2000 },
  ];
  const mix = { view: 1, like: 0, unlike: 0, comment: 0, commentDelete: 0 };
  const { lanes } = send(scenarioWith({ ...oneDay, articles, arrivals, mix, aim: [{ kind: 'all-equal' }] }));
  const world = lanes[0]?.world;
  const others = Array.from({ length: (world?.count ?? 1) - 1 }, (_, article) => article);
  const views = others.map((article) => world?.table.get(article, Field.views) ?? 0);
  assert.ok(Math.max(...views) - Math.min(...views) <= 1, views.join());
});

test.run();
