// simulator/simulate/simulated-service.ts — One life of a service's process: the consumer's own parts around a log in memory, virtual time and a gated Redis.

import type { Admin, Producer } from 'kafkajs';
import { Registry } from 'prom-client';
import { Fold } from '../../consumer/applying/fold.js';
import { Positions } from '../../consumer/applying/positions.js';
import { RangeApplier } from '../../consumer/applying/range-applier.js';
import { RankingKeys } from '../../consumer/applying/ranking-keys.js';
import { RankingShards } from '../../consumer/applying/ranking-shards.js';
import { RedisRankingStore } from '../../consumer/applying/redis-ranking-store.js';
import { Shards } from '../../consumer/applying/shards.js';
import { ArticleReadKeys } from '../../consumer/article-read/article-read-keys.js';
import { ArticleReadStore } from '../../consumer/article-read/article-read-store.js';
import { ReadModelFold } from '../../consumer/article-read/read-model-fold.js';
import { Publication } from '../../consumer/publishing/publication.js';
import { Publisher } from '../../consumer/publishing/publisher.js';
import { BatchProcessor, type Folding } from '../../consumer/reading/batch-processor.js';
import { DeadLetters } from '../../consumer/reading/dead-letters.js';
import { GroupConsumer } from '../../consumer/reading/group-consumer.js';
import { ServiceClock } from '../../consumer/runtime/service-clock.js';
import { ServiceMetrics } from '../../consumer/runtime/service-metrics.js';
import { Calendar } from '../../contract/calendar.js';
import type { ClockSettings } from '../../contract/clock.js';
import { partitionName } from '../../contract/topic-partition.js';
import type { Scenario } from '../scenario/schema.js';
import type { GatedConnection } from './gated-redis.js';
import type { MemoryConsumer } from './memory-consumer.js';
import type { MemoryLog } from './memory-log.js';

export const KEY_PREFIX = 'sim:';

export interface ServiceSettings {
  readonly scenario: Scenario;
  readonly clock: ClockSettings;
  readonly shards: number;
  readonly log: MemoryLog;
  readonly admin: Admin;
  /** Text of lua/apply.lua, unless a test plants a bug into it. */
  readonly applyScript?: string | undefined;
}

export interface ProcessTools {
  readonly connection: GatedConnection;
  readonly consumer: MemoryConsumer;
  readonly now: () => number;
  readonly every: (milliseconds: number, call: () => void) => () => void;
  readonly crashed: (error: Error) => void;
}

export interface SimulatedService {
  readonly group: GroupConsumer;
  readonly metrics: ServiceMetrics;
  readonly stop: () => Promise<void>;
}

const PUBLICATION_CHECK_MS = 500;
const PARTITIONS_CONCURRENTLY = 12;

/** Settles when it joins its group. */
export async function startRanking(settings: ServiceSettings, tools: ProcessTools): Promise<SimulatedService> {
  const { scenario, shards: parts, log, applyScript } = settings;
  const { rules } = scenario;
  const { now, every, connection } = tools;
  const redis = connection.client;
  const calendar = new Calendar(rules);
  const clock = new ServiceClock(settings.clock, calendar, now);
  const keys = new RankingKeys(KEY_PREFIX, parts);
  const scripts = applyScript === undefined ? {} : { apply: applyScript };
  const store = new RedisRankingStore({ redis, keys, rules, clock, isMerged: parts > 1, scripts });
  const shards = new RankingShards(store, keys);
  const publisher = new Publisher({
    publication: new Publication(redis, keys),
    shards,
    calendar,
    clock,
    historyDays: rules.historyDays,
    logEnds: async () => logEnds(log),
    published: () => undefined,
    waitingSince: () => undefined,
    warn: () => undefined,
  });
  const service = await start(settings, tools, { fold: new Fold(calendar, rules), shards, clock, groupId: 'ranking' });
  const stopPublishing = every(PUBLICATION_CHECK_MS, () => void publisher.check());
  const stop = async () => {
    stopPublishing();
    await service.stop();
  };
  return { ...service, stop };
}

export async function startArticleRead(settings: ServiceSettings, tools: ProcessTools): Promise<SimulatedService> {
  const { scenario, shards: parts } = settings;
  const keys = new ArticleReadKeys(KEY_PREFIX, parts);
  const clock = new ServiceClock(settings.clock, new Calendar(scenario.rules), tools.now);
  const shards = new Shards(new ArticleReadStore(tools.connection.client, keys), keys);
  return start(settings, tools, { fold: new ReadModelFold(), shards, clock, groupId: 'article-read' });
}

interface Derivation {
  readonly fold: Folding;
  readonly shards: Shards;
  readonly clock: ServiceClock;
  readonly groupId: string;
}

async function start(
  { scenario, log, admin }: ServiceSettings,
  { consumer, now, every, crashed }: ProcessTools,
  { fold, shards, clock, groupId }: Derivation,
): Promise<SimulatedService> {
  const metrics = new ServiceMetrics(new Registry(), { clock, wallMs: now, latencyBoundariesMs: [] });
  const positions = new Positions();
  const applier = new RangeApplier({ shards, metrics, positions, warn: () => undefined });
  const deadLetters = new DeadLetters(producer, { topicPrefix: scenario.topics.prefix, groupId });
  const group = new GroupConsumer({
    admin,
    topics: log.topics,
    shards,
    positions,
    groupId,
    every,
    crashed,
    processor: new BatchProcessor({ fold, applier, clock, metrics, deadLetters }),
    consumer: consumer.asConsumer,
    partitionsConcurrently: PARTITIONS_CONCURRENTLY,
    commitIntervalMs: scenario.consumer.commitIntervalMs,
    reassigned: () => metrics.forgetLag(),
    heldUp: () => metrics.heldUp(),
    log: () => undefined,
  });
  await group.start();
  return { group, metrics, stop: () => group.stop() };
}

/** Dead letters are counted, and kept nowhere. */
const producer = { connect: async () => undefined, send: async () => [] } as unknown as Producer;

function logEnds(log: MemoryLog): Record<string, string> {
  const held = log.places.filter((place) => log.end(place) > 0);
  return Object.fromEntries(held.map((place) => [partitionName(place), String(log.end(place))]));
}
