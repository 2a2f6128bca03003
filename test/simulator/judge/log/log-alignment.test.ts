// test/simulator/judge/log/log-alignment.test.ts — Whatever a broker or a retry does to a log, every record is found, missed, repeated or foreign, and the verdict says whose fault it is.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogCursor } from '../../../../simulator/history/log-records.js';
import type { PlannedRecord } from '../../../../simulator/judge/log/aligned-partition.js';
import { LogAlignment, type LogComparison } from '../../../../simulator/judge/log/log-alignment.js';

/** The record whose send ended unknown. */
const UNKNOWN = 4;

const recordOf = (id: number) => Buffer.from(`{"eventId":${1000 + id},"type":"ARTICLE_VIEWED","payload":{}}`);
const plannedOf = (ids: readonly number[]): PlannedRecord[] =>
  ids.map((id) => ({ stream: 3, partition: 0, dueMs: id, value: recordOf(id), acknowledged: id !== UNKNOWN }));

/** Hands out records a few at a time. */
function cursorOver(log: readonly Buffer[]): LogCursor {
  let [at, fetched] = [0, 0];
  return {
    peek: () => {
      const value = at < fetched ? log[at] : undefined;
      return value && { offset: at, timeMs: 0, value };
    },
    take: () => {
      at += 1;
    },
    fill: async () => {
      fetched = Math.min(log.length, fetched + 3);
      return at < fetched;
    },
  };
}

/** @param logOf what one partition of one topic holds */
async function alignedWith(
  plan: readonly PlannedRecord[],
  partitions: number,
  logOf: (stream: number, partition: number) => readonly Buffer[],
) {
  const read: [offset: number, dueMs: number][] = [];
  const alignment = new LogAlignment(partitions, {
    cursorOf: (stream, partition) => cursorOver(logOf(stream, partition)),
    read: ({ offset }, { dueMs }) => void read.push([offset, dueMs]),
  });
  for (const planned of plan) {
    for (let filled = alignment.offer(planned); filled; filled = alignment.offer(planned)) await filled;
  }
  /** Records that were read by when the plan had come to its end. */
  const inTime = read.length;
  return { comparison: await alignment.finish(), read, inTime, alignment };
}

const aligned = (plan: readonly number[], log: readonly number[]) =>
  alignedWith(plannedOf(plan), 1, (stream) => (stream === 3 ? log.map(recordOf) : []));

const five = [1, 2, 3, 4, 5];
const counts = ({ matched, missing, repeats, foreign }: LogComparison) => ({ matched, missing, repeats, foreign });

const cases: readonly (readonly [string, readonly number[], ReturnType<typeof counts>])[] = [
  ['all of it', five, { matched: 5, missing: 0, repeats: 0, foreign: 0 }],
  ['a hole', [1, 2, 5], { matched: 3, missing: 2, repeats: 0, foreign: 0 }],
  ['a batch twice', [1, 2, 1, 2, 3, 4, 5], { matched: 5, missing: 0, repeats: 2, foreign: 0 }],
  ['another order', [2, 1, 3, 5, 4], { matched: 5, missing: 0, repeats: 0, foreign: 0 }],
  ['a record nobody planned', [1, 2, 99, 3, 4, 5], { matched: 5, missing: 0, repeats: 0, foreign: 1 }],
  ['nothing', [], { matched: 0, missing: 5, repeats: 0, foreign: 0 }],
];
for (const [name, log, expected] of cases) {
  test(`a log that holds ${name}`, async () => {
    const { comparison, read } = await aligned(five, log);
    assert.equal(counts(comparison), expected);
    assert.equal(
      read.map(([offset]) => offset),
      log.map((_, i) => i),
    );
  });
}

test('a record that is to be sent twice may come twice before its second turn', async () => {
  const { comparison } = await aligned([1, 2, 3, 1, 4], [1, 1, 2, 3, 4]);
  assert.equal(counts(comparison), { matched: 5, missing: 0, repeats: 0, foreign: 0 });
});

const twice: readonly (readonly [plan: readonly number[], log: readonly number[], Partial<LogComparison>])[] = [
  [[1, 2, 1, 3], [2, 3], { matched: 2, missing: 2, lost: 2, repeats: 0 }],
  [[1, 2, 1, 3], [2, 3, 1, 1], { matched: 4, missing: 0, lost: 0, repeats: 0 }],
  [[1, 2, 3], [2, 1, 1, 3], { matched: 3, missing: 0, lost: 0, repeats: 1 }],
  [[1, 2, 1, 1], [1, 1, 2], { matched: 3, missing: 1, lost: 1, repeats: 0 }],
];
for (const [plan, log, expected] of twice) {
  test(`of a plan of ${plan} the log ${log} is told apart, each time that a record is to come`, async () => {
    const { comparison } = await aligned(plan, log);
    const { matched, missing, lost, repeats } = comparison;
    assert.equal({ matched, missing, lost, repeats }, expected);
  });
}

test('records are read when the plan comes to them, so that partitions keep pace with each other', async () => {
  for (const log of [five, [2, 1, 3, 4, 5], [1, 2, 1, 2, 3, 4, 5], [1, 2, 3, 4, 4, 5]])
    assert.is((await aligned(five, log)).inTime, log.length, `of ${log}`);
});

