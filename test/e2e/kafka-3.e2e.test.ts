// test/e2e/kafka-3.e2e.test.ts — The major line of Kafka before ours is started and used in the same way; here with several of everything, and unpaced.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { latestRecord, privateTemporaryFolder, startSim, temporaryFolder } from '../support/sim.js';

const SEVERAL = ['pace=max', 'producer.clients=2', 'consumers=3', 'topics.partitions=4'];

test('with SIM_KAFKA_VERSION a run starts that release, passes on it, and leaves nothing', async () => {
  const [temporary, reports] = [privateTemporaryFolder(), temporaryFolder()];
  try {
    const settings = SEVERAL.flatMap((setting) => ['--set', setting]);
    const args = ['run', 'scenarios/smoke.json', '--reports', reports.path, ...settings];
    const { exitCode, stdout } = await startSim(args, { ...temporary.env, SIM_KAFKA_VERSION: '3.9.2' }).ended;
    assert.is(exitCode, 0, stdout);
    assert.equal(latestRecord(reports.path, 'smoke').servers?.kafka, {
      mode: 'local',
      version: '3.9.2',
      why: 'started for this run, as no address was given, and neither `./sim up` nor docker compose runs',
    });
    assert.equal(await temporary.left(), { directories: [], processes: [] });
  } finally {
    reports.remove();
    temporary.remove();
  }
});

test.run();
