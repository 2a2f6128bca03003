// simulator/infra/provision.ts — Where Kafka and Redis come from: named by the user, kept running, or started for this run.
import { mkdirSync } from 'node:fs';
import type { KafkaConnection, RedisConnection } from '../../contract/connection.js';
import { Cleanup } from './cleanup.js';
import { type Guardian, startGuardian } from './guardian.js';
import type { Found, InfraOptions, StartedInfra } from './infra.js';
import { startKafka } from './kafka-local.js';
import { reachKafka } from './reach-kafka.js';
import { reachRedis, withoutPassword } from './reach-redis.js';
import { startRedis } from './redis-local.js';
import { ensureRedis } from './redis-program.js';
import type { ServerProcess } from './server-process.js';

interface Taken<Connection> {
  readonly server: Found & { readonly connection: Connection };
  readonly processes: readonly ServerProcess[];
}

/** @throws InfraError; what was started until then is ended. Whatever `signal` aborts with is thrown as it is. */
export async function provision(options: InfraOptions): Promise<StartedInfra> {
  options.signal.throwIfAborted();
  mkdirSync(options.logDir, { recursive: true });
  await using undo = new Cleanup();
  const guardian = undo.use(startGuardian());
  const redis = await takeRedis(options, guardian, undo);
  options.say(`redis: ${redis.server.why}`);
  const kafka = await takeKafka(options, guardian, undo);
  options.say(`kafka: ${kafka.server.why}`);

  const owned = undo.move();
  return {
    kafka: kafka.server,
    redis: redis.server,
    died: AbortSignal.any([...redis.processes, ...kafka.processes].map(({ died }) => died)),
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

async function takeKafka(options: InfraOptions, guardian: Guardian, undo: Cleanup): Promise<Taken<KafkaConnection>> {
  if (options.kafka !== undefined) {
    const { brokers } = await reachKafka(options.kafka);
    const why = `using ${options.kafka.brokers.join(',')}, as named (${brokers} brokers)`;
    return { server: { mode: 'external', why, connection: options.kafka }, processes: [] };
  }
  const started = undo.use(await startKafka({ ...options, guardian }));
  const { connection, version, processes } = started;
  const why = `started Kafka ${version} at ${connection.brokers.join(',')} for this run`;
  return { server: { mode: 'local', why, connection, ...(version ? { version } : {}) }, processes };
}

async function takeRedis(options: InfraOptions, guardian: Guardian, undo: Cleanup): Promise<Taken<RedisConnection>> {
  if (options.redis !== undefined) {
    const { version } = await reachRedis(options.redis);
    const why = `using ${withoutPassword(options.redis.url)}, as named`;
    return {
      server: { mode: 'external', why, connection: options.redis, ...(version ? { version } : {}) },
      processes: [],
    };
  }
  const program = await ensureRedis(options);
  const started = undo.use(await startRedis({ ...options, program, guardian }));
  const { connection, version, processes } = started;
  const why = `started Redis ${version} at ${connection.url} for this run`;
  return { server: { mode: 'local', why, connection, ...(version ? { version } : {}) }, processes };
}
