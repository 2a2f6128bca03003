// test/e2e/run.e2e.test.ts — `sim run` on a real Kafka and Redis: a right ranking passes, a wrong one is named, and nothing of it stays.
// time limit: 400 s
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createKafka } from '../../contract/kafkajs/client.js';
import type { StartedInfra } from '../../simulator/infra/infra.js';
import { callSim } from '../support/call-sim.js';
import { startServers, type TestServers } from '../support/servers.js';
import { latestRecord, startSim } from '../support/sim.js';

const SMOKE = 'scenarios/smoke.json';

interface Context {
  infra: StartedInfra;
  servers: readonly string[];
  reports: { readonly path: string };
  started: TestServers;
}

const onServers = suite<Context>('sim run on given servers');

onServers.before(async (context) => {
  const started = await startServers();
  Object.assign(context, { started, infra: started.infra, servers: started.flags, reports: { path: started.folder } });
  const redis = new Redis(started.infra.redis.connection.url);
  await redis.set('foreign', 'stays');
  await redis.quit();
});

onServers.after(async ({ started }) => {
  await started?.[Symbol.asyncDispose]();
});

onServers('smoke passes, and every report is written', async ({ servers, reports }) => {
  const { exitCode, stdout } = await startSim(['run', SMOKE, '--reports', reports.path, ...servers]).ended;
  assert.is(exitCode, 0, stdout);
  assert.match(stdout, /^PASS/);
  const record = latestRecord(reports.path, 'smoke');
  assert.is(record.load?.ok, 20_000);
  // Whether the day is read after its publication depends on how long the drain takes.
  const checks = record.verdict?.checks.filter(({ check, outcome }) => check !== 'closed days' || outcome !== 'pass');
  assert.equal(
    checks?.map(({ check, outcome }) => [check, outcome]),
    [
      ['load', 'pass'],
      ['consumers alive', 'pass'],
      ['drained', 'pass'],
      ['progress', 'pass'],
      ['lists', 'pass'],
      ['scores', 'pass'],
      ['delivery', 'pass'],
      ['retention', 'pass'],
      ['dead letters', 'pass'],
      ['publication', 'pass'],
      ['cuts', 'pass'],
      ['log equals plan', 'pass'],
    ],
  );
  assert.is(record.days[0]?.found.length, 10);
  assert.ok((record.latency?.endToEnd?.count ?? 0) >= 20_000);
  for (const name of [
    'report.html',
    'summary.md',
    'junit.xml',
    'histograms.hlog',
    'series.ndjson',
    'logs/consumer-1.log',
  ]) {
    assert.ok(existsSync(join(reports.path, 'smoke', 'latest', name)), name);
  }
});

onServers(
  'phases have figures of their own, and a warm-up is in no latency of the whole',
  async ({ servers, reports }) => {
    const arrivals = [
      { name: 'warm', shape: 'constant', durationHours: 6, events: 4000, warmUp: true },
      { name: 'rush', shape: 'step', durationHours: 6, events: 9000 },
    ];
    const settings = [`arrivals=${JSON.stringify(arrivals)}`, 'days=2', 'producer.idempotent=true'];
    const sets = [...settings, 'thresholds=[{"metric":"throughput","phase":"rush","above":1}]'].flatMap((one) => [
      '--set',
      one,
    ]);
    const { exitCode, stdout } = await startSim(['run', SMOKE, '--reports', reports.path, ...sets, ...servers]).ended;
    assert.is(exitCode, 0, stdout);
    const { phases = [], latency, verdict } = latestRecord(reports.path, 'smoke');
    assert.equal(
      phases.map(({ name, warmUp, acked }) => [name, warmUp, acked]),
      [
        ['warm', true, 8000],
        ['rush', false, 18_000],
      ],
    );
    assert.is(latency?.send?.count, 18_000);
    assert.is(latency?.endToEnd?.count, 18_000);
    assert.equal(
      phases.map((phase) => [phase.latency.send?.count, phase.latency.endToEnd?.count]),
      [
        [8000, 8000],
        [18_000, 18_000],
      ],
    );
    assert.is(verdict?.thresholds[0]?.ok, true);
  },
);

onServers('nothing of a run stays in Kafka or Redis, and foreign keys are not touched', async ({ infra, reports }) => {
  const redis = new Redis(infra.redis.connection.url);
  const admin = createKafka(infra.kafka.connection, { clientId: 'test' }).admin();
  await admin.connect();
  try {
    assert.equal(await redis.keys('*'), ['foreign']);
    const { runId } = latestRecord(reports.path, 'smoke');
    // Other files run on the same Kafka.
    assert.equal(
      (await admin.listTopics()).filter((topic) => topic.startsWith(`sim-${runId}`)),
      [],
    );
    const { groups } = await admin.describeGroups([`sim-${runId}.hot-article-service`]);
    assert.is(groups[0]?.state, 'Dead');
  } finally {
    await redis.quit();
    await admin.disconnect();
  }
});

