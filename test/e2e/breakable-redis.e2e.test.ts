// test/e2e/breakable-redis.e2e.test.ts — A real Redis and its replica: killed, paused, emptied, healed, and reached through a link.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BreakableOptions, BreakableServer } from '../../simulator/infra/breakable.js';
import { Owned } from '../../simulator/infra/processes/owned.js';
import { type LocalRedis, startLocalRedis } from '../../simulator/infra/redis/local-redis.js';
import { NOTHING_LEFT, PrivateFolder } from '../simulator/infra/private-folder.js';

interface Context {
  folder: PrivateFolder;
}

interface StartedRedis extends LocalRedis {
  readonly owned: Owned;
}

const test = suite<Context>('breakable Redis');
const { signal } = new AbortController();
const LIMIT_MS = 20_000;
const POLL_MS = 10;

test.before.each((context) => {
  context.folder = new PrivateFolder();
});
test.after.each(({ folder }) => folder.remove());

async function using(
  { folder }: Context,
  options: Partial<BreakableOptions['redis'] & { links: boolean }>,
  use: (context: StartedRedis) => Promise<void>,
): Promise<void> {
  const { links = false, ...redis } = options;
  const breakable = { links, redis: { persistence: 'none', replica: false, ...redis } } as const;
  const owned = await Owned.start(folder.logDir);
  try {
    const started = await startLocalRedis({ nodes: 1, say: () => undefined, signal, owned, breakable });
    await use({ ...started, owned });
  } finally {
    await owned[Symbol.asyncDispose]();
  }
  assert.equal(await folder.left(), NOTHING_LEFT);
}

