// test/e2e/redis-flush.e2e.test.ts — The keys of a run go at one stroke, as those of a Redis that loses its data.
import { Redis } from 'ioredis';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { deleteKeys } from '../../simulator/fault/redis-flush.js';
import { Owned } from '../../simulator/infra/processes/owned.js';
import { startLocalRedis } from '../../simulator/infra/redis/local-redis.js';
import { NOTHING_LEFT, PrivateFolder } from '../simulator/infra/private-folder.js';

const PAIRS = Array.from({ length: 2000 }, (_, i) => [`run:a${i}`, `run:b${i}`] as const);
const test = suite('redis-flush');

test('whatever is written meanwhile, what is written together goes together, and nothing else goes', async () => {
  const folder = new PrivateFolder();
  const owned = await Owned.start(folder.logDir);
  const breakable = { links: false, redis: { persistence: 'none', replica: false } } as const;
  const { signal } = new AbortController();
  try {
    const { server } = await startLocalRedis({ nodes: 1, say: () => undefined, signal, owned, breakable });
    const redis = new Redis(`redis://${server.address}/0`);
    const write = () =>
      Promise.all(PAIRS.map(([a, b]) => redis.multi().set(a, 'x').set(b, 'x').set('running', 'x').exec()));
    await write();
    const [deleted] = await Promise.all([deleteKeys(server, 'run:'), write()]);
    assert.ok(deleted > 0 && deleted % 2 === 0, `${deleted} keys`);
    const left = await Promise.all(PAIRS.map(([a, b]) => redis.exists(a, b)));
    assert.not(left.includes(1), 'one of two that are written together is gone');
    const sum = left.reduce((total, keys) => total + keys, 0);
    assert.is(await deleteKeys(server, 'run:'), sum);
    assert.equal(await redis.keys('*'), ['running']);
    redis.disconnect();
  } finally {
    await owned[Symbol.asyncDispose]();
  }
  assert.equal(await folder.left(), NOTHING_LEFT);
  folder.remove();
});

test.run();
