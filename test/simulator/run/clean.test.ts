// test/simulator/run/clean.test.ts — What killed runs left in Kafka is removed, and what others own stays.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findLeftovers, removeLeftover } from '../../../simulator/run/clean.js';
import { NamedThings } from './named-things.js';

const NOW_MS = Date.UTC(2026, 11, 1, 12);
const OVER = 'sim-20261130-101500-a1b2';
const LIVE = 'sim-20261130-111500-c3d4';

function broker(): NamedThings {
  const topics = ['orders', `${OVER}.board-like`, `${OVER}.board-view`, `${LIVE}.board-like`];
  return new NamedThings(topics, { billing: 1, [`${OVER}.service`]: 0, [`${LIVE}.service`]: 2 });
}

test('leftovers are found with their groups, and a run whose group has members may go on', async () => {
  const found = await findLeftovers({ admin: broker(), redis: undefined }, NOW_MS);
  assert.equal(
    found.map(({ runId, groups, mayGoOn }) => [runId, groups, mayGoOn]),
    [
      [OVER.slice(4), [`${OVER}.service`], undefined],
      [LIVE.slice(4), [`${LIVE}.service`], 'its group has members'],
    ],
  );
  assert.equal(await findLeftovers({ admin: undefined, redis: undefined }, NOW_MS), []);
});

test('the topics and groups of one leftover are removed, and nothing else', async () => {
  const admin = broker();
  const [leftover] = await findLeftovers({ admin, redis: undefined }, NOW_MS);
  assert.ok(leftover);
  assert.equal(await removeLeftover({ admin, redis: undefined }, leftover), { left: [], reason: undefined });
  assert.equal(admin.topics, ['orders', `${LIVE}.board-like`]);
  assert.equal([...admin.groups.keys()], ['billing', `${LIVE}.service`]);
});

test.run();