/** Asks by a connection of its own, as others end with the server. */
async function on<T>(address: string, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(`redis://${address}/0`, { maxRetriesPerRequest: 0, retryStrategy: null });
  redis.on('error', () => undefined);
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

const read = ({ address }: BreakableServer) => on(address, (redis) => redis.get('key'));
const write = ({ address }: BreakableServer, value: string) => on(address, (redis) => redis.set('key', value));

async function eventually(isTrue: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const deadlineMs = performance.now() + LIMIT_MS;
  while (!(await isTrue())) {
    assert.ok(performance.now() < deadlineMs, what);
    await sleep(POLL_MS);
  }
}

test('what was acknowledged survives a SIGKILL in an append-only file, until it is erased', async (context) => {
  await using(context, { persistence: 'aof' }, async ({ server, owned }) => {
    const pid = server.pid();
    await write(server, 'saved');
    await server.kill();
    assert.is(server.pid(), undefined);
    await server.start();
    assert.not.equal(server.pid(), pid);
    assert.is(await read(server), 'saved');
    const error = await server.eraseData().catch((reason: unknown) => reason);
    assert.match(String(error), /Redis must be down before its data is erased/);
    await server.kill();
    await server.kill();
    await server.eraseData();
    await server.start();
    assert.is(await read(server), null);
    assert.not(owned.died.aborted);
  });
});

test('without persistence everything is gone; a snapshot keeps what was written a second before', async (context) => {
  await using(context, {}, async ({ server }) => {
    await write(server, 'not saved');
    await server.terminate();
    await server.start();
    assert.is(await read(server), null);
  });
  await using(context, { persistence: 'rdb' }, async ({ server }) => {
    const isSaved = () =>
      on(server.address, async (redis) => /rdb_changes_since_last_save:0\b/.test(await redis.info()));
    await write(server, 'in a snapshot');
    await eventually(isSaved, 'a snapshot is made');
    await server.kill();
    await server.start();
    assert.is(await read(server), 'in a snapshot');
    // One that is told to end makes a last one.
    await write(server, 'at the end');
    await server.terminate();
    await server.start();
    assert.is(await read(server), 'at the end');
  });
});

test('writes beyond maxmemory are refused', async (context) => {
  await using(context, { maxmemory: '3mb' }, async ({ server }) => {
    const fill = on(server.address, async (redis) => {
      for (let i = 0; i < 100; i += 1) await redis.set(`key ${i}`, 'x'.repeat(100_000));
    });
    const error = await fill.catch((reason: unknown) => reason);
    assert.match(String(error), /OOM/);
  });
});

test('after a failover, clients of the link find what the replica has', async (context) => {
  await using(context, { links: true, replica: true }, async ({ server, replica, link, connection, direct }) => {
    assert.ok(replica && link);
    assert.equal([direct.url, link.target], [`redis://${server.address}/0`, server.address]);
    const client = new Redis(connection.url, { retryStrategy: () => POLL_MS });
    client.on('error', () => undefined);
    try {
      await client.set('key', 'replicated');
      await eventually(async () => (await read(replica)) === 'replicated', 'the replica follows');
      await server.kill();
      await on(replica.address, (redis) => redis.replicaof('NO', 'ONE'));
      link.retarget(replica.address);
      assert.is(await client.get('key'), 'replicated');
      await client.set('key', 'after the failover');
      assert.is(await read(replica), 'after the failover');
    } finally {
      client.disconnect();
    }
    // The one that comes back knows of nothing.
    await server.start();
    assert.is(await read(server), null);
    // A replica without persistence keeps no file of what it was sent, and is one again when it is started again.
    await server.kill();
    await replica.kill();
    await replica.start();
    assert.is(await read(replica), null);
    assert.match(await on(replica.address, (redis) => redis.info('replication')), /role:slave/);
  });
});

test('a reply that is lost leaves the client without an answer and the server with the write', async (context) => {
  await using(context, { links: true }, async ({ server, link, connection }) => {
    assert.ok(link);
    const client = new Redis(connection.url, { maxRetriesPerRequest: 0, retryStrategy: () => POLL_MS });
    client.on('error', () => undefined);
    try {
      await client.incr('key');
      link.set({ loseReplies: 1 });
      const error = await client.incr('key').catch((reason: unknown) => reason);
      assert.instance(error, Error);
      assert.is(link.counters().lostReplies, 1);
      assert.is(await read(server), '2');
      if (client.status !== 'ready') await once(client, 'ready');
      assert.is(await client.incr('key'), 3);
    } finally {
      client.disconnect();
    }
  });
});

test('one that is paused does not answer until it goes on, and ends in order when it is still paused', async (context) => {
  await using(context, {}, async ({ server }) => {
    server.pause();
    let isAnswered = false;
    const answer = read(server).then(() => {
      isAnswered = true;
    });
    await eventually(() => stateOf(server.pid()) === 'T', 'it is stopped');
    assert.not(isAnswered);
    server.resume();
    await answer;
    server.pause();
    await eventually(() => stateOf(server.pid()) === 'T', 'it is stopped again');
  });
  assert.match(readFileSync(join(context.folder.logDir, 'redis.log'), 'utf8'), /bye bye/);
});

test('an unexpected death aborts, also after an expected one', async (context) => {
  await using(context, {}, async ({ server, owned }) => {
    await server.kill();
    await server.start();
    assert.not(owned.died.aborted);
    process.kill(server.pid() ?? 0, 'SIGKILL');
    if (!owned.died.aborted) await once(owned.died, 'abort', { signal: AbortSignal.timeout(LIMIT_MS) });
    assert.match(owned.died.reason.message, /Redis ended with SIGKILL/);
  });
});

test('an owner that is killed after it has paused a Redis leaves nothing, paused or running', async ({ folder }) => {
  const code = `
    import { startLocalRedis } from './simulator/infra/redis/local-redis.ts';
    import { Owned } from './simulator/infra/processes/owned.ts';
    const { signal } = new AbortController();
    const owned = await Owned.start(${JSON.stringify(folder.logDir)});
    const { server } = await startLocalRedis({ nodes: 1, say: () => undefined, signal, owned });
    await server.kill();
    await server.start();
    server.pause();
    console.log(server.pid());
    setInterval(() => undefined, 1000);`;
  const owner = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [pid] = await once(createInterface({ input: owner.stdout }), 'line');
  await eventually(() => stateOf(Number(pid)) === 'T', 'it is stopped');
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  assert.equal(await folder.left(), NOTHING_LEFT);
});

/** As the kernel says it: `T` is stopped. */
function stateOf(pid: number | undefined): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[0];
}

test.run();
