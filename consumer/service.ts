// consumer/service.ts — One running hot-article service: what every service is made of, the ranking, and its publication.

import type { Admin } from 'kafkajs';
import { Calendar } from '../contract/calendar.js';
import { isCluster } from '../contract/redis-client.js';
import { partitionName } from '../contract/topic-partition.js';
import { Fold } from './applying/fold.js';
import { RankingKeys } from './applying/ranking-keys.js';
import { RankingShards } from './applying/ranking-shards.js';
import { RedisRankingStore } from './applying/redis-ranking-store.js';
import { EventService } from './event-service.js';
import { createHttp } from './http/routes.js';
import type { ServiceOptions, StartableService } from './process.js';
import { type Fence, Publication } from './publishing/publication.js';
import { PublicationMetrics } from './publishing/publication-metrics.js';
import { PublishedDays } from './publishing/published-days.js';
import { Publisher } from './publishing/publisher.js';
import { ServiceClock } from './runtime/service-clock.js';

const PUBLICATION_CHECK_MS = 500;

export class Service implements StartableService {
  readonly #events: EventService;
  readonly #publisher: Publisher;
  #publishing: NodeJS.Timeout | undefined;

  constructor(options: ServiceOptions) {
    const { config, redis, log, wallMs } = options;
    const { rules } = config;
    const calendar = new Calendar(rules);
    const clock = new ServiceClock(config.clock, calendar, wallMs);
    const keys = new RankingKeys(config.keyPrefix, config.shards);
    const isMerged = config.shards > 1 || isCluster(config.redisUrl);
    const shards = new RankingShards(new RedisRankingStore({ redis, keys, rules, clock, isMerged }), keys);
    const publication = new Publication(redis, keys);
    const published = new PublishedDays({ redis, keys, rules, calendar, clock, publication });
    this.#events = new EventService(options, {
      clock,
      shards,
      metricPrefix: 'hot_article',
      fold: new Fold(calendar, rules),
      offsetsKey: keys.offsets(0),
      createHttp: (operation) => createHttp({ ...operation, keys, rules, calendar, published, isMerged }),
    });
    const { admin, topics, registry } = this.#events;
    const metrics = new PublicationMetrics(registry, clock);
    this.#publisher = new Publisher({
      publication,
      shards,
      calendar,
      clock,
      historyDays: rules.historyDays,
      warn: (message, details) => log.warn(details, message),
      logEnds: () => logEnds(admin, topics),
      published: (day, delayMs) => {
        metrics.published(delayMs);
        log.info({ day, delayMs }, `${day} is published`);
      },
      waitingSince: (dueMs) => metrics.waitingSince(dueMs),
    });
  }

  /** Settles when the service listens and joins its group. @throws RedisRefusedError, MissingTopicsError, or whatever Kafka says */
  async start(): Promise<void> {
    await this.#events.start();
    this.#publishing = setInterval(() => void this.#publisher.check(), PUBLICATION_CHECK_MS);
  }

  /** Finishes what is in flight, commits, leaves the group, and closes every connection. */
  async stop(): Promise<void> {
    clearInterval(this.#publishing);
    await this.#events.stop();
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
      .map(({ partition, high }) => [partitionName({ topic, partition }), high] as const),
  );
  return Object.fromEntries(places);
}
