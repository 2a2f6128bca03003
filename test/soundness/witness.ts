// test/soundness/witness.ts — What is seen of a simulated run, as the judge takes it: lists under load with their offsets, and all of it at the end.

import { Readable } from 'node:stream';
import { RankingKeys } from '../../consumer/applying/ranking-keys.js';
import { ArticleReadKeys } from '../../consumer/article-read/article-read-keys.js';
import { ReadModels } from '../../consumer/article-read/read-models.js';
import { articleLines } from '../../consumer/http/article-stream.js';
import { readCut } from '../../consumer/http/cut.js';
import { Calendar } from '../../contract/calendar.js';
import { eventTimeAt } from '../../contract/clock.js';
import { listKey } from '../../contract/keys.js';
import type { RedisClient } from '../../contract/redis-client.js';
import { compareListed } from '../../contract/rules.js';
import { partitionName, type TopicPartition } from '../../contract/topic-partition.js';
import type { FaultResult } from '../../simulator/history/fault-result.js';
import type { History, ObservedArticleRead, ObservedCut, ObservedDay } from '../../simulator/history/history.js';
import type { ObservedCommits } from '../../simulator/history/observed-commits.js';
import { readModelColumns } from '../../simulator/observe/read-models.js';
import type { WorkerResult } from '../../simulator/produce/worker-messages.js';
import { expiryOf } from '../../simulator/run/collect.js';
import { articleColumns } from '../../simulator/sut/consumer-channel.js';
import { readList, readListExpiry } from '../../simulator/sut/lists.js';
import type { Plan } from '../../simulator/workload/plan.js';
import { KEY_PREFIX } from './simulated-service.js';
import type { World } from './world.js';

const LOOK_MS = 900;

export interface Ending {
  readonly results: readonly WorkerResult[];
  readonly sends: History['sends'];
  readonly finalLag: number | null;
  readonly drainSeconds: number;
  readonly isSettled: boolean;
  readonly faults: readonly FaultResult[];
}

export class Witness {
  readonly #plan: Plan;
  readonly #world: World;
  readonly #shards: number;
  readonly #calendar: Calendar;
  readonly #startedAtMs: number;
  readonly #cuts: ObservedCut[] = [];
  readonly #commits: ObservedCommits[] = [];
  #lastSnapshotMs = Number.NEGATIVE_INFINITY;

  constructor(plan: Plan, world: World, shards: number) {
    this.#plan = plan;
    this.#world = world;
    this.#shards = shards;
    this.#calendar = new Calendar(plan.scenario.rules);
    this.#startedAtMs = world.time.nowMs;
  }

