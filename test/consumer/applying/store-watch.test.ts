// test/consumer/applying/store-watch.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Positions } from '../../../consumer/applying/positions.js';
import { StoreWatch } from '../../../consumer/applying/store-watch.js';

const LIKES = { topic: 'board-like', partition: 1 };
const VIEWS = { topic: 'board-view', partition: 0 };

function setUp(
  stored: Readonly<Record<string, string>>,
  committed: { topic: string; partition: number; offset: string }[] = [],
) {
  const positions = new Positions();
  const seeks: unknown[] = [];
  const watch = new StoreWatch({
    shards: {
      offsets: async () => new Map(Object.entries(stored)),
      reconcile: async () => undefined,
    },
    positions,
    committed: async () => committed,
    firstOffset: async () => '2',
    seek: ({ topic, partition }, offset) => seeks.push(`${topic}/${partition} ${offset}`),
    warn: () => undefined,
  });
  return { positions, seeks, watch };
}

test('a store that holds all is left alone', async () => {
  const { positions, seeks, watch } = setUp({ 'board-like/1': '9', 'board-view/0': '12' });
  positions.set(LIKES, '9');
  positions.set(VIEWS, '10');
  await watch.check();
  assert.equal(seeks, []);
});

test('what it lacks is read again: from where it is, or from the first offset', async () => {
  const { positions, seeks, watch } = setUp({ 'board-like/1': '9' });
  positions.set(LIKES, '10');
  positions.set(VIEWS, '10');
  await watch.check();
  assert.equal(seeks, ['board-like/1 9', 'board-view/0 2']);
  assert.equal([positions.get(LIKES), positions.get(VIEWS)], ['9', '2']);
  await watch.check();
  assert.is(seeks.length, 2);
});

test('what another member had committed is expected in the store too', async () => {
  const { seeks, watch } = setUp({ 'board-like/1': '9' }, [{ ...LIKES, offset: '20' }]);
  await watch.check();
  assert.equal(seeks, []);
  watch.assigned();
  await watch.check();
  assert.equal(seeks, ['board-like/1 9']);
});

test.run();
