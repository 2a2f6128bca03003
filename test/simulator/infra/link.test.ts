// test/simulator/infra/link.test.ts
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type StartedLink, startLink } from '../../../simulator/infra/link.js';
import { Hearer } from './hearer.js';

interface Context {
  hearer: Hearer;
  target: string;
  link: StartedLink;
  clients: Socket[];
}

const test = suite<Context>('link');
const SET = '*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n';
const HELLO = '*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n';

test.before.each(async (context) => {
  context.hearer = new Hearer();
  context.target = await context.hearer.start();
  context.link = await startLink({ name: 'link to it', target: context.target, protocol: 'redis' });
  context.clients = [];
});
test.after.each(async ({ hearer, link, clients }) => {
  for (const client of clients) client.destroy();
  await link[Symbol.asyncDispose]();
  hearer.close();
});

async function connected({ link, clients }: Context): Promise<Socket> {
  const [host = '', port] = link.address.split(':');
  const client = connect({ host, port: Number(port), allowHalfOpen: true, noDelay: true });
  clients.push(client);
  await once(client, 'connect');
  return client;
}

const text = async (client: Socket): Promise<string> => String((await once(client, 'data'))[0]);
const codeOf = async (client: Socket): Promise<string | undefined> => (await once(client, 'error'))[0].code;

/** A round trip, which also shows that what was sent before it has arrived. */
async function ask({ hearer }: Context, client: Socket, question = SET): Promise<string> {
  const length = hearer.bytes + question.length;
  const reply = text(client);
  client.write(question);
  await hearer.until(() => hearer.bytes >= length);
  hearer.answer('+OK\r\n');
  return reply;
}

test('bytes pass both ways, and one side may end before the other', async (context) => {
  const { hearer, link } = context;
  const client = await connected(context);
  assert.is(await ask(context, client), '+OK\r\n');
  client.end();
  await hearer.until(() => hearer.ends.length > 0);
  assert.equal(hearer.ends, ['end']);
  const reply = text(client);
  hearer.answer('late');
  assert.is(await reply, 'late');
  const ended = once(client, 'end');
  hearer.sockets[0]?.end();
  await ended;
  const { connections, bytesToServer, bytesToClient, resets, delayedChunks, droppedBytes } = link.counters();
  assert.equal([connections, bytesToServer, bytesToClient], [1, SET.length, '+OK\r\nlate'.length]);
  assert.equal([resets, delayedChunks, droppedBytes], [0, 0, 0]);
});

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

test('a limited rate is shared by all connections, and nobody else is kept waiting for one', async (context) => {
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
  const answered = text(client);
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
  const released = text(client);
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

test('reset resets both sides of every connection, and new ones are taken', async (context) => {
  const { hearer, link } = context;
  const clients = [await connected(context), await connected(context)];
  await hearer.until(() => hearer.sockets.length === 2);
  await ask(context, clients[0] ?? (await connected(context)));
  const codes = Promise.all(clients.map(codeOf));
  link.reset();
  assert.equal(await codes, ['ECONNRESET', 'ECONNRESET']);
  await hearer.until(() => hearer.ends.length === 2);
  assert.equal(hearer.ends, ['ECONNRESET', 'ECONNRESET']);
  assert.is(link.counters().resets, 2);
  assert.is(await ask(context, await connected(context)), '+OK\r\n');
});

test('a client that is reset resets the server, and the other way round', async (context) => {
  const { hearer } = context;
  const [first, second] = [await connected(context), await connected(context)];
  await ask(context, first);
  await ask(context, second);
  first.resetAndDestroy();
  await hearer.until(() => hearer.ends.length === 1);
  assert.equal(hearer.ends, ['ECONNRESET']);
  const code = codeOf(second);
  hearer.sockets[1]?.resetAndDestroy();
  assert.is(await code, 'ECONNRESET');
});

test('a lost reply: the server has heard the request, the client is reset, and that happens as often as told', async (context) => {
  const { hearer, link } = context;
  link.set({ loseReplies: 2 });
  for (const lost of [1, 2]) {
    const client = await connected(context);
    // What a client begins with does not count.
    assert.is(await ask(context, client, HELLO), '+OK\r\n');
    const heard = hearer.bytes + SET.length;
    const code = codeOf(client);
    client.write(SET);
    await hearer.until(() => hearer.bytes === heard);
    hearer.answer('+OK\r\n');
    assert.is(await code, 'ECONNRESET');
    assert.is(link.counters().lostReplies, lost);
    // The server is told in order, after it has read everything.
    await hearer.until(() => hearer.ends.length === lost);
    assert.is(hearer.ends.at(-1), 'end');
    hearer.sockets.at(-1)?.destroy();
  }
  assert.is(await ask(context, await connected(context)), '+OK\r\n');
  assert.is(link.counters().lostReplies, 2);
});

test('after a change of target, clients are reset and find the other server at the same address', async (context) => {
  const { hearer, link, target } = context;
  const other = new Hearer();
  try {
    const client = await connected(context);
    await ask(context, client);
    const code = codeOf(client);
    assert.is(link.target, target);
    link.retarget(await other.start());
    assert.is(await code, 'ECONNRESET');
    const heard = hearer.bytes;
    assert.is(await ask({ ...context, hearer: other }, await connected(context)), '+OK\r\n');
    assert.is(hearer.bytes, heard);
  } finally {
    other.close();
  }
});

test('a server that is not there resets its clients, and is counted', async (context) => {
  const { hearer, link } = context;
  hearer.close();
  const client = await connected(context);
  assert.is(await codeOf(client), 'ECONNRESET');
  assert.is(link.counters().refused, 1);
});

test('disposal ends connections, also held ones, and leaves the port', async (context) => {
  const { link } = context;
  const client = await connected(context);
  await ask(context, client);
  link.set({ drop: 'both', latencyMs: 60_000 });
  client.write(SET);
  const code = codeOf(client);
  await link[Symbol.asyncDispose]();
  assert.is(await code, 'ECONNRESET');
  assert.is(link.counters().open, 0);
  await startLink({
    name: 'again',
    target: context.target,
    protocol: 'redis',
    port: Number(link.address.split(':')[1]),
  }).then((again) => again[Symbol.asyncDispose]());
});

test.run();
