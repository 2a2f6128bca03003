// test/e2e/image.e2e.test.ts — What consumer/Dockerfile builds runs alone: its steps, carried out in a folder instead of an image.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createKafka } from '../../contract/kafkajs/client.js';
import { freePorts } from '../../simulator/infra/processes/free-ports.js';
import { Board } from '../consumer/board.js';
import { eventually, ServiceProcess } from '../consumer/service-process.js';
import { build, environmentOf, execForm, type Stage, stagesOf } from '../support/image.js';
import { startServers } from '../support/servers.js';

const dockerfile = readFileSync('consumer/Dockerfile', 'utf8');
const image = stagesOf(dockerfile).at(-1) as Stage;

test('the image is built, becomes healthy, serves, and ends in order', async () => {
  await using servers = await startServers();
  const { kafka, redis } = servers.infra;
  const cwd = build(dockerfile, join(servers.folder, 'image'));
  assert.equal(readdirSync(cwd).sort(), ['dist', 'node_modules', 'package.json']);
  assert.equal(readdirSync(join(cwd, 'dist')).sort(), ['consumer', 'contract']);
  assert.not(readdirSync(join(cwd, 'node_modules')).includes('typescript'));

  const [port = 0] = await freePorts(1);
  assert.is(environmentOf(image).HTTP_INTERNAL, 'off');
  const environment = {
    ...environmentOf(image),
    // The test asks how much was applied.
    HTTP_INTERNAL: 'public',
    KAFKA_BROKERS: kafka.connection.brokers.join(','),
    REDIS_URL: redis.connection.url,
    HTTP_PORT: String(port),
    KAFKA_CREATE_TOPICS: '2',
  };
  const health = () => {
    const [, ...args] = execForm(image, 'HEALTHCHECK');
    return spawnSync(process.execPath, args, { cwd, env: environment }).status;
  };
  assert.is(health(), 1);
  const [, ...args] = execForm(image, 'ENTRYPOINT');
  await using service = await ServiceProcess.start(environment, { args, cwd });
  assert.is(health(), 0);

  await using board = await Board.open(createKafka(kafka.connection, { clientId: 'test' }), 'board');
  const at = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, -1);
  await board.send(
    { type: 'ARTICLE_CREATED', articleId: '1', at },
    { type: 'ARTICLE_LIKED', articleId: '1', at, count: 2 },
  );
  await eventually('two records are applied', async () => (await service.observation()).applied === 2);
  assert.is((await service.get('/openapi.json')).status, 200);

  const { code, milliseconds } = await service.end('SIGTERM');
  assert.is(code, 0);
  assert.ok(milliseconds < 5000, `${milliseconds} ms`);
  assert.is(health(), 1);
});

test.run();