onServers(
  'a score changed by hand before the check fails the run, which names article, expected and found',
  async (context) => {
    const { infra, servers, reports } = context;
    // A late event may count or not. Unpaced, nothing is late.
    const args = ['run', SMOKE, '--hold', '--set', 'pace=max', '--reports', reports.path];
    const sim = startSim([...args, ...servers]);
    const [, prefix = ''] = await sim.until(/hold: .* keys (\S+)\*/);
    const redis = new Redis(infra.redis.connection.url);
    const key = `${prefix}hot-article::list::20241001`;
    const [articleId = '', score = ''] = await redis.zrevrange(key, 0, 0, 'WITHSCORES');
    await redis.zincrby(key, 1, articleId);
    await redis.quit();
    sim.type('\n');
    const { exitCode, stdout } = await sim.ended;
    assert.is(exitCode, 1, stdout);
    assert.match(stdout, /^FAIL/);
    const expected = { articleId, expected: Number(score), found: Number(score) + 1 };
    const finding = latestRecord(reports.path, 'smoke').verdict?.checks.find((check) => check.outcome === 'fail')
      ?.findings[0];
    assert.equal({ articleId: finding?.articleId, expected: finding?.expected, found: finding?.found }, expected);
    const said = `article ${articleId} has score ${expected.found}, expected ${score}`;
    assert.match(stdout.replace(/\s+/g, ' '), said);
  },
);

onServers('a threshold that is missed is exit code 3, and no measurement is a miss', async ({ servers, reports }) => {
  const thresholds = 'thresholds=[{"metric":"throughput","above":100000000}]';
  const args = ['run', SMOKE, '--reports', reports.path, '--set', 'pace=max', '--set', thresholds, ...servers];
  const { exitCode, stdout } = await startSim(args).ended;
  assert.is(exitCode, 3, stdout);
  assert.match(stdout, /^THRESHOLD MISSED/);
  const unmeasured = ['judge.log=never', 'thresholds=[{"metric":"lost","below":1}]'];
  const sets = ['pace=max', ...unmeasured].flatMap((setting) => ['--set', setting]);
  const second = await startSim(['run', SMOKE, '--reports', reports.path, ...sets, ...servers]).ended;
  assert.is(second.exitCode, 3, second.stdout);
});

onServers('a recorded run is rendered again without servers', async ({ reports }) => {
  const dir = join(reports.path, 'smoke', 'latest');
  const before = readFileSync(join(dir, 'report.html'), 'utf8');
  const { exitCode, stdout } = await callSim(['report', dir]);
  assert.is(exitCode, latestRecord(reports.path, 'smoke').exitCode);
  assert.match(stdout, /report\.html/);
  assert.is(readFileSync(join(dir, 'report.html'), 'utf8'), before);
});

onServers('a Redis that refuses the login, or writes, is said to do so', async ({ infra, reports }) => {
  const args = ['run', SMOKE, '--reports', reports.path, '--brokers', infra.kafka.connection.brokers.join(',')];
  const wrong = infra.redis.connection.url.replace('redis://', 'redis://user:wrong@');
  const { exitCode, stdout, stderr } = await callSim([...args, '--redis', wrong]);
  assert.is(exitCode, 69, stdout + stderr);
  assert.match(stdout + stderr, /WRONGPASS|auth/i);
  assert.not.match(stdout + stderr, /^\s+at /m);

  const admin = new Redis(infra.redis.connection.url);
  for (const [user, rules, refusal] of [
    ['reader', ['~*', '+@read', '+@connection', '+info'], 'take writes of keys sim:'],
    ['noscript', ['~*', '+@all', '-@scripting'], 'run scripts that write keys sim:'],
    ['others', ['~other:*', '+@all'], 'tell of the list sim:'],
    ['noscan', ['~*', '+@all', '-scan'], 'list its keys'],
  ] as const) {
    await admin.acl('SETUSER', user, 'on', '>secret', ...rules);
    const login = infra.redis.connection.url.replace('redis://', `redis://${user}:secret@`);
    const refused = await callSim([...args, '--redis', login]);
    const text = (refused.stdout + refused.stderr).replace(/\s+/g, ' ');
    assert.is(refused.exitCode, 69, text);
    assert.match(text, `expected Redis to ${refusal}`);
    assert.match(text, 'NOPERM');
  }
  await admin.quit();
});

onServers(
  'a consumer that ends at its start is said to, with the last lines of its log',
  async ({ servers, reports }) => {
    const sim = startSim(['run', SMOKE, '--reports', reports.path, ...servers], { LOG_LEVEL: 'loud' });
    const { exitCode, stdout } = await sim.ended;
    assert.is(exitCode, 69, stdout);
    assert.match(stdout, /did not start: consumer 1 ended with code 64/);
    assert.match(stdout, /LOG_LEVEL: Invalid option/);
  },
);

onServers.run();
