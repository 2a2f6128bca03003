// simulator/infra/provision.ts — Gives a Kafka and a Redis: those named, else those kept or running, else local ones.
import { expectKafka, expectRedis } from './answers.js';
import { findCompose } from './compose.js';
import type { InfraOptions, StartedInfra } from './infra.js';
import { startLocalKafka } from './local-kafka.js';
import { startLocalRedis } from './local-redis.js';
import { Owned } from './owned.js';
import { findUp } from './up-servers.js';

type KafkaFound = StartedInfra['kafka'];
type RedisFound = StartedInfra['redis'];

/** What can be used without starting anything. */
export interface Existing {
  readonly kafka: KafkaFound | undefined;
  readonly redis: RedisFound | undefined;
}

const LOCAL_WHY = 'started for this run, as no address was given, and neither `sim up` nor docker compose runs';

/** @throws InfraError; or the signal's reason when it aborts. Nothing is left behind then. */
export async function provision(options: InfraOptions): Promise<StartedInfra> {
  const { say, signal, nodes } = options;
  const existing = await findExisting(options);
  const owned = await Owned.start(options.logDir);
  try {
    const local = { nodes, say, signal, owned };
    if (!existing.redis) say(`Redis: ${LOCAL_WHY}`);
    const redis: RedisFound = existing.redis ?? { mode: 'local', why: LOCAL_WHY, ...(await startLocalRedis(local)) };
    if (!existing.kafka) say(`Kafka: ${LOCAL_WHY}`);
    const kafka: KafkaFound = existing.kafka ?? { mode: 'local', why: LOCAL_WHY, ...(await startLocalKafka(local)) };
    signal.throwIfAborted();
    return { kafka, redis, died: owned.died, [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose]() };
  } catch (error) {
    await owned[Symbol.asyncDispose]();
    throw error;
  }
}

/** @throws InfraError when an address that was given does not answer. */
export async function findExisting(
  options: Pick<InfraOptions, 'kafka' | 'redis' | 'nodes' | 'say' | 'signal'>,
): Promise<Existing> {
  let kafka = options.kafka && (await externalKafka(options.kafka));
  let redis = options.redis && (await externalRedis(options.redis));
  for (const find of [findUp, findCompose]) {
    if (kafka && redis) break;
    options.signal.throwIfAborted();
    const found = await find(options);
    kafka ??= found.kafka;
    redis ??= found.redis;
  }
  for (const [name, found] of Object.entries({ Kafka: kafka, Redis: redis })) {
    if (found) options.say(`${name}: ${found.why}`);
  }
  return { kafka, redis };
}

async function externalKafka(connection: NonNullable<InfraOptions['kafka']>): Promise<KafkaFound> {
  await expectKafka(connection);
  return { mode: 'external', why: `${connection.brokers.join(', ')}, as given`, connection, direct: connection };
}

async function externalRedis(connection: NonNullable<InfraOptions['redis']>): Promise<RedisFound> {
  const { version } = await expectRedis(connection);
  // Without the rest of the address, which may hold a password.
  const why = `${new URL(connection.url).host}, as given`;
  return { mode: 'external', why, connection, direct: connection, ...(version === undefined ? {} : { version }) };
}
