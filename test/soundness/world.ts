// test/soundness/world.ts — All that takes part in a simulated run, and the seeded order in which each thing takes its turn.

import type { Redis } from 'ioredis';
import type { Admin } from 'kafkajs';
import type { MappedClock } from '../../contract/clock.js';
import { partitionName, type TopicPartition } from '../../contract/topic-partition.js';
import { topicsOf } from '../../contract/topics.js';
import type { Plan } from '../../simulator/workload/plan.js';
import { RandomStream } from '../../simulator/workload/random.js';
import type { SendTroubles } from './breakage.js';
import type { GatedConnection } from './gated-redis.js';
import type { MemoryConsumer } from './memory-consumer.js';
import { MemoryGroup } from './memory-group.js';
import { MemoryLog } from './memory-log.js';
import { RedisStage } from './redis-stage.js';
import { SimulatedProcess } from './simulated-process.js';
import { type Send, SimulatedProducers } from './simulated-producers.js';
import { startArticleRead, startRanking } from './simulated-service.js';
import { VirtualTime } from './virtual-time.js';

export interface WorldOptions {
  readonly plan: Plan;
  readonly redis: Redis;
  readonly shards: number;
  readonly applyScript?: string | undefined;
}

/** Records of one fetch. */
const FETCHES = [1, 5, 20, 100, 100_000] as const;
/** Redis is asked for so many at a time at most. */
const MAX_COMMANDS = 16;
const REPEATED = 0.4;
const UNKNOWN = 0.15;

export class World {
  readonly time = new VirtualTime();
  readonly log: MemoryLog;
  readonly redis: RedisStage;
  readonly ranking: Fleet;
  /** Without any process where the scenario has none. */
  readonly articleRead: Fleet;
  readonly producers: SimulatedProducers;
  /** Undefined without pacing. */
  readonly clock: MappedClock | undefined;
  readonly random: RandomStream;
  readonly sends: SendTroubles = { troubles: 0, struck: 0 };
  readonly #isIdempotent: boolean;

  constructor({ plan, redis, shards, applyScript }: WorldOptions) {
    const { scenario } = plan;
    const topics = topicsOf(scenario.topics.prefix);
    const now = () => this.time.nowMs;
    this.random = new RandomStream(scenario.seed, 'turns');
    this.redis = new RedisStage(redis);
    this.log = new MemoryLog(topics, scenario.topics.partitions);
    this.clock =
      scenario.pace === 'max'
        ? undefined
        : { kind: 'scaled', eventStartMs: plan.startMs, wallStartMs: now(), speed: scenario.clock.speed };
    this.#isIdempotent = scenario.producer.idempotent;
    const abandoned = (send: Send) => {
      if (send.written === 0 && this.random.below(2) === 0) this.log.append(send.place, send.records);
    };
    this.producers = new SimulatedProducers({ plan, topics, clock: this.clock, now, abandoned });
    const settings = {
      scenario,
      clock: this.clock ?? ({ kind: 'event-time' } as const),
      shards,
      log: this.log,
      applyScript,
    };
    const common = {
      redis,
      log: this.log,
      time: this.time,
      random: this.random,
      sessionTimeoutMs: scenario.consumer.sessionTimeoutMs,
    };
    this.ranking = new Fleet(common, (admin) => (tools) => startRanking({ ...settings, admin }, tools));
    this.articleRead = new Fleet(common, (admin) => (tools) => startArticleRead({ ...settings, admin }, tools));
  }

