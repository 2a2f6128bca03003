// test/simulator/sut/consumers.test.ts — A consumer that does not come up is said to, with the end of its log; the consumer is a stand-in here.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createKafka } from '../../../contract/kafkajs/client.js';
import { InfraError } from '../../../simulator/errors.js';
import { startGuardian } from '../../../simulator/infra/processes/guardian.js';
import { loadScenario } from '../../../simulator/scenario/load.js';
import { Consumers } from '../../../simulator/sut/consumers.js';
import { loadSut } from '../../../simulator/sut/load.js';
import { temporaryFolder } from '../../support/sim.js';

const folder = temporaryFolder();
test.after(() => folder.remove());

async function failureOf(code: string, timeoutSeconds: number): Promise<InfraError> {
  const file = join(folder.path, 'sut.json');
  const ready = { url: 'http://127.0.0.1:{port}/', timeoutSeconds };
  writeFileSync(file, JSON.stringify({ description: 'A stand-in.', command: ['{node}', '-e', code], ready }));
  await using guardian = await startGuardian();
  const kafka = { brokers: ['127.0.0.1:1'] };
  await using consumers = await Consumers.start({
    service: { name: 'consumer', sut: await loadSut(file), groupId: 'group', instances: 1 },
    scenario: await loadScenario('scenarios/smoke.json'),
    kafka,
    redis: { url: 'redis://127.0.0.1:1' },
    topicPrefix: 'board',
    keyPrefix: 'p:',
    clock: { kind: 'event-time' },
    latencyBoundariesMs: [],
    logDir: folder.path,
    guardian,
  });
  // It is never asked: before that, the process must say that it is healthy.
  const admin = createKafka(kafka, { clientId: 'test' }).admin();
  const { signal } = new AbortController();
  const error = await consumers.ready({ admin, partitions: 12, signal }).catch((reason: unknown) => reason);
  assert.instance(error, InfraError);
  return error as InfraError;
}

test('one that ends at its start', async () => {
  const { message } = await failureOf("console.log('no such setting'); process.exitCode = 64;", 30);
  assert.is(message, 'the consumer did not start: consumer 1 ended with code 64; its log ends with:\nno such setting');
});

test('one that lives and never joins its group', async () => {
  const { message, hint } = await failureOf("console.log('waiting'); setInterval(() => {}, 1000);", 2);
  assert.match(message, /^the consumer did not join its group with all 12 partitions within 2 s; its log ends with:\n/);
  assert.match(message, /waiting$/);
  assert.match(hint ?? '', join(folder.path, 'consumer-1.log'));
});

test.run();
