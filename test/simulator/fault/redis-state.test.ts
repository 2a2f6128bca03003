// test/simulator/fault/redis-state.test.ts — Which Redis is broken, before and after a failover.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isPromoted, wholeRedis } from '../../../simulator/fault/redis-state.js';
import type { Breakable, BreakableRedis } from '../../../simulator/infra/breakable.js';

const server = (name: string, address: string) => ({ name, address, pid: () => 7 }) as BreakableRedis;
const [redis, redisReplica] = [server('Redis', '127.0.0.1:1'), server('Redis replica', '127.0.0.1:2')];

function breakableWith(target: string): Breakable {
  const link = { name: 'link to Redis', target } as NonNullable<Breakable['links']['redis']>;
  return { kafka: [], redis, redisReplica, links: { kafka: [], redis: link } };
}

test('it is the primary, and after a failover the former replica', () => {
  const none = new Set<string>();
  assert.is(wholeRedis({ breakable: breakableWith(redis.address), broken: none }), redis);
  assert.is(wholeRedis({ breakable: breakableWith(redisReplica.address), broken: none }), redisReplica);
  // The former primary, on its way back, is not in the way.
  const broken = new Set(['Redis']);
  assert.is(wholeRedis({ breakable: breakableWith(redisReplica.address), broken }), redisReplica);
  assert.throws(() => wholeRedis({ breakable: breakableWith(redis.address), broken }), /broken already/);
});

test('only a replica can be promoted', () => {
  assert.is(isPromoted(redis, breakableWith(redis.address)), false);
  assert.is(isPromoted(redisReplica, breakableWith(redis.address)), false);
  assert.is(isPromoted(redisReplica, breakableWith(redisReplica.address)), true);
});

test.run();