  /** All that can happen next. */
  turns(): (() => Promise<void> | void)[] {
    const sends = this.producers.sends.map((send) => () => this.#send(send));
    const fleets = [this.ranking, this.articleRead];
    const waiting = fleets.flatMap((fleet) => fleet.waiting(this));
    const redis = waiting.length > 0 ? [() => this.#askRedis(waiting)] : [];
    return [...sends, ...redis, ...fleets.flatMap((fleet) => fleet.turns(this))];
  }

  /** Some of the waiting commands are carried out in one go, each process's in their order; none is answered before all are. */
  async #askRedis(waiting: readonly GatedConnection[]): Promise<void> {
    const answers: Promise<void>[] = [];
    const end = this.redis.together();
    for (let left = 1 + this.random.below(MAX_COMMANDS); left > 0; left -= 1) {
      const some = waiting.filter(({ isWaiting }) => isWaiting);
      const connection = some[this.random.below(some.length)];
      if (!connection) break;
      answers.push(passThrough(connection, this.redis));
    }
    end();
    await Promise.all(answers);
  }

  /** Written first, answered at a later turn. */
  #send(send: Send): void {
    const { log, random, sends } = this;
    const isTroubled = sends.troubles > 0;
    if (isTroubled && random.unit() < UNKNOWN) {
      if (send.written === 0 && random.below(2) === 0) log.append(send.place, send.records);
      sends.struck += 1;
      send.settle({ outcome: 'info', reason: 'no answer' });
    } else if (send.written === 0 || (isTroubled && !this.#isIdempotent && random.unit() < REPEATED)) {
      log.append(send.place, send.records);
      send.written += 1;
      if (send.written > 1) sends.struck += 1;
    } else send.settle({ outcome: 'ok', baseOffset: undefined });
  }
}

type Common = Omit<ConstructorParameters<typeof SimulatedProcess>[0], 'number' | 'group' | 'start' | 'crashed'> & {
  readonly sessionTimeoutMs: number;
};
type StartWith = (admin: Admin) => ConstructorParameters<typeof SimulatedProcess>[0]['start'];

/** The processes of one service, and their group. */
export class Fleet {
  readonly group: MemoryGroup;
  readonly admin: Admin;
  readonly exits: string[] = [];
  readonly #processes: SimulatedProcess[] = [];
  readonly #common: Common;
  readonly #start: StartWith;

  constructor(common: Common, start: StartWith) {
    const { log, time, sessionTimeoutMs } = common;
    this.#common = common;
    this.#start = start;
    this.group = new MemoryGroup({ places: log.places, sessionTimeoutMs, now: () => time.nowMs });
    this.admin = adminOf(log, this.group);
  }

  all(): readonly SimulatedProcess[] {
    return this.#processes;
  }

  async add(): Promise<SimulatedProcess> {
    const crashed = (error: Error) => void this.exits.push(String(error));
    const number = this.#processes.length + 1;
    const process = new SimulatedProcess({
      ...this.#common,
      number,
      group: this.group,
      crashed,
      start: this.#start(this.admin),
    });
    this.#processes.push(process);
    await process.startAgain();
    return process;
  }

  /** Records that were not committed yet; null when nothing was. */
  get lag(): number | null {
    const { places, end } = {
      places: this.#common.log.places,
      end: (place: TopicPartition) => this.#common.log.end(place),
    };
    if (this.group.committed.size === 0) return null;
    return places.reduce(
      (sum, place) => sum + end(place) - Number(this.group.committed.get(partitionName(place)) ?? 0),
      0,
    );
  }

  /** Connections of processes that wait for Redis, and are to be answered. */
  waiting({ redis, random }: World): GatedConnection[] {
    const waiting = this.#processes.flatMap(({ connection, runShare }) =>
      connection?.isWaiting && random.unit() < runShare ? [connection] : [],
    );
    if (redis.away === 0) return waiting;
    redis.waits += waiting.length;
    return [];
  }

  turns({ random }: World): (() => Promise<void> | void)[] {
    const turns: (() => Promise<void> | void)[] = [];
    if (this.group.canDeal) turns.push(() => this.group.deal());
    for (const process of this.#processes) {
      const { consumer } = process;
      if (!consumer || random.unit() >= process.runShare) continue;
      if (consumer.isExpelled) turns.push(() => consumer.join());
      for (const place of consumer.readable()) turns.push(() => read(consumer, place, random));
    }
    return turns;
  }
}

function read(consumer: MemoryConsumer, place: TopicPartition, random: RandomStream): void {
  consumer.read(place, FETCHES[random.below(FETCHES.length)] ?? 1);
}

async function passThrough(connection: GatedConnection, redis: RedisStage): Promise<void> {
  if (!connection.nextIsScript || !redis.losesAnswer()) return connection.pass();
  await connection.passTwice();
}

/** As much as services and faults ask of the brokers. */
function adminOf(log: MemoryLog, group: MemoryGroup): Admin {
  const admin = {
    fetchTopicOffsets: async (topic: string) =>
      log.places
        .filter((place) => place.topic === topic)
        .map((place) => ({ partition: place.partition, low: '0', high: String(log.end(place)) })),
    fetchOffsets: async ({ topics }: { readonly topics: readonly string[] }) =>
      topics.map((topic) => ({
        topic,
        partitions: log.places
          .filter((place) => place.topic === topic)
          .map((place) => ({ partition: place.partition, offset: group.committed.get(partitionName(place)) ?? '-1' })),
      })),
    describeGroups: async () => ({
      groups: [
        {
          state: group.isBalanced ? 'Stable' : 'Rebalancing',
          members: group.memberIds.map((memberId) => ({ memberId })),
        },
      ],
    }),
  };
  return admin as unknown as Admin;
}
