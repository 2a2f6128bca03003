// test/simulator/infra/processes/free-ports.test.ts
import { createServer } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { freePorts, isPortTaken } from '../../../../simulator/infra/processes/free-ports.js';

test('free ports differ from each other and can be listened on', async () => {
  const ports = await freePorts(6);
  assert.is(new Set(ports).size, 6);
  for (const port of ports) {
    await new Promise<void>((resolve, reject) => {
      const server = createServer().once('error', reject);
      server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
    });
  }
});

test('they lie below those that systems lend to outgoing connections', async () => {
  for (const port of await freePorts(20)) assert.ok(port >= 20_000 && port < 32_000, String(port));
});

test('none is given twice, as who was given one may not listen yet', async () => {
  const { random } = Math;
  const drawn = [0.31, 0.31, 0.71];
  Math.random = () => drawn.shift() ?? random();
  try {
    const [first, second] = [await freePorts(1), await freePorts(1)];
    assert.is.not(first[0], second[0]);
  } finally {
    Math.random = random;
  }
});

test('a server that lost its port is known by its log', () => {
  assert.ok(isPortTaken('Could not create server TCP listening socket 127.0.0.1:1: bind: Address already in use'));
  assert.ok(isPortTaken('Caused by: java.net.BindException: Address already in use'));
  assert.not(isPortTaken('java.lang.OutOfMemoryError'));
});

test.run();
