// test/contract/kafkajs/patches.test.ts — A connection that broke in the middle of a response understands the next one, one that is dead is let go of, and a member follows its group's coordinator.

import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createKafka } from '../../../contract/kafkajs/client.js';

const API_VERSIONS = 18;
const METADATA = 3;

/** Size, correlation id, and the rest. */
function response(correlationId: number, rest: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(4 + rest.length, 0);
  head.writeInt32BE(correlationId, 4);
  return Buffer.concat([head, rest]);
}

/** No error; metadata in version 0 is all that is spoken here. */
function apiVersions(): Buffer {
  const kinds = [API_VERSIONS, METADATA];
  const out = Buffer.alloc(6 + 6 * kinds.length);
  out.writeInt32BE(kinds.length, 2);
  for (const [index, kind] of kinds.entries()) out.writeInt16BE(kind, 6 + 6 * index);
  return out;
}

/** One broker, without topics. */
function metadata(port: number): Buffer {
  const host = Buffer.from('127.0.0.1');
  const out = Buffer.alloc(4 + 4 + 2 + host.length + 4 + 4);
  out.writeInt32BE(1, 0);
  out.writeInt32BE(1, 4);
  out.writeInt16BE(host.length, 8);
  host.copy(out, 10);
  out.writeInt32BE(port, 10 + host.length);
  return out;
}

test('what had come of a response when its connection broke is not put before the next', async () => {
  let breaks = 1;
  const sockets = new Set<Socket>();
  const broker = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (request) => {
      const [kind, correlationId] = [request.readInt16BE(4), request.readInt32BE(8)];
      const { port } = broker.address() as AddressInfo;
      const answer = response(correlationId, kind === API_VERSIONS ? apiVersions() : metadata(port));
      if (kind === API_VERSIONS || breaks === 0) return void socket.write(answer);
      breaks -= 1;
      socket.write(answer.subarray(0, answer.length - 3), () => setTimeout(() => socket.resetAndDestroy(), 50));
    });
  });
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  const { port } = broker.address() as AddressInfo;
  const kafka = createKafka(
    { brokers: [`127.0.0.1:${port}`] },
    { clientId: 'test', requestTimeoutMs: 1000, retries: 2 },
  );
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.fetchTopicMetadata({ topics: [] }).catch(() => undefined);
    const { topics } = await admin.fetchTopicMetadata({ topics: [] });
    assert.equal(topics, []);
    assert.is(breaks, 0);
  } finally {
    await admin.disconnect();
    for (const socket of sockets) socket.destroy();
    broker.close();
  }
});

interface Member {
  coordinator: Coordinator;
  memberId: string;
  lastRequest: number;
  offsetManager: { coordinator: Coordinator };
  heartbeat(options: { readonly interval: number }): Promise<void>;
}
interface Coordinator {
  readonly heartbeat: () => Promise<void>;
}

/** A member of a group whose broker answers so, and of which another broker is found to be the coordinator, or none. */
function memberOf(old: Coordinator, found: () => Promise<Coordinator>): Member {
  createKafka({ brokers: ['127.0.0.1:1'] }, { clientId: 'test' });
  const ConsumerGroup = createRequire(import.meta.url)('kafkajs/src/consumer/consumerGroup.js') as new (
    options: object,
  ) => Member;
  const logger = { namespace: () => logger };
  const cluster = { findGroupCoordinator: found };
  const member = new ConsumerGroup({
    logger,
    cluster,
    groupId: 'g',
    topics: [],
    instrumentationEmitter: { emit() {} },
  });
  return Object.assign(member, {
    coordinator: old,
    memberId: 'm',
    lastRequest: 0,
    offsetManager: { coordinator: old },
  });
}

const failing = (name: string): Coordinator => ({
  heartbeat: () => Promise.reject(Object.assign(new Error('no answer'), { name })),
});

test('a member whose coordinator cannot be reached asks who it is now, and goes on there', async () => {
  for (const name of ['KafkaJSConnectionError', 'KafkaJSConnectionClosedError']) {
    let beats = 0;
    const next = {
      heartbeat: async () => {
        beats += 1;
      },
    };
    const member = memberOf(failing(name), async () => next);
    await assertFails(member, 'no answer');
    assert.is(member.coordinator, next);
    assert.is(member.offsetManager.coordinator, next);
    await member.heartbeat({ interval: 0 });
    assert.is(beats, 1);
  }
});

test('where none is found, or the coordinator itself says no, the member asks the same again', async () => {
  const none = failing('KafkaJSConnectionError');
  const alone = memberOf(none, () => Promise.reject(new Error('nobody')));
  await assertFails(alone, 'no answer');
  assert.is(alone.coordinator, none);
  const strict = failing('KafkaJSProtocolError');
  const expelled = memberOf(strict, async () => none);
  await assertFails(expelled, 'no answer');
  assert.is(expelled.coordinator, strict);
});

async function assertFails(member: Member, message: string): Promise<void> {
  const failed = await member.heartbeat({ interval: 0 }).catch((error: Error) => error.message);
  assert.is(failed, message);
}

interface Connection {
  readonly socket: Socket;
  connect(): Promise<unknown>;
  disconnect(): Promise<unknown>;
}

test('a connection that fails and is given up again and again leaves no listeners behind', async () => {
  createKafka({ brokers: ['127.0.0.1:1'] }, { clientId: 'test' });
  const load = createRequire(import.meta.url);
  const Connection = load('kafkajs/src/network/connection.js') as new (options: object) => Connection;
  const socketFactory = (load('kafkajs/src/network/socketFactory.js') as () => unknown)();
  const logger = { namespace: () => logger, debug() {}, error() {} };
  const connection = new Connection({
    host: '127.0.0.1',
    port: 1,
    connectionTimeout: 1000,
    logger,
    socketFactory,
    instrumentationEmitter: null,
  });
  await connection.connect().catch(() => undefined);
  assert.ok(connection.socket.destroyed);
  await Promise.all(Array.from({ length: 20 }, () => connection.disconnect()));
  assert.ok(connection.socket.listenerCount('connect') <= 2);
});

test.run();
