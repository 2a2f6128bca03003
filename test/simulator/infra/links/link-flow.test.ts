// test/simulator/infra/links/link-flow.test.ts
import { randomBytes } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ask, connected, type LinkStand, SET, setUp, tearDown, told } from '../link-stand.js';

const test = suite<LinkStand>('link flow');
test.before.each(setUp);
test.after.each(tearDown);

test('latency delays each direction, also of a connection that exists', async (context) => {
  const { link } = context;
  const client = await connected(context);
  await ask(context, client);
  link.set({ latencyMs: 60 });
  const startMs = performance.now();
  await ask(context, client);
  assert.ok(performance.now() - startMs >= 119, 'a round trip takes two latencies');
  assert.is(link.counters().delayedChunks, 2);
  link.set({});
  await ask(context, client);
  assert.is(link.counters().delayedChunks, 2);
});

test('order and content are kept under jitter, a limited rate, and changes of both', async (context) => {
  const { hearer, link } = context;
  const client = await connected(context);
  const bytes = randomBytes(400_000);
  const settings = [
    { latencyMs: 3, jitterMs: 3 },
    { bytesPerSecond: 2_000_000 },
    { latencyMs: 2, bytesPerSecond: 4_000_000, jitterMs: 50 },
    {},
  ];
  for (let at = 0, step = 0; at < bytes.length; step += 1) {
    link.set(settings[step % settings.length] ?? {});
    const next = at + 1 + ((step * 7919) % 20_000);
    client.write(bytes.subarray(at, next));
    at = next;
    if (step % 5 === 0) await new Promise(setImmediate);
  }
  client.end();
  await hearer.until(() => hearer.ends.length > 0);
  assert.ok(Buffer.concat(hearer.chunks).equals(bytes));
  assert.equal(hearer.ends, ['end']);
});

test('a limited rate is shared by all connections, and none of them holds up the others', async (context) => {
  const { hearer, link } = context;
  const clients = [await connected(context), await connected(context)];
  link.set({ bytesPerSecond: 500_000 });
  const startMs = performance.now();
  for (const client of clients) client.write(Buffer.alloc(75_000));
  await hearer.until(() => hearer.bytes === 150_000);
  // 0.3 s, but for the burst at the start.
  assert.ok(performance.now() - startMs >= 275, 'no faster than the rate');
});

test('a black hole keeps what is sent, resets nothing, and lets all go when it is over', async (context) => {
  const { hearer, link } = context;
  const client = await connected(context);
  await ask(context, client);
  link.set({ drop: 'to-server' });
  client.end(SET);
  const answered = told(client);
  hearer.answer('other way');
  assert.is(await answered, 'other way');
  while (link.counters().droppedBytes < SET.length) await new Promise(setImmediate);
  assert.equal([hearer.bytes, hearer.ends], [SET.length, []]);
  link.set({});
  await hearer.until(() => hearer.ends.length > 0);
  assert.equal([hearer.bytes, hearer.ends], [2 * SET.length, ['end']]);
  link.set({ drop: 'to-client' });
  hearer.answer('held');
  while (link.counters().droppedBytes < SET.length + 4) await new Promise(setImmediate);
  const released = told(client);
  link.set({});
  assert.is(await released, 'held');
});

test('what a black hole keeps is bounded: its sender is slowed', async (context) => {
  const { hearer, link } = context;
  const client = await connected(context);
  link.set({ drop: 'both' });
  const bytes = 32 * 1024 * 1024;
  client.write(Buffer.alloc(bytes));
  // Bytes arrive until the link does not read any more.
  let before = -1;
  while (link.counters().droppedBytes !== before || before === 0) {
    before = link.counters().droppedBytes;
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  }
  assert.ok(before >= 4 * 1024 * 1024 && before < 5 * 1024 * 1024, `${before} bytes`);
  link.set({});
  await hearer.until(() => hearer.bytes === bytes);
});

test('a receiver that does not read slows the sender', async (context) => {
  const { hearer, link } = context;
  const client = await connected(context);
  await ask(context, client);
  hearer.sockets[0]?.pause();
  const isWritten = new Promise((resolve) => client.write(Buffer.alloc(32 * 1024 * 1024), resolve));
  let before = -1;
  while (link.counters().bytesToServer !== before) {
    before = link.counters().bytesToServer;
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  }
  assert.ok(before < 16 * 1024 * 1024, `${before} bytes`);
  hearer.sockets[0]?.resume();
  await isWritten;
});

test.run();
