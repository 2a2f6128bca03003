// test/simulator/infra/links/link.test.ts
import { once } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startLink } from '../../../../simulator/infra/links/link.js';
import { ask, codeOf, connected, HELLO, Hearer, type LinkStand, SET, setUp, tearDown, told } from '../link-stand.js';

const test = suite<LinkStand>('link');
test.before.each(setUp);
test.after.each(tearDown);

test('bytes pass both ways, and one side may end before the other', async (context) => {
  const { hearer, link } = context;
  const client = await connected(context);
  assert.is(await ask(context, client), '+OK\r\n');
  client.end();
  await hearer.until(() => hearer.ends.length > 0);
  assert.equal(hearer.ends, ['end']);
  const reply = told(client);
  hearer.answer('late');
  assert.is(await reply, 'late');
  const ended = once(client, 'end');
  hearer.sockets[0]?.end();
  await ended;
  const { connections, bytesToServer, bytesToClient, resets, delayedChunks, droppedBytes } = link.counters();
  assert.equal([connections, bytesToServer, bytesToClient], [1, SET.length, '+OK\r\nlate'.length]);
  assert.equal([resets, delayedChunks, droppedBytes], [0, 0, 0]);
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
