// test/e2e/kafka-3.e2e.test.ts — The major line of Kafka before ours is started and used in the same way.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { provision } from '../../simulator/infra/provision.js';
import { roundTrip } from '../simulator/infra/kafka-round-trip.js';
import { NOTHING_LEFT, PrivateFolder } from '../simulator/infra/private-folder.js';

const test = suite<{ folder: PrivateFolder }>('Kafka 3.9');

test.before.each((context) => {
  context.folder = new PrivateFolder();
  process.env.SIM_KAFKA_VERSION = '3.9.2';
});
test.after.each(({ folder }) => folder.remove());

test('SIM_KAFKA_VERSION starts that release, and a run can use it', async ({ folder }) => {
  const { logDir } = folder;
  const { signal } = new AbortController();
  const infra = await provision({ nodes: 1, logDir, say: () => undefined, signal });
  try {
    assert.is(infra.kafka.version, '3.9.2');
    await roundTrip(infra.kafka.connection, 1);
    assert.not(infra.died.aborted);
  } finally {
    await infra[Symbol.asyncDispose]();
  }
  assert.equal(await folder.left(), NOTHING_LEFT);
});

test.run();
