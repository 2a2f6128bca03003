// test/simulator/infra/answers.test.ts — The wire is real; the server behind it says only what the case needs.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { InfraError } from '../../../simulator/errors.js';
import { expectKafka, expectRedis } from '../../../simulator/infra/answers.js';
import { makeCertificate } from '../../support/certificate.js';
import { temporaryFolder } from '../../support/sim.js';

async function failure(work: Promise<unknown>): Promise<InfraError> {
  const error = await work.catch((reason: unknown) => reason);
  assert.instance(error, InfraError);
  return error as InfraError;
}

/** Gives every command the same reply. */
async function withReply(reply: string, use: (address: string) => Promise<void>): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      const commands = data.toString().match(/^\*\d+\r\n/gm)?.length ?? 1;
      socket.write(reply.repeat(commands));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    await use(`127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  } finally {
    server.close();
  }
}

test('a Redis that wants a password says so, and the password given is not shown', async () => {
  await withReply('-WRONGPASS invalid username-password pair or user is disabled.\r\n', async (address) => {
    const { message, hint } = await failure(expectRedis({ url: `redis://:secret@${address}/3` }));
    assert.is(
      message,
      `Redis at ${address} refused the login: WRONGPASS invalid username-password pair or user is disabled.`,
    );
    assert.is(hint, 'give user and password in the address: redis://user:password@host:port/database');
  });
});

for (const [reply, hint] of [
  ['-ERR DB index is out of range\r\n', /^name a database that it has, such as redis:\/\/host:port\/0/],
  ["-ERR unknown command 'info', with args beginning with: \r\n", /^allow INFO: .*rename-command/],
] as const) {
  test(`what to do about ${reply.trim()} is said`, async () => {
    await withReply(reply, async (address) => {
      const { message, hint: found } = await failure(expectRedis({ url: `redis://${address}/99` }));
      assert.is(message, `expected Redis at ${address} to answer, but: ${reply.slice(1).replace('\r\n', '')}`);
      assert.match(found ?? '', hint);
    });
  });
}

test('a server that is no Redis is told by what it answers', async () => {
  await withReply('HTTP/1.1 400 Bad Request\r\n\r\n', async (address) => {
    const { message } = await failure(expectRedis({ url: `redis://${address}` }));
    assert.match(message, /^expected Redis at 127\.0\.0\.1:\d+ to answer, but: /);
  });
});

test('a Redis whose certificate nobody knows says how to name its authority', async () => {
  const folder = temporaryFolder();
  const { file, keyFile } = makeCertificate(folder.path);
  const server = createTlsServer({ cert: readFileSync(file), key: readFileSync(keyFile) }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  try {
    const { message, hint } = await failure(expectRedis({ url: `rediss://127.0.0.1:${port}` }));
    assert.match(message, /but: self-signed certificate$/);
    assert.match(hint ?? '', 'NODE_EXTRA_CA_CERTS=');
  } finally {
    server.close();
    folder.remove();
  }
});

test('a Redis that is not there is named by host and port only', async () => {
  const { message } = await failure(expectRedis({ url: 'redis://:secret@127.0.0.1:1/0' }));
  assert.match(message, /^expected Redis at 127\.0\.0\.1:1 to answer, but: .*ECONNREFUSED/);
  assert.not.match(message, 'secret');
});

test('a Redis with TLS that is not there is not taken for one without', async () => {
  const { hint } = await failure(expectRedis({ url: 'rediss://127.0.0.1:1' }));
  assert.match(hint ?? '', 'that the server runs');
});

test('an address that is not one of Redis is refused without being repeated', async () => {
  for (const url of ['localhost:6379', 'http://:secret@a', '']) {
    const { message, hint } = await failure(expectRedis({ url }));
    assert.match(message, 'expected redis:// or rediss://');
    assert.not.match(message, 'secret');
    assert.match(hint ?? '', 'redis://127.0.0.1:6379/0');
  }
});

test('a Kafka that is not there is named with all its addresses', async () => {
  const { message, hint } = await failure(expectKafka({ brokers: ['127.0.0.1:1', '127.0.0.1:2'] }));
  assert.match(message, /^expected Kafka at 127\.0\.0\.1:1, 127\.0\.0\.1:2 to answer, but: /);
  assert.match(hint ?? '', 'check the addresses');
});

test('a Kafka that hangs up may want TLS or a password', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  try {
    const { hint } = await failure(expectKafka({ brokers: [`127.0.0.1:${port}`] }));
    assert.match(hint ?? '', '--kafka-security');
  } finally {
    server.close();
  }
});

test.run();
