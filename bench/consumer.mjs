// bench/consumer.mjs — The consumer's own speed: from memory into Redis, from Kafka into Redis, and what an article costs in Redis.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Registry } from 'prom-client';
import { Fold } from '../dist/consumer/applying/fold.js';
import { Positions } from '../dist/consumer/applying/positions.js';
import { RangeApplier } from '../dist/consumer/applying/range-applier.js';
import { RankingKeys } from '../dist/consumer/applying/ranking-keys.js';
import { RankingShards } from '../dist/consumer/applying/ranking-shards.js';
import { RedisRankingStore } from '../dist/consumer/applying/redis-ranking-store.js';
import { BatchProcessor } from '../dist/consumer/reading/batch-processor.js';
import { ServiceClock } from '../dist/consumer/runtime/service-clock.js';
import { ServiceMetrics } from '../dist/consumer/runtime/service-metrics.js';
import { Calendar } from '../dist/contract/calendar.js';
import { STREAM_OF_KIND } from '../dist/contract/kind.js';
import { loadScenario } from '../dist/simulator/scenario/load.js';
import { contentPools } from '../dist/simulator/workload/content.js';
import { EventEncoder } from '../dist/simulator/workload/encode.js';
import { Lane } from '../dist/simulator/workload/lane.js';
import { planOf } from '../dist/simulator/workload/plan.js';

/** As many as come with a fetch of 4 MiB. */
const BATCH = 20_000;
const ZIPF = ['popularity.model=zipf', 'popularity.zipfExponent=1'];
const TOPICS = ['board-article', 'board-comment', 'board-like', 'board-view'];
const folder = mkdtempSync(join(tmpdir(), 'sim-bench-'));
const children = new Set();

