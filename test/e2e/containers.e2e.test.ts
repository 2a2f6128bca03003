// test/e2e/containers.e2e.test.ts — Faults break the containers of docker-compose.yml through their engine, and leave them running.
// time limit: 400 s
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Owned } from '../../simulator/infra/processes/owned.js';
import { PrivateFolder } from '../simulator/infra/private-folder.js';
import { Engine } from '../support/engine.js';
import { latestRecord, startSim } from '../support/sim.js';

interface Context {
  folder: PrivateFolder;
  owned: Owned;
  engine: Engine;
}

const test = suite<Context>('containers');
const WAIT_MS = 20_000;
const NODES = ['hot-article-sim-kafka-1-1', 'hot-article-sim-kafka-2-1', 'hot-article-sim-kafka-3-1'];

test.before(async (context) => {
  context.folder = new PrivateFolder();
  context.owned = await Owned.start(context.folder.logDir);
  context.engine = new Engine(context.folder.path);
  await context.engine.startServers(context.owned, 3);
});
test.after(async ({ folder, owned, engine }) => {
  engine.stopServers();
  await owned[Symbol.asyncDispose]();
  folder.remove();
});

function scenarioIn(folder: PrivateFolder, faults: readonly object[]): string {
  const file = join(folder.path, 'containers.json');
  const scenario = {
    description: 'Containers are killed, stopped and frozen under load.',
    clock: { start: '2024-10-01T00:00:00', speed: 5760 },
    articles: { perDay: 2000 },
    arrivals: [{ name: 'day', shape: 'diurnal', durationHours: 24, events: 20_000 }],
    topics: { replicationFactor: 3, minInSyncReplicas: 2 },
    faults,
  };
  writeFileSync(file, JSON.stringify(scenario));
  return file;
}

test('brokers and Redis are killed, stopped and frozen under load, and nothing is lost', async ({ folder, engine }) => {
  const reports = join(folder.path, 'reports');
  const before = NODES.map((id) => engine.look(id)[2]);
  const file = scenarioIn(folder, [
    { kind: 'broker-kill', target: 'broker:leaderOf(like,0)', at: { progress: 0.1 }, forSeconds: 3 },
    { kind: 'broker-pause', at: { progress: 0.5 }, forSeconds: 4 },
    { kind: 'redis-kill', at: { progress: 0.3 }, forSeconds: 1 },
    { kind: 'redis-pause', at: { progress: 0.7 }, forSeconds: 1 },
  ]);
  const args = ['run', file, '--break-containers', '--reports', reports];
  const { exitCode, stdout, stderr } = await startSim(args, engine.env).ended;
  assert.is(exitCode, 0, `${stdout}${stderr}`);
  const record = latestRecord(reports, 'containers');
  assert.equal(
    record.faults?.map(({ kind, receipt }) => [kind, receipt?.proven]),
    ['broker-kill', 'broker-pause', 'redis-kill', 'redis-pause'].map((kind) => [kind, true]),
  );
  assert.match(stderr, 'running in docker compose, whose containers this run may break');
  const after = NODES.map((id) => engine.look(id));
  assert.ok(after.every(([isRunning, isPaused]) => isRunning === 'true' && isPaused === 'false'));
  assert.is(after.filter(([, , pid], i) => pid !== before[i]).length, 1, 'one broker was killed');
});

test('what sim leaves broken when it is killed runs again', async ({ folder, engine }) => {
  const file = scenarioIn(folder, [
    { kind: 'broker-pause', target: 'broker:2', at: { progress: 0.05 }, forSeconds: 100 },
    { kind: 'redis-kill', at: { progress: 0.05 }, forSeconds: 100 },
  ]);
  const sim = startSim(['run', file, '--break-containers', '--reports', join(folder.path, 'reports')], engine.env);
  await sim.until(/fault: broker-pause/);
  await sim.until(/fault: redis-kill/);
  const redis = 'hot-article-sim-redis-1';
  assert.equal([engine.look(NODES[1] ?? '')[1], engine.look(redis)[0]], ['true', 'false']);
  sim.kill('SIGKILL');
  const deadlineMs = performance.now() + WAIT_MS;
  const isHealed = () => engine.look(NODES[1] ?? '')[1] === 'false' && engine.look(redis)[0] === 'true';
  while (!isHealed() && performance.now() < deadlineMs) await sleep(100);
  assert.ok(isHealed());
});

test('what containers cannot do is refused by name, and what does not run is missed', async ({ folder, engine }) => {
  const file = scenarioIn(folder, [
    { kind: 'link-latency', at: { progress: 0.1 }, latencyMs: 5 },
    { kind: 'redis-failover', at: { progress: 0.1 } },
  ]);
  const args = ['run', file, '--break-containers', '--reports', join(folder.path, 'reports')];
  const refused = await startSim(args, engine.env).ended;
  assert.is(refused.exitCode, 64);
  assert.match(refused.stderr, /faults\[0\]: link-latency: nothing can stand between clients and containers/);
  assert.match(refused.stderr, /faults\[1\]: redis-failover: /);

  const both = await startSim([...args, '--brokers', '127.0.0.1:1'], engine.env).ended;
  assert.is(both.exitCode, 64);
  assert.match(both.stderr, 'leave out --brokers');

  engine.docker('stop', NODES[2] ?? '');
  scenarioIn(folder, [{ kind: 'broker-kill', at: { progress: 0.1 } }]);
  const missed = await startSim(args, engine.env).ended;
  assert.is(missed.exitCode, 69);
  assert.match(`${missed.stdout}${missed.stderr}`, /expected the container kafka-3 of docker-compose.yml to run/);
});

test.run();
