// test/simulator/infra/links/link-request.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isLosable } from '../../../../simulator/infra/links/link-request.js';

/** Size, kind, version, correlation id. */
function kafkaRequest(kind: number): Buffer {
  const request = Buffer.alloc(12);
  request.writeInt32BE(8, 0);
  request.writeInt16BE(kind, 4);
  return request;
}

test('the replies to produce and offset commit can be lost, those to other Kafka requests cannot', () => {
  const kinds = { produce: 0, fetch: 1, metadata: 3, offsetCommit: 8, heartbeat: 12, apiVersions: 18 };
  const losable = Object.entries(kinds).filter(([, kind]) => isLosable('kafka', kafkaRequest(kind)));
  assert.equal(
    losable.map(([name]) => name),
    ['produce', 'offsetCommit'],
  );
  assert.not(isLosable('kafka', kafkaRequest(0).subarray(0, 5)));
});

test('the reply to any Redis command can be lost, but for those that a client begins with', () => {
  const command = (name: string) => Buffer.from(`*2\r\n$${name.length}\r\n${name}\r\n$1\r\na\r\n`);
  for (const name of ['EVALSHA', 'evalsha', 'GET', 'ZADD']) assert.ok(isLosable('redis', command(name)), name);
  for (const name of ['HELLO', 'hello', 'client', 'INFO', 'AUTH', 'SELECT', 'PING'])
    assert.not(isLosable('redis', command(name)), name);
  assert.not(isLosable('redis', Buffer.from('the rest of a value')));
});

test.run();