test('a repeat of what was met long before is known by a second look at the plan', async () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => i);
  const log = [...ids, 19_000, 1000, 99_999, 1000];
  const { comparison, alignment } = await aligned(ids, log);
  assert.equal(counts(comparison), { matched: 20_000, missing: 0, repeats: 1, foreign: 3 });
  const again = alignment.recognize(plannedOf(ids));
  assert.equal(counts(again), { matched: 20_000, missing: 0, repeats: 3, foreign: 1 });
  assert.equal(again.foreignExamples, ['view/0 offset 20002']);
});

test('every copy of a record is as late as the send it belongs to, wherever it lies', async () => {
  const lateness = async (log: readonly number[]) => (await aligned(five, log)).read.map(([, dueMs]) => dueMs);
  assert.equal(await lateness([1, 2, 3, 4, 5, 2]), [1, 2, 3, 4, 5, 2]);
  assert.equal(await lateness([1, 2, 3, 4, 5, 5, 5]), [1, 2, 3, 4, 5, 5, 5]);
  assert.equal(await lateness([1, 2, 2, 1, 3, 2, 4, 5, 1]), [1, 2, 2, 1, 3, 2, 4, 5, 1]);
  // Two lanes whose records do not lie in the order of the plan.
  assert.equal(await lateness([2, 1, 2, 5, 4, 5, 3, 4]), [2, 1, 2, 5, 4, 5, 3, 4]);
});

test('a copy of what was met long before is taken to be as late as the latest record', async () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => i);
  const { read } = await aligned(ids, [...ids, 7]);
  assert.equal(read.at(-1), [20_000, 19_999]);
});

test('each record is read once, in the order of the log, with the time at which it was to be sent', async () => {
  const { read } = await aligned(five, [1, 3, 2, 5]);
  assert.equal(read, [
    [0, 1],
    [1, 3],
    [2, 2],
    [3, 5],
  ]);
});

test('any part of any plan, with any repeats of it, is told apart', async () => {
  const plan = Array.from({ length: 40 }, (_, i) => i);
  await fc.assert(
    fc.asyncProperty(fc.subarray(plan), fc.nat(10), async (log, again) => {
      const repeated = log.slice(-again).filter(() => again > 0);
      const { comparison } = await aligned(plan, [...log, ...repeated]);
      const expected = { matched: log.length, missing: 40 - log.length, repeats: repeated.length, foreign: 0 };
      assert.equal(counts(comparison), expected);
    }),
    { numRuns: 60 },
  );
});

test('every partition of every topic is read, and no other, also where nothing was planned', async () => {
  const places: string[] = [];
  const { comparison } = await alignedWith(plannedOf([1, 2]), 5, (stream, partition) => {
    places.push(`${stream}/${partition}`);
    if (stream === 3 && partition === 0) return [recordOf(1), recordOf(2)];
    return stream === 0 && partition === 4 ? [recordOf(7)] : [];
  });
  const topics = [0, 1, 2, 3].flatMap((stream) => [0, 1, 2, 3, 4].map((partition) => `${stream}/${partition}`));
  assert.equal(places.toSorted(), topics);
  assert.equal(counts(comparison), { matched: 2, missing: 0, repeats: 0, foreign: 1 });
  assert.equal([comparison.records, comparison.foreignExamples], [3, ['article/4 offset 0']]);
});

test('of what is lost, or was never planned, the first five are named', async () => {
  const plan = [0, 1].flatMap((partition) =>
    plannedOf([1, 2, 3, 5, 6, 7].map((id) => 10 * partition + id)).map((one) => ({ ...one, partition })),
  );
  const others = [90, 91, 92, 93, 94, 95].map(recordOf);
  const { comparison } = await alignedWith(plan, 2, (stream) => (stream === 3 ? others : []));
  assert.equal([comparison.lost, comparison.foreign], [12, 12]);
  assert.equal(
    comparison.examples,
    [1, 2, 3, 5, 6].map((id) => ({ place: 'view/0', eventId: String(1000 + id) })),
  );
  assert.equal(
    comparison.foreignExamples,
    [0, 1, 2, 3, 4].map((offset) => `view/0 offset ${offset}`),
  );
});

test('of two sends of a record one was acknowledged: that one is lost', async () => {
  const [sent, failed] = plannedOf([1, UNKNOWN]) as [PlannedRecord, PlannedRecord];
  const { comparison } = await alignedWith([{ ...failed, value: sent.value }, sent], 1, () => []);
  assert.equal([comparison.missing, comparison.lost], [2, 1]);
  assert.equal(comparison.examples, [{ place: 'view/0', eventId: '1001' }]);
});

test('a lost record that nobody can decode has no id', async () => {
  const garbage = plannedOf([1]).map((one) => ({ ...one, value: Buffer.from('not an event') }));
  const { comparison } = await alignedWith(garbage, 1, () => []);
  assert.equal(comparison.examples, [{ place: 'view/0', eventId: 'unknown' }]);
});

test('of what is missing only the acknowledged is lost', async () => {
  const { comparison: found } = await aligned(five, [1, 2, 5]);
  assert.equal([found.missing, found.lost, found.examples], [2, 1, [{ place: 'view/0', eventId: '1003' }]]);
});

test.run();
