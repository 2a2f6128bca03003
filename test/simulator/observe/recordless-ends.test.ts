// test/simulator/observe/recordless-ends.test.ts — A consumer that has read every record is behind by nothing, whatever offsets follow.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { OpenLog } from '../../../simulator/history/log-records.js';
import { PartitionCursor } from '../../../simulator/observe/log-reader.js';
import { RecordlessEnds } from '../../../simulator/observe/recordless-ends.js';

const TOPICS = ['board-article', 'board-like'];
const [MARKED, UNREAD] = ['board-like/0', 'board-article/1'];
const at = (partition: string, committed: number, latest: number) => ({ partition, committed, latest });

/** `board-like/0` ends with the marker at offset 9, `board-article/1` with a record there. */
function standing() {
  let nowMs = 0;
  const opened: string[][] = [];
  const ends = new RecordlessEnds({
    topics: TOPICS,
    now: () => nowMs,
    openLog: async (starts): Promise<OpenLog> => {
      opened.push([...starts.keys()]);
      return {
        cursorOf: (stream, partition) => {
          const place = `${TOPICS[stream]}/${partition}`;
          const records = place === UNREAD ? [{ offset: 9, timeMs: 0, value: Buffer.from('x') }] : [];
          return new PartitionCursor({ start: starts.get(place) ?? 0, end: 10 }, async () => ({ records, next: 10 }));
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      };
    },
  });
  return {
    opened,
    passed: (elapsedMs: number, offsets: Parameters<RecordlessEnds['passed']>[0]) => {
      nowMs += elapsedMs;
      return ends.passed(offsets);
    },
  };
}

test('a partition that ends with a marker counts as read when its group has not moved for three seconds', async () => {
  const { passed, opened } = standing();
  const offsets = [at(MARKED, 9, 10), at(UNREAD, 9, 10), at('board-like/1', 4, 4)];
  assert.equal(await passed(0, offsets), offsets);
  assert.equal(await passed(2999, offsets), offsets);
  assert.equal(opened, []);
  const read = [at(MARKED, 10, 10), at(UNREAD, 9, 10), at('board-like/1', 4, 4)];
  assert.equal(await passed(1, offsets), read);
  assert.equal(opened, [[MARKED, UNREAD]]);
});

test('the log is read once for a committed offset, and again when more is written', async () => {
  const { passed, opened } = standing();
  for (let second = 0; second <= 10; second += 1) await passed(1000, [at(MARKED, 9, 10)]);
  assert.is(opened.length, 1);
  assert.equal(await passed(1000, [at(MARKED, 9, 11)]), [at(MARKED, 9, 11)]);
  assert.equal(await passed(3000, [at(MARKED, 9, 11)]), [at(MARKED, 11, 11)]);
  assert.is(opened.length, 2);
});

test('a group that moves is not looked at', async () => {
  const { passed, opened } = standing();
  for (let committed = 0; committed < 9; committed += 1) await passed(4000, [at(MARKED, committed, 10)]);
  assert.equal(opened, []);
});

test('a log that cannot be read now leaves the lag as it is', async () => {
  const ends = new RecordlessEnds({
    topics: TOPICS,
    now: () => performance.now() * 1e9,
    openLog: () => Promise.reject(new Error('away')),
  });
  const offsets = [at(MARKED, 9, 10)];
  for (let reading = 0; reading < 3; reading += 1) assert.equal(await ends.passed(offsets), offsets);
});

test.run();