  /** To be called often. */
  async look(): Promise<void> {
    const { clock, log, redis, time } = this.#world;
    if (this.#shards > 1 || redis.away > 0 || time.nowMs < this.#lastSnapshotMs + LOOK_MS) return;
    this.#lastSnapshotMs = time.nowMs;
    this.#seeCommits();
    const keys = new RankingKeys(KEY_PREFIX, this.#shards);
    const now = clock && eventTimeAt(clock, time.nowMs);
    const open = this.#plan.days.filter(
      ({ startMs, day }) => now === undefined || (now >= startMs && now < this.#calendar.publishedAtMs(day)),
    );
    for (const { day } of open) {
      // A Redis that is full refuses it.
      const cut = await readCut(redis.redis, keys, day).catch(() => undefined);
      if (!cut || cut.published) continue;
      const offsets = log.topics.map((topic) =>
        Array.from({ length: this.#plan.lanes }, (_, partition) =>
          Number(cut.offsets[partitionName({ topic, partition })] ?? 0),
        ),
      );
      const atMs = Math.round(time.nowMs - this.#startedAtMs);
      this.#cuts.push({ atMs, day, offsets, list: cut.list.sort(compareListed) });
    }
  }

  #seeCommits(): void {
    const { log, ranking, time } = this.#world;
    const byPartition = (nextOf: (place: TopicPartition) => number) =>
      log.topics.map((topic) =>
        Array.from({ length: this.#plan.lanes }, (_, partition) => nextOf({ topic, partition })),
      );
    this.#commits.push({
      atMs: Math.round(time.nowMs - this.#startedAtMs),
      committed: byPartition((place) => Number(ranking.group.committed.get(partitionName(place)) ?? 0)),
      latest: byPartition((place) => log.end(place)),
    });
  }

  /** All days' lists as text: what is to hold still. */
  async lists(): Promise<string> {
    const { redis } = this.#world.redis;
    return JSON.stringify(
      await Promise.all(this.#plan.days.map(({ day }) => readList(redis, listKey(KEY_PREFIX, day)))),
    );
  }

  async history({ results, sends, finalLag, drainSeconds, isSettled, faults }: Ending): Promise<History> {
    const { redis, time, ranking, articleRead } = this.#world;
    await redis.expire(time.nowMs);
    this.#seeCommits();
    const poison = results.reduce((sum, result) => sum + result.poison, 0);
    const told = (await Promise.all(ranking.all().map((process) => process.observe()))).flat();
    const hasLostSome = ranking.all().some(({ hasFormerLives }) => hasFormerLives);
    const deadLetters = told.reduce((sum, one) => sum + one.deadLetters, 0);
    return {
      isOpaque: false,
      plannedEvents: this.#plan.events,
      ...{ sends, finalLag, drainSeconds, isSettled, faults, poison },
      sendErrors: results.flatMap((result) => result.sendErrors),
      consumerExits: ranking.exits,
      deadLetters: poison > 0 && hasLostSome ? null : deadLetters,
      cuts: this.#cuts,
      // No client reads the lists here, and virtual time does not show how long things take.
      ...{ snapshots: [], answers: [], commits: this.#commits, stallMsAllowed: Number.POSITIVE_INFINITY },
      days: await this.#days(),
      ...(articleRead.all().length > 0 ? { articleRead: await this.#readModels() } : {}),
    };
  }

  async #days(): Promise<ObservedDay[]> {
    const { clock, redis, time } = this.#world;
    const { rules } = this.#plan.scenario;
    const client = await withoutEmpty(redis.redis);
    const now = clock && eventTimeAt(clock, time.nowMs);
    const days: ObservedDay[] = [];
    for (const span of this.#plan.days) {
      const key = listKey(KEY_PREFIX, span.day);
      const list = await readList(redis.redis, key);
      const expiry = expiryOf(await readListExpiry(redis.redis, key), clock);
      const isForgotten = now !== undefined && now >= this.#calendar.forgottenAtMs(span.day);
      const source = { redis: client, keys: new RankingKeys(KEY_PREFIX, this.#shards), rules };
      const articles = isForgotten ? undefined : await articleColumns(Readable.from(articleLines(source, span.day)));
      days.push({ span, list, articles, isForgotten, expiry });
    }
    return days;
  }

  async #readModels(): Promise<ObservedArticleRead> {
    const { redis, articleRead } = this.#world;
    const models = new ReadModels(await withoutEmpty(redis.redis), new ArticleReadKeys(KEY_PREFIX, this.#shards));
    const { lag, exits } = articleRead;
    return { finalLag: lag, exits, models: await readModelColumns(Readable.from(models.lines())) };
  }
}

/** A client that knows which keys there are: of the thousands of buckets most are empty, and asking for each takes long. */
async function withoutEmpty(redis: RedisClient): Promise<RedisClient> {
  const there = new Set(await redis.keys('*'));
  const nothing = Promise.resolve({});
  return Object.create(redis, {
    hgetall: { value: (key: string) => (there.has(key) ? redis.hgetall(key) : nothing) },
    hgetallBuffer: { value: (key: string) => (there.has(key) ? redis.hgetallBuffer(key) : nothing) },
  }) as RedisClient;
}
