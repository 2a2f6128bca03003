// test/e2e/infra.e2e.test.ts — Real servers: started, used, lost, and never left behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { doctor } from '../../simulator/cli/handlers/doctor.js';
import { down } from '../../simulator/cli/handlers/down.js';
import { InfraError } from '../../simulator/errors.js';
import type { InfraOptions, StartedInfra } from '../../simulator/infra/infra.js';
import { provision } from '../../simulator/infra/provision.js';
import { roundTrip } from '../simulator/infra/kafka-round-trip.js';
import { NOTHING_LEFT, PrivateFolder } from '../simulator/infra/private-folder.js';

interface Context {
  folder: PrivateFolder;
  said: string[];
  options: InfraOptions;
}

const test = suite<Context>('infra');
const { signal } = new AbortController();
const LIMIT_MS = 20_000;

test.before.each((context) => {
  context.folder = new PrivateFolder();
  context.said = [];
  const say = (line: string) => void context.said.push(line);
  context.options = { nodes: 1, logDir: context.folder.logDir, say, signal };
  process.env.XDG_STATE_HOME = context.folder.path;
  for (const name of ['SIM_BROKERS', 'SIM_REDIS', 'SIM_KAFKA_SECURITY', 'SIM_KAFKA_VERSION']) delete process.env[name];
});
test.after.each(({ folder }) => folder.remove());

/** Disposes of it whatever happens, and finds nothing left. */
async function using(context: Context, use: (infra: StartedInfra) => Promise<void>): Promise<void> {
  const infra = await provision(context.options);
  try {
    await use(infra);
  } finally {
    await infra[Symbol.asyncDispose]();
    await infra[Symbol.asyncDispose]();
  }
  assert.equal(await context.folder.left(), NOTHING_LEFT);
}

async function failureOf(work: Promise<unknown>): Promise<InfraError> {
  const error = await work.then(
    () => assert.unreachable('it was expected to fail'),
    (reason: unknown) => reason,
  );
  assert.instance(error, InfraError);
  return error as InfraError;
}

test('a Kafka and a Redis are started, say so, can be used, and leave nothing', async (context) => {
  await using(context, async ({ kafka, redis, died }) => {
    assert.equal([kafka.mode, redis.mode, kafka.connection.brokers.length], ['local', 'local', 1]);
    assert.match(kafka.version ?? '', /^4\.\d+\.\d+$/);
    assert.match(redis.version ?? '', /^\d+\.\d+\.\d+$/);
    for (const name of ['Kafka', 'Redis'])
      assert.ok(context.said.some((line) => line.includes(name) && line.includes('started')));
    await roundTrip(kafka.connection, 1);
    const named = await provision({ ...context.options, kafka: kafka.connection, redis: redis.connection });
    assert.equal([named.kafka.mode, named.redis.mode], ['external', 'external']);
    await named[Symbol.asyncDispose]();
    // What was named by the user is not ended with the run that used it.
    assert.not(died.aborted);
    assert.is(context.folder.pids().length, 2);
  });
});

test('three nodes replicate, and the death of one aborts `died` with its reason', async (context) => {
  const options = { ...context.options, nodes: 3 } as const;
  await using({ ...context, options }, async ({ kafka, died }) => {
    assert.is(kafka.connection.brokers.length, 3);
    await roundTrip(kafka.connection, 3);
    assert.not(died.aborted);
    for (const pid of context.folder.pids('sim-kafka-2')) process.kill(pid, 'SIGKILL');
    if (!died.aborted) await once(died, 'abort', { signal: AbortSignal.timeout(LIMIT_MS) });
    assert.instance(died.reason, InfraError);
    assert.match(died.reason.message, /Kafka node 2 ended with SIGKILL/);
    // A node that is killed may have had nothing to complain of.
    assert.match(died.reason.message, /its log ends with:\n(?:\d{4}-.* (?:WARN|ERROR)|\(nothing was logged\))/);
  });
});

test('an owner that is killed leaves neither processes nor directories', async ({ folder }) => {
  const code = `
    import { provision } from './simulator/infra/provision.ts';
    const { signal } = new AbortController();
    await provision({ nodes: 1, logDir: ${JSON.stringify(folder.logDir)}, say: () => undefined, signal });
    console.log('ready');
    setInterval(() => undefined, 1000);`;
  const owner = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: owner.stdout }), 'line');
  assert.is(folder.pids().length, 2);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  assert.equal(await folder.left(), NOTHING_LEFT);
});

test('a start that is interrupted ends with that reason and leaves nothing', async ({ folder, options }) => {
  const abort = new AbortController();
  const failed = provision({ ...options, signal: abort.signal }).catch((error: unknown) => error);
  while (folder.pids('sim-kafka').length === 0) await sleep(10);
  const reason = new Error('Ctrl-C');
  abort.abort(reason);
  assert.is(await failed, reason);
  assert.equal(await folder.left(), NOTHING_LEFT);
});

test('what `sim up` starts outlives it, is used by runs, and `sim down` ends it', async (context) => {
  const { folder, said, options } = context;
  const code = `
    import { up } from './simulator/cli/handlers/up.ts';
    await up({ nodes: 1, say: console.log, signal: new AbortController().signal });`;
  const upProcess = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: 'ignore',
  });
  assert.equal(await once(upProcess, 'exit'), [0, null]);
  const kept = folder.pids();
  assert.is(kept.length, 2);

  const infra = await provision(options);
  assert.equal([infra.kafka.mode, infra.redis.mode], ['up', 'up']);
  await infra[Symbol.asyncDispose]();
  assert.ok(await doctor({ say: options.say, signal: options.signal }));
  assert.ok(said.some((line) => line.includes('sim run') && line.includes('sim up')));
  assert.equal(folder.pids(), kept);

  await down({ say: options.say });
  assert.equal(await folder.left(), NOTHING_LEFT);
  await down({ say: options.say });
  assert.is(said.at(-1), 'nothing is up');
});

test('`sim down` after the servers have died cleans up and says so', async ({ folder, said, options }) => {
  const { up } = await import('../../simulator/cli/handlers/up.js');
  await up({ nodes: 1, say: options.say, signal });
  for (const pid of folder.pids()) process.kill(pid, 'SIGKILL');
  while (folder.pids().length > 0) await sleep(10);
  await down({ say: options.say });
  assert.match(said.at(-1) ?? '', /0 of 2 processes/);
  assert.equal(await folder.left(), NOTHING_LEFT);
});

test('a Redis that refuses us, or only reads, is named with what to do', async (context) => {
  await using(context, async ({ redis }) => {
    const { url } = redis.connection;
    const admin = new Redis(url);
    try {
      await admin.replicaof('127.0.0.1', 1);
      const replica = await failureOf(provision({ ...context.options, redis: { url } }));
      assert.match(replica.message, /read-only replica/);
      assert.match(replica.hint ?? '', /127\.0\.0\.1:1/);
      await admin.replicaof('NO', 'ONE');
      await admin.config('SET', 'requirepass', 'right');
      const refused = await failureOf(
        provision({ ...context.options, redis: { url: url.replace('//', '//:wrong@') } }),
      );
      assert.match(refused.message, /refused/);
      assert.not.match(refused.message, /wrong@/);
      assert.match(refused.hint ?? '', /redis:\/\/user:password@/);
    } finally {
      admin.disconnect();
    }
    const silent = { brokers: ['127.0.0.1:1'] };
    const closed = await failureOf(
      provision({ ...context.options, kafka: silent, redis: { url: url.replace('//', '//:right@') } }),
    );
    assert.match(closed.message, /127\.0\.0\.1:1/);
  });
});

test.run();
