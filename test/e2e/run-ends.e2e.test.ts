// test/e2e/run-ends.e2e.test.ts — A run that is ended early, or has no servers, says so, and leaves a record and nothing else.
// runs alone: it ends runs at instants of their load
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { latestRecord, privateTemporaryFolder, startSim, temporaryFolder } from '../support/sim.js';

const SMOKE = 'scenarios/smoke.json';

/** Past the lead before the first event. */
async function untilAcknowledged(series: string): Promise<void> {
  const deadlineMs = performance.now() + 60_000;
  while (!/"acked":[1-9]/.test(readFileSync(series, 'utf8'))) {
    assert.ok(performance.now() < deadlineMs, 'events are acknowledged');
    await sleep(100);
  }
}

const onItsOwn = suite('sim run with servers of its own');

for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 130],
  ['SIGKILL', null],
] as const) {
  onItsOwn(`${signal} in the middle of the load leaves no process and no directory`, async () => {
    const temporary = privateTemporaryFolder();
    const reports = temporaryFolder();
    try {
      const sim = startSim(['run', 'scenarios/quickstart.json', '--reports', reports.path], temporary.env);
      await sim.until(/^load: /m);
      await untilAcknowledged(join(reports.path, 'quickstart', 'latest', 'series.ndjson'));
      sim.kill(signal);
      const ended = await sim.ended;
      assert.is(ended.exitCode, exitCode, ended.stdout + ended.stderr);
      assert.equal(await temporary.left(), { directories: [], processes: [] });
      if (exitCode === null) return;
      assert.match(ended.stdout, /^INTERRUPTED/);
      const record = latestRecord(reports.path, 'quickstart');
      assert.is(record.status, 'interrupted');
      assert.match(record.error?.message ?? '', /^stage load, [\d,]+ of 300,000 events acknowledged$/);
      assert.ok(existsSync(join(reports.path, 'quickstart', 'latest', 'report.html')));
    } finally {
      reports.remove();
      temporary.remove();
    }
  });
}

onItsOwn('servers that cannot be reached are exit code 69, with what to do', async () => {
  const reports = temporaryFolder();
  const { exitCode, stdout, stderr } = await startSim([
    ...['run', SMOKE, '--reports', reports.path, '--brokers', '127.0.0.1:1', '--redis', 'redis://127.0.0.1:1'],
  ]).ended;
  reports.remove();
  assert.is(exitCode, 69);
  assert.match(stdout + stderr, /127\.0\.0\.1:1/);
});

onItsOwn.run();
