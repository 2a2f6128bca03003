// test/consumer/applying/shards.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ArticleState } from '../../../consumer/applying/article-state.js';
import { RankingKeys } from '../../../consumer/applying/ranking-keys.js';
import { Shards } from '../../../consumer/applying/shards.js';
import { partitionOf } from '../../../contract/partition.js';
import { OffsetsOnlyStore } from '../offsets-only-store.js';

const keys = new RankingKeys('', 3);
const articleOf = (shard: number) => {
  for (let id = 1; ; id += 1) if (keys.shardOf(String(id)) === shard) return String(id);
};
const [A, B, C] = [articleOf(0), articleOf(1), articleOf(2)] as const;

function range(from: number, next: number, ...articleIds: readonly string[]) {
  const articles = new Map(articleIds.map((id) => [id, new ArticleState()]));
  const days = new Map(articles.size > 0 ? [['20241001', articles]] : []);
  return { topic: 't', partition: 0, from: `${from}`, next: `${next}`, days };
}

test('an article’s shard is the partition of its key, when there are as many of both', () => {
  for (const id of ['1', '99', '184721186232410112', '9223372036854775807']) {
    assert.is(new RankingKeys('', 12).shardOf(id), partitionOf(Buffer.from(id), 12));
  }
});

test('the articles of each shard fill its buckets evenly, whether or not their ids are padded', () => {
  const four = new RankingKeys('', 4);
  for (const first of [184721186232410112n, 9000000000000000000n]) {
    const filled = new Set<string>();
    for (let i = 0n; i < 40_000n; i += 1n) filled.add(four.bucketOfArticle('20241001', String(first + i)));
    assert.ok(filled.size > 14_000, `${filled.size} of 16384`);
  }
});

test('only shards that a range says something to are asked', async () => {
  const store = new OffsetsOnlyStore('0', '0', '0');
  const shards = new Shards(store, keys);
  await shards.apply(range(0, 5, A));
  await shards.apply(range(5, 9, A, C));
  assert.equal(store.calls, [`0: 0-5 ${A}`, `0: 5-9 ${A}`, `2: 0-9 ${C}`]);
  assert.equal(store.stored, ['9', '0', '9']);
});

test('the others are told once, in one go, and none looks as if it had lost anything', async () => {
  const store = new OffsetsOnlyStore('0', '0', '0');
  const shards = new Shards(store, keys);
  await shards.apply(range(0, 5, A));
  await shards.apply(range(5, 9, A));
  assert.equal(await shards.offsets(), new Map([['t/0', '9']]));
  assert.equal(store.calls.slice(2), ['1: 0-9', '2: 0-9']);
  await shards.tell();
  assert.is(store.calls.length, 4);
});

test('the stored offset is that of the shard that has least, and none when one knows nothing', async () => {
  const store = new OffsetsOnlyStore('9', '3', '7');
  const shards = new Shards(store, keys);
  assert.equal(await shards.offsets(), new Map([['t/0', '3']]));
  store.stored[2] = 'none';
  assert.equal(await shards.offsets(), new Map());
});

test('a shard that was set back is not told of what it has not seen', async () => {
  const store = new OffsetsOnlyStore('5', '5', '5');
  const shards = new Shards(store, keys);
  await shards.apply(range(5, 9, A));
  store.stored[1] = '2';
  assert.equal(await shards.offsets(), new Map([['t/0', '2']]));
  await shards.apply(range(2, 9, B));
  assert.equal(store.stored, ['9', '9', '9']);
});

test('where one does not apply, all are asked, and those that had applied are not asked again', async () => {
  const store = new OffsetsOnlyStore('5', '2', '8');
  const shards = new Shards(store, keys);
  const given = range(5, 9, A, B);
  const replies = await shards.applyToAll(given, await shards.apply(given));
  assert.equal(replies, [
    { outcome: 'applied', late: 0, shard: 0 },
    { outcome: 'refused', stored: '2', shard: 1 },
    { outcome: 'applied', late: 0, shard: 2 },
  ]);
  const refused = replies.filter(({ outcome }) => outcome === 'refused');
  await shards.insist(given, replies, refused);
  assert.equal(store.stored, ['9', '9', '9']);
  assert.equal(store.calls, [`0: 5-9 ${A}`, `1: 5-9 ${B}`, `1: 5-9 ${B}`, '2: 5-9', `1: 5-9 ${B}`]);
});

test('a range that says nothing is still shown to one shard, so that a gap before it is noticed', async () => {
  const store = new OffsetsOnlyStore('0', '0', '0');
  const shards = new Shards(store, keys);
  assert.equal(await shards.apply(range(4, 6)), [{ outcome: 'refused', stored: '0', shard: 0 }]);
});

test.run();