function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'ignore', ...options });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function stop(child) {
  child.kill();
  await once(child, 'exit');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** For each partition its values end to end, as in a fetch, in the order of the plan. */
async function partitionsOf(settings) {
  const scenario = await loadScenario('scenarios/quickstart.json', settings);
  const plan = planOf(scenario);
  const encoder = new EventEncoder(plan, contentPools(scenario));
  const partitions = Array.from({ length: plan.lanes }, (_, index) => valuesOf(new Lane(plan, index), encoder));
  return { partitions: partitions.flat(), rules: scenario.rules, events: plan.events };
}

function valuesOf(lane, encoder) {
  const partitions = TOPICS.map((topic) => ({
    topic,
    partition: lane.lane,
    bytes: Buffer.alloc(1024),
    ends: [0],
    times: [],
  }));
  while (lane.advance()) {
    const one = partitions[STREAM_OF_KIND[lane.kind]];
    const value = encoder.value(lane);
    const at = one.ends.at(-1);
    if (at + value.length > one.bytes.length) one.bytes = Buffer.concat([one.bytes, one.bytes]);
    one.bytes.set(value, at);
    one.ends.push(at + value.length);
    one.times.push(lane.timeMs);
  }
  return partitions;
}

/** Records are made from the bytes as kafkajs makes them: a slice each. */
async function consume({ topic, partition, bytes, ends, times }, pipeline) {
  for (let from = 0; from < times.length; from += BATCH) {
    const next = Math.min(times.length, from + BATCH);
    const records = [];
    for (let at = from; at < next; at += 1) {
      records.push({
        offset: `${at}`,
        timestamp: `${times[at]}`,
        key: null,
        value: bytes.subarray(ends[at], ends[at + 1]),
      });
    }
    await pipeline.process({ topic, partition, from: `${from}`, next: `${next}`, end: `${next}`, records }, nowhere);
  }
}

/** The consumer without Kafka: everything between a fetched batch and Redis. */
function pipelineOf(redis, rules) {
  const calendar = new Calendar(rules);
  const clock = new ServiceClock({ kind: 'event-time' }, calendar, Date.now);
  const keys = new RankingKeys('', 1);
  const metrics = new ServiceMetrics(new Registry(), { clock, wallMs: Date.now, latencyBoundariesMs: [] });
  const shards = new RankingShards(new RedisRankingStore({ redis, keys, rules, clock, isMerged: false }), keys);
  const applier = new RangeApplier({ shards, metrics, positions: new Positions(), warn: console.warn });
  const deadLetters = { put: () => Promise.resolve() };
  return new BatchProcessor({ fold: new Fold(calendar, rules), applier, deadLetters, clock, metrics });
}

const nowhere = {
  passed: () => undefined,
  isLeft: () => false,
  bounds: () => Promise.resolve({ low: '0', high: '0' }),
  seek: () => {
    throw new Error('nothing is read again here');
  },
};

async function infoOf(redis, section, field) {
  return Number(new RegExp(`${field}:([\\d.]+)`).exec(await redis.info(section))?.[1]);
}

const cpuOf = async (redis) =>
  (await infoOf(redis, 'cpu', 'used_cpu_user')) + (await infoOf(redis, 'cpu', 'used_cpu_sys'));

async function fromMemory(name, settings, runs, redis) {
  const { partitions, rules, events } = await partitionsOf(settings);
  const results = [];
  for (let run = 0; run <= runs; run += 1) {
    await redis.flushall();
    const empty = await infoOf(redis, 'memory', 'used_memory');
    const pipeline = pipelineOf(redis, rules);
    const [redisCpu, cpu, startedAt] = [await cpuOf(redis), process.cpuUsage(), performance.now()];
    // As with kafkajs: a partition's batches one after the other, and partitions side by side.
    await Promise.all(partitions.map((one) => consume(one, pipeline)));
    const seconds = (performance.now() - startedAt) / 1000;
    const own = process.cpuUsage(cpu);
    results.push({
      rate: events / seconds,
      ownMicros: (own.user + own.system) / events,
      redisMicros: (((await cpuOf(redis)) - redisCpu) * 1e6) / events,
      bytes: (await infoOf(redis, 'memory', 'used_memory')) - empty,
    });
  }
  // The first run warms up, unless it is the only one.
  const { rate, ownMicros, redisMicros, bytes } = results.slice(runs > 0 ? 1 : 0).sort((a, b) => a.rate - b.rate)[
    Math.floor(runs / 2)
  ];
  const articles = await articlesIn(redis);
  console.log(
    `${name.padEnd(36)} ${Math.round(rate).toLocaleString('en')} events/s; CPU an event: consumer ${ownMicros.toFixed(2)} us, ` +
      `Redis ${redisMicros.toFixed(2)} us; ${articles.toLocaleString('en')} articles, ${(bytes / articles).toFixed(0)} bytes each`,
  );
}

async function articlesIn(redis) {
  let articles = 0;
  for await (const keys of redis.scanStream({ match: '*::articles::*', count: 1000 })) {
    const lengths = await Promise.all(keys.map((key) => redis.hlen(key)));
    articles += lengths.reduce((sum, length) => sum + length, 0);
  }
  return articles;
}

function sim(...args) {
  const { status, stdout, stderr } = spawnSync('./sim', args, {
    encoding: 'utf8',
    env: { ...process.env, XDG_STATE_HOME: folder },
  });
  if (status !== 0) throw new Error(`./sim ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
}

/** A log that is there already, read from its beginning by one instance of the service. */
async function fromKafka(events) {
  sim('up');
  const sets = ['pace=max', `arrivals.0.events=${events}`, 'articles.perDay=100000'];
  sim('run', 'scenarios/quickstart.json', '--keep', '--reports', folder, ...sets.flatMap((one) => ['--set', one]));
  const { runId } = JSON.parse(readFileSync(join(folder, 'quickstart/latest/run.json'), 'utf8'));
  const { kafka, redis } = JSON.parse(readFileSync(join(folder, 'hot-article-sim/up.json'), 'utf8'));
  for (let run = 0; run < 3; run += 1) await drain({ brokers: kafka.brokers, redisUrl: redis.url, runId, run, events });
}

async function drain({ brokers, redisUrl, runId, run, events }) {
  const port = await freePort();
  const consumer = start(process.execPath, [
    '--max-semi-space-size=64',
    'dist/consumer/main.js',
    `--kafka-brokers=${brokers.join()}`,
    `--kafka-topic-prefix=sim-${runId}.board`,
    `--kafka-group-id=bench-${runId}-${run}`,
    `--redis-url=${redisUrl}`,
    `--redis-key-prefix=bench:${runId}:${run}:`,
    '--clock=event-time',
    `--http-port=${port}`,
    '--log-level=warn',
  ]);
  let [first, last] = [undefined, undefined];
  while (last === undefined || last.applied < events) {
    await sleep(20);
    const answer = await fetch(`http://127.0.0.1:${port}/internal/observation`).catch(() => undefined);
    if (!answer?.ok) continue;
    const { applied, skipped } = await answer.json();
    if (skipped > 0) throw new Error(`${skipped} records were skipped`);
    last = { applied, atMs: performance.now() };
    if (first === undefined && applied > 0) first = last;
  }
  const rate = ((last.applied - first.applied) * 1000) / (last.atMs - first.atMs);
  console.log(
    `${`from Kafka, one instance, run ${run + 1}`.padEnd(36)} ${Math.round(rate).toLocaleString('en')} events/s`,
  );
  await stop(consumer);
}

// Whatever ends it, nothing is left behind.
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  sim('down');
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

console.log(`${cpus().length} x ${cpus()[0].model}, node ${process.version}`);
const port = await freePort();
const server = start('redis-server', ['--port', port, '--save', '', '--dir', folder]);
const redis = new Redis(port, '127.0.0.1', { retryStrategy: () => 50, maxRetriesPerRequest: null });
redis.on('error', () => undefined);
await fromMemory(
  'from memory, Zipf, 100,000 articles',
  [...ZIPF, 'arrivals.0.events=2000000', 'articles.perDay=100000'],
  5,
  redis,
);
await fromMemory('from memory, 1 million articles', ['arrivals.0.events=4000000', 'articles.perDay=1000000'], 0, redis);
redis.disconnect();
await stop(server);
await fromKafka(2_000_000);
