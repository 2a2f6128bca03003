// simulator/infra/provision.ts — Provides a Kafka and a Redis: those named, else those kept or running, else local ones.
import { placeOf } from '../../contract/redis-client.js';
import { calledAs } from '../errors.js';
import { expectKafka, expectRedis } from './answers.js';
import type { Breakable } from './breakable.js';
import { breakableCompose } from './containers/breakable-compose.js';
import { findCompose } from './containers/compose.js';
import type { InfraOptions, StartedInfra } from './infra.js';
import { type LocalKafka, startLocalKafka } from './kafka/local-kafka.js';
import { Owned } from './processes/owned.js';
import { type LocalRedis, startLocalRedis } from './redis/local-redis.js';
import { findUp } from './up/up-servers.js';

type KafkaFound = StartedInfra['kafka'];
type RedisFound = StartedInfra['redis'];

/** What can be used without starting anything. */
export interface Existing {
  readonly kafka: KafkaFound | undefined;
  readonly redis: RedisFound | undefined;
}

const LOCAL_WHY = `started for this run, as no address was given, and neither \`${calledAs()} up\` nor docker compose runs`;
const BREAKABLE_WHY = 'started for this run, which breaks it on purpose';

/** @throws InfraError; or the signal's reason when it aborts. Nothing is left behind then. */
export async function provision(options: InfraOptions): Promise<StartedInfra> {
  const { say, signal, nodes } = options;
  if (options.breakable && options.breakContainers) return provisionContainers(options);
  const existing = await findExisting(options);
  // Only what was started here may be broken.
  const wanted = existing.kafka || existing.redis ? undefined : options.breakable;
  const why = wanted ? BREAKABLE_WHY : LOCAL_WHY;
  const owned = await Owned.start(options.logDir);
  try {
    const local = { nodes, say, signal, owned, ...(wanted ? { breakable: wanted } : {}) };
    if (!existing.redis) say(`Redis: ${why}`);
    const redis = existing.redis ?? (await startLocalRedis(local));
    if (!existing.kafka) say(`Kafka: ${why}`);
    const kafka = existing.kafka ?? (await startLocalKafka(local));
    signal.throwIfAborted();
    return {
      kafka: 'why' in kafka ? kafka : startedHere(kafka, why),
      redis: 'why' in redis ? redis : startedHere(redis, why),
      ...(wanted && 'nodes' in kafka && 'server' in redis ? { breakable: breakableOf(kafka, redis) } : {}),
      died: owned.died,
      [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
    };
  } catch (error) {
    await owned[Symbol.asyncDispose]();
    throw error;
  }
}

async function provisionContainers(options: InfraOptions): Promise<StartedInfra> {
  const owned = await Owned.start(options.logDir);
  try {
    const containers = await breakableCompose(options, owned.guardian);
    const dispose = async () => {
      try {
        await containers[Symbol.asyncDispose]();
      } finally {
        await owned[Symbol.asyncDispose]();
      }
    };
    return { ...containers, died: owned.died, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await owned[Symbol.asyncDispose]();
    throw error;
  }
}

function startedHere<C>(
  { connection, direct, version }: { readonly connection: C; readonly direct: C; readonly version?: string },
  why: string,
) {
  return { mode: 'local' as const, why, connection, direct, ...(version === undefined ? {} : { version }) };
}

function breakableOf(kafka: LocalKafka, redis: LocalRedis): Breakable {
  return {
    kafka: kafka.nodes,
    redis: redis.server,
    ...(redis.replica ? { redisReplica: redis.replica } : {}),
    links: { kafka: kafka.links, ...(redis.link ? { redis: redis.link } : {}) },
  };
}

/** @throws InfraError when an address that was given does not answer. */
export async function findExisting(
  options: Pick<InfraOptions, 'kafka' | 'redis' | 'nodes' | 'breakable' | 'say' | 'signal'>,
): Promise<Existing> {
  let kafka = options.kafka && (await externalKafka(options.kafka));
  let redis = options.redis && (await externalRedis(options.redis));
  // Servers that run already belong to others too, and must not be broken.
  const mayShare = options.breakable === undefined || kafka || redis;
  for (const find of mayShare ? [findUp, findCompose] : []) {
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
  // The rest of the address is left out, as it may hold a password.
  const why = `${placeOf(connection.url)}, as given`;
  return { mode: 'external', why, connection, direct: connection, ...(version === undefined ? {} : { version }) };
}
