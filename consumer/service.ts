// consumer/service.ts — One running hot-article service, put together from its parts; stopping it ends all of them.
import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import type { Admin, Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Calendar } from '../contract/calendar.js';
import { topicsOf } from '../contract/topics.js';
import { BatchProcessor } from './batch-processor.js';
import type { Config } from './config.js';
import { DeadLetters } from './dead-letters.js';
import { Fold } from './fold.js';
import { GroupConsumer } from './group-consumer.js';
import { createHttp } from './http.js';
import { Positions } from './positions.js';
import { Progress } from './progress.js';
import { PublishedDays } from './published-days.js';
import { expectWritable } from './redis-connection.js';
import { RedisRankingStore } from './redis-ranking-store.js';
import { ServiceClock } from './service-clock.js';

export interface ServiceOptions {
  readonly config: Config;
  readonly kafka: Kafka;
  /** Not yet connected. */
  readonly redis: Redis;
  readonly log: Logger;
  /** Milliseconds since 1970, with fractions. */
  readonly wallMs: () => number;
  /** The consumer has stopped for good, and so should the service. */
  readonly crashed: (error: Error) => void;
}

/** Redis gets this long to answer what is in flight; then the batch is given up, to be read again by the next start. */
const REDIS_GRACE_MS = 2500;

export class Service {
  readonly #options: ServiceOptions;
  readonly #admin: Admin;
  readonly #deadLetters: DeadLetters;
  readonly #group: GroupConsumer;
  readonly #http: FastifyInstance;

  constructor(options: ServiceOptions) {
    const { config, kafka, redis, log, wallMs } = options;
    const { keyPrefix, rules } = config;
    const calendar = new Calendar(rules);
    const clock = new ServiceClock(config.clock, calendar, wallMs);
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const progress = new Progress(registry, { clock, wallMs, latencyBoundariesMs: config.latencyBoundariesMs });
    this.#options = options;
    this.#admin = kafka.admin();
    this.#deadLetters = new DeadLetters(kafka.producer(), config.topicPrefix);
    const store = new RedisRankingStore({ redis, keyPrefix, rules, clock });
    const positions = new Positions();
    const processor = new BatchProcessor({
      ...{ clock, progress, store, positions, deadLetters: this.#deadLetters },
      fold: new Fold(calendar),
      warn: (message, details) => log.warn(details, message),
    });
    this.#group = new GroupConsumer({
      ...{ processor, store, positions, groupId: config.groupId },
      ...{ admin: this.#admin, topics: topicsOf(config.topicPrefix), crashed: options.crashed },
      consumer: kafka.consumer(consumerSettings(config)),
      partitionsConcurrently: config.partitionsConcurrently,
      commitIntervalMs: config.commitIntervalMs,
      reassigned: () => progress.forgetLag(),
      log: (level, message, details) => log[level](details, message),
    });
    const published = new PublishedDays({ redis, keyPrefix, rules, calendar, clock });
    const isJoined = () => this.#group.isJoined;
    this.#http = createHttp({ redis, keyPrefix, rules, calendar, published, progress, registry, isJoined });
  }

  /** Settles when the service listens and joins its group. @throws RedisRefusedError, or whatever Kafka says */
  async start(): Promise<void> {
    const { config, redis, log } = this.#options;
    const url = await this.#http.listen(config.http);
    log.info({ url }, `listening on ${url}`);
    await expectWritable(redis, config.keyPrefix);
    await this.#admin.connect();
    const problem = await this.#deadLetters.createTopic(this.#admin);
    if (problem !== undefined) log.warn({ error: String(problem) }, 'the dead-letter topic could not be made');
    await this.#group.start();
  }

  /** Finishes what is in flight, commits, leaves the group, and closes every connection. */
  async stop(): Promise<void> {
    const { redis } = this.#options;
    const givingUp = setTimeout(() => redis.disconnect(), REDIS_GRACE_MS);
    await this.#group.stop();
    clearTimeout(givingUp);
    await Promise.allSettled([this.#deadLetters.disconnect(), this.#admin.disconnect(), this.#http.close()]);
    redis.disconnect();
  }
}

function consumerSettings(config: Config) {
  const { fetch, sessionTimeoutMs } = config;
  return {
    groupId: config.groupId,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: Math.max(60_000, sessionTimeoutMs),
    heartbeatInterval: Math.min(3000, Math.floor(sessionTimeoutMs / 3)),
    maxWaitTimeInMs: fetch.maxWaitMs,
    minBytes: fetch.minBytes,
    maxBytesPerPartition: fetch.maxBytesPerPartition,
    maxBytes: Math.max(10_485_760, 4 * fetch.maxBytesPerPartition),
  };
}
