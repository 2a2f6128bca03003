// simulator/simulate/world.ts — All that takes part in a simulated run, and the seeded order in which each thing takes its turn.

import type { Redis } from 'ioredis';
import type { MappedClock } from '../../contract/clock.js';
import { topicsOf } from '../../contract/topics.js';
import type { Plan } from '../workload/plan.js';
import { RandomStream } from '../workload/random.js';
import type { GatedConnection } from './gated-redis.js';
import { MemoryLog } from './memory-log.js';
import { RedisStage } from './redis-stage.js';
import type { SendTroubles } from './simulated-faults.js';
import { SimulatedFleet } from './simulated-fleet.js';
import type { Send } from './simulated-producer.js';
import { SimulatedProducers } from './simulated-producers.js';
import { startArticleRead, startRanking } from './simulated-service.js';
import { VirtualTime } from './virtual-time.js';

export interface WorldOptions {
  readonly plan: Plan;
  readonly redis: Redis;
  readonly shards: number;
  readonly applyScript?: string | undefined;
}

/** Redis is asked for so many at a time at most. */
const MAX_COMMANDS = 16;
const REPEATED = 0.4;
const UNKNOWN = 0.15;

export class World {
  readonly time = new VirtualTime();
  readonly log: MemoryLog;
  readonly redis: RedisStage;
  readonly ranking: SimulatedFleet;
  /** Without any process where the scenario has none. */
  readonly articleRead: SimulatedFleet;
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
    this.ranking = new SimulatedFleet(common, (admin) => (tools) => startRanking({ ...settings, admin }, tools));
    this.articleRead = new SimulatedFleet(
      common,
      (admin) => (tools) => startArticleRead({ ...settings, admin }, tools),
    );
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

async function passThrough(connection: GatedConnection, redis: RedisStage): Promise<void> {
  if (!connection.nextIsScript || !redis.losesAnswer()) return connection.pass();
  await connection.passTwice();
}
