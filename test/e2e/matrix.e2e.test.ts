// test/e2e/matrix.e2e.test.ts — The settings of a matrix are run one after the other, each with its own folder, and the worst unexpected end is the end of all.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { MatrixRecord } from '../../simulator/record/matrix-record.js';
import type { RunRecord } from '../../simulator/record/run-record.js';
import { startServers, type TestServers } from '../support/servers.js';
import { startSim } from '../support/sim.js';

const matrices = suite<{ servers: TestServers }>('matrix');

matrices.before(async (context) => {
  context.servers = await startServers();
});
matrices.after(async ({ servers }) => {
  await servers?.[Symbol.asyncDispose]();
});

matrices('each setting is a run with its record, and the table has what was in the topics', async ({ servers }) => {
  const file = join(servers.folder, 'study.json');
  const content = {
    description: 'Two ways to send the same day.',
    clock: { speed: 28_800 },
    articles: { perDay: 500 },
    arrivals: [{ name: 'day', shape: 'constant', durationHours: 24, events: 5000 }],
    matrix: [
      { name: 'acks=1', set: { 'producer.acks': 1, thresholds: [{ metric: 'lost', below: 1 }] } },
      { name: 'acks=all idempotent', set: { 'producer.idempotent': true, expect: { verdict: 'fail' } } },
    ],
  };
  writeFileSync(file, JSON.stringify(content));
  const { exitCode, stdout } = await startSim(['run', file, '--reports', servers.folder, ...servers.flags]).ended;
  // The second one passes, and is expected to fail.
  assert.is(exitCode, 1, stdout);
  const dir = join(servers.folder, 'study', 'latest');
  const matrix = JSON.parse(readFileSync(join(dir, 'matrix.json'), 'utf8')) as MatrixRecord;
  assert.equal(
    matrix.rows.map(({ name, outcome, exitCode: code, sends, log }) => [name, outcome, code, sends, log]),
    [
      ['acks=1', 'pass', 0],
      ['acks=all idempotent', 'pass', 1],
    ].map((row) => [
      ...row,
      { planned: 5000, acked: 5000, failed: 0, unknown: 0 },
      { records: 5000, found: 5000, lost: 0, duplicated: 0 },
    ]),
  );
  const [first] = matrix.rows;
  const record = JSON.parse(readFileSync(join(dir, first?.folder ?? '', 'run.json'), 'utf8')) as RunRecord;
  assert.equal(record.scenario.settings, first?.settings);
  for (const report of ['matrix.md', 'report.html']) assert.match(readFileSync(join(dir, report), 'utf8'), 'acks=1');
  const again = await startSim(['report', dir]).ended;
  assert.match(again.stdout, /^2 settings, 1 not as expected {2}study$/m);
});

matrices(
  'a fault that the servers given cannot have is refused by name, before anything is started',
  async ({ servers }) => {
    const run = startSim(['run', 'scenarios/acks-study.json', '--reports', servers.folder, ...servers.flags]);
    const { exitCode, stdout, stderr } = await run.ended;
    assert.is(exitCode, 64, stdout + stderr);
    assert.match(
      stderr,
      /faults\[1\]: lone-leader-kill: the servers at the addresses given are not this run’s to break/,
    );
    assert.not.match(stderr, 'Kafka:');
  },
);

matrices.run();
