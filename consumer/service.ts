// consumer/service.ts — One running hot-article service, put together from its parts; stopping it ends all of them.
import type { FastifyInstance } from 'fastify';
import type { Admin } from 'kafkajs';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Calendar } from '../contract/calendar.js';
import { isCluster } from '../contract/redis-client.js';
import { topicsOf } from '../contract/topics.js';
import { BatchProcessor } from './batch-processor.js';
import { consumerSettings } from './consumer-settings.js';
import { DeadLetters } from './dead-letters.js';
import { Fold } from './fold.js';
import { GroupConsumer } from './group-consumer.js';
import { createHttp } from './http.js';
import { Positions, placeName } from './positions.js';
import type { ServiceOptions, StartableService } from './process.js';
import { Progress } from './progress.js';
import { type Fence, Publication } from './publication.js';
import { PublicationMetrics } from './publication-metrics.js';
import { PublishedDays } from './published-days.js';
import { Publisher } from './publisher.js';
import { RangeApplier } from './range-applier.js';
import { RankingShards } from './ranking-shards.js';
import { expectWritable } from './redis-connection.js';
import { RedisRankingStore } from './redis-ranking-store.js';
import { expectTopics } from './required-topics.js';
import { ServiceClock } from './service-clock.js';
import { StoreKeys } from './store-keys.js';

/** Redis gets this long to answer what is in flight; then the batch is given up, to be read again by the next start. */
const REDIS_GRACE_MS = 2500;
const PUBLICATION_CHECK_MS = 500;

export class Service implements StartableService {
  readonly #options: ServiceOptions;
  readonly #admin: Admin;
  readonly #deadLetters: DeadLetters;
  readonly #group: GroupConsumer;
  readonly #http: FastifyInstance;
  readonly #keys: StoreKeys;
  readonly #publisher: Publisher;
  #publishing: NodeJS.Timeout | undefined;

  constructor(options: ServiceOptions) {
    const { config, kafka, redis, log, wallMs } = options;
    const { rules } = config;
    const calendar = new Calendar(rules);
    const clock = new ServiceClock(config.clock, calendar, wallMs);
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const progress = new Progress(registry, { clock, wallMs, latencyBoundariesMs: config.latencyBoundariesMs });
    this.#options = options;
    this.#admin = kafka.admin();
    this.#deadLetters = new DeadLetters(kafka.producer(), config);
    const isMerged = config.shards > 1 || isCluster(config.redisUrl);
    const keys = new StoreKeys(config.keyPrefix, config.shards);
    this.#keys = keys;
    const shards = new RankingShards(new RedisRankingStore({ redis, keys, rules, clock, isMerged }), keys);
    const positions = new Positions();
    const warn = (message: string, details: Readonly<Record<string, unknown>>) => log.warn(details, message);
    const applier = new RangeApplier({ shards, progress, positions, warn });
    const fold = new Fold(calendar);
    const processor = new BatchProcessor({ applier, clock, progress, fold, deadLetters: this.#deadLetters });
    this.#group = new GroupConsumer({
      ...{ processor, shards, positions, groupId: config.groupId },
      ...{ admin: this.#admin, topics: topicsOf(config.topicPrefix), crashed: options.crashed },
      consumer: kafka.consumer(consumerSettings(config)),
      partitionsConcurrently: config.partitionsConcurrently,
      commitIntervalMs: config.commitIntervalMs,
      reassigned: () => progress.forgetLag(),
      log: (level, message, details) => log[level](details, message),
    });
    const publication = new Publication(redis, keys);
    const metrics = new PublicationMetrics(registry, clock);
    this.#publisher = new Publisher({
      ...{ publication, shards, calendar, clock, warn, historyDays: rules.historyDays },
      logEnds: () => logEnds(this.#admin, topicsOf(config.topicPrefix)),
      published: (day, delayMs) => {
        metrics.published(delayMs);
        log.info({ day, delayMs }, `${day} is published`);
      },
      waitingSince: (dueMs) => metrics.waitingSince(dueMs),
    });
    const published = new PublishedDays({ redis, keys, rules, calendar, clock, publication });
    const isJoined = () => this.#group.isJoined;
    this.#http = createHttp({ redis, keys, rules, calendar, published, progress, registry, isJoined, warn });
  }

  /** Settles when the service listens and joins its group. @throws RedisRefusedError, MissingTopicsError, or whatever Kafka says */
  async start(): Promise<void> {
    const { config, redis, log } = this.#options;
    const url = await this.#http.listen(config.http);
    log.info({ url }, `listening on ${url}`);
    await expectWritable(redis, this.#keys.offsets(0));
    await this.#admin.connect();
    const { createTopics: partitions, topicPrefix, brokers } = config;
    await expectTopics(this.#admin, { topics: topicsOf(topicPrefix), partitions, broker: brokers[0] ?? '' });
    const problem = await this.#deadLetters.createTopic(this.#admin);
    if (problem !== undefined) log.warn({ error: String(problem) }, 'the dead-letter topic could not be made');
    await this.#group.start();
    this.#publishing = setInterval(() => void this.#publisher.check(), PUBLICATION_CHECK_MS);
  }

  /** Finishes what is in flight, commits, leaves the group, and closes every connection. */
  async stop(): Promise<void> {
    const { redis } = this.#options;
    clearInterval(this.#publishing);
    const givingUp = setTimeout(() => redis.disconnect(), REDIS_GRACE_MS);
    await this.#group.stop();
    clearTimeout(givingUp);
    await Promise.allSettled([this.#deadLetters.disconnect(), this.#admin.disconnect(), this.#http.close()]);
    redis.disconnect();
  }
}

/** Partitions that hold no record have nothing to wait for. */
async function logEnds(admin: Admin, topics: readonly string[]): Promise<Fence> {
  const found = await Promise.all(
    topics.map(async (topic) => ({ topic, offsets: await admin.fetchTopicOffsets(topic) })),
  );
  const places = found.flatMap(({ topic, offsets }) =>
    offsets
      .filter(({ low, high }) => low !== high)
      .map(({ partition, high }) => [placeName({ topic, partition }), high] as const),
  );
  return Object.fromEntries(places);
}
