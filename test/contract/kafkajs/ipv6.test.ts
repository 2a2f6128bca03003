// test/contract/kafkajs/ipv6.test.ts — A broker at an IPv6 address is reached there.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createKafka } from '../../../contract/kafkajs/client.js';
import { plainHost, withoutColons } from '../../../contract/kafkajs/ipv6.js';

test('an address goes there and back, and keeps its port', () => {
  for (const address of ['::1', '2001:db8::7', '::ffff:127.0.0.1', 'fe80::1']) {
    const [host = '', port, ...rest] = withoutColons(`[${address}]:9092`).split(':');
    assert.equal([plainHost(host), port, rest], [address, '9092', []]);
  }
});

test('names and IPv4 addresses stay as they are', () => {
  for (const host of ['localhost', '127.0.0.1', 'kafka-1.example.com']) {
    assert.is(withoutColons(`${host}:9092`), `${host}:9092`);
    assert.is(plainHost(host), host);
  }
});

test('a client connects to a broker at [::1]', async () => {
  const server = createServer((socket) => socket.destroy());
  server.listen(0, '::1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  const connected = once(server, 'connection');
  const admin = createKafka({ brokers: [`[::1]:${address.port}`] }, { clientId: 'test', retries: 0 }).admin();
  const refused = await admin.connect().then(
    () => undefined,
    (error: unknown) => error,
  );
  await connected;
  assert.instance(refused, Error);
  await admin.disconnect();
  server.close();
});

test.run();
