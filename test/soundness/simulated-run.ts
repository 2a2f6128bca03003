// test/soundness/simulated-run.ts — A whole run without Kafka and without waiting: workload, consumer and judge are the real ones, time and log are simulated.
import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { Calendar } from '../../contract/calendar.js';
import { eventTimeAt, wallTimeAt } from '../../contract/clock.js';
import { enabledFaults } from '../../simulator/fault/faults.js';
import { Nemesis } from '../../simulator/fault/nemesis.js';
import { type Judgement, judgeRun } from '../../simulator/judge/judgement.js';
import { judgedAtOf } from '../../simulator/produce/account/late-completions.js';
import { LogRecorder } from '../../simulator/record/recorded-log.js';
import type { Scenario } from '../../simulator/scenario/schema.js';
import { NOTHING_DECLARED } from '../../simulator/vocabulary/declared-deviations.js';
import { type Plan, planOf } from '../../simulator/workload/plan.js';
import { simulatedFault } from './breakage.js';
import { KEY_PREFIX } from './simulated-service.js';
import { Witness } from './witness.js';
import { World } from './world.js';

export interface SimulatedRunOptions {
  readonly scenario: Scenario;
  /** It is emptied. */
  readonly redis: Redis;
  /** Parts of the ranking. */
  readonly shards: number;
  /** Text of lua/apply.lua, unless a test plants a bug into it. */
  readonly applyScript?: string;
}

/** So many steps of time take the load to its end. */
const STEPS = 30;
const UNPACED_STEP_MS = 100;
const LONGEST_STEP_MS = 500;
const EDGE_MS = 1;
const EXPIRY_STEPS = 8;
/** Lists must hold still for so long once all is healed. */
const STILL_MS = 3000;
/** All that one step leads to is over by then. */
const MAX_TURNS = 20_000;
const FEW_TURNS = 30;

/** Every fourth seed has the ranking in three parts, whose lists are merged. */
export function shardsOf(seed: number): number {
  return seed % 4 === 0 ? 3 : 1;
}

export async function simulatedRun(options: SimulatedRunOptions): Promise<Judgement> {
  const plan = planOf(options.scenario);
  const world = new World({ ...options, plan });
  await world.redis.clear();
  return new SimulatedRun(plan, world, options.shards).play();
}

class SimulatedRun {
  readonly #plan: Plan;
  readonly #world: World;
  readonly #witness: Witness;
  readonly #nemesis: Nemesis;
  readonly #stepMs: number;
  readonly #startedAtMs: number;
  /** Just before each day is published, virtual time. */
  readonly #edgesMs: readonly number[];
  #steps = 0;

  constructor(plan: Plan, world: World, shards: number) {
    const { scenario } = plan;
    const { ranking, producers, sends, redis } = world;
    this.#plan = plan;
    this.#world = world;
    this.#witness = new Witness(plan, world, shards);
    this.#startedAtMs = world.time.nowMs;
    const loadMs = (plan.endMs - plan.startMs) / scenario.clock.speed;
    this.#stepMs = world.clock ? Math.min(LONGEST_STEP_MS, loadMs / STEPS) : UNPACED_STEP_MS;
    const { clock } = world;
    const calendar = new Calendar(scenario.rules);
    this.#edgesMs = clock ? plan.days.map(({ day }) => wallTimeAt(clock, calendar.publishedAtMs(day)) - EDGE_MS) : [];
    const { persistence } = scenario.redis;
    const around = { redis, sends, persistence, rebalance: () => ranking.group.rebalance() };
    const { sessionTimeoutMs } = scenario.consumer;
    this.#nemesis = new Nemesis({
      faults: enabledFaults(scenario),
      faultOf: (spec) => simulatedFault(spec, around),
      context: {
        ...{ consumers: ranking, producers, admin: ranking.admin, groupId: 'ranking', topics: world.log.topics },
        ...{ keyPrefix: KEY_PREFIX, sessionTimeoutMs, breakable: undefined, copies: scenario.topics },
      },
      ...{ seed: scenario.seed, zone: scenario.rules.zone, say: () => undefined },
      now: () => world.time.nowMs - this.#startedAtMs,
    });
  }

  async play(): Promise<Judgement> {
    const { ranking, articleRead, producers } = this.#world;
    const { scenario } = this.#plan;
    for (let i = 0; i < scenario.consumers; i += 1) await ranking.add();
    for (let i = 0; i < scenario.articleRead.instances; i += 1) await articleRead.add();
    while (!producers.isDone) await this.#step();
    this.#nemesis.loadIsOver();
    while (!this.#nemesis.isQuiet) await this.#step();
    const drained = await this.#drain();
    const faults = await this.#nemesis.results();
    const { results, sends } = producers.results();
    const history = await this.#witness.history({ ...drained, results, sends, faults });
    const lanes = results.flatMap((result) => result.lanes);
    const source = {
      ...{
        plan: this.#plan,
        lanes,
        judgedAt: judgedAtOf(lanes),
        recorder: new LogRecorder(),
        declared: NOTHING_DECLARED,
      },
      openLog: async () => this.#world.log.open(),
      signal: new AbortController().signal,
    };
    return judgeRun(history, lanes, source);
  }

  /** Time passes, and all that can happen then does, or only some of it: the rest is late. */
  async #step(isPatient = false): Promise<void> {
    const { time, producers, ranking, articleRead, redis, random } = this.#world;
    const edgeMs = this.#edgesMs.find((atMs) => atMs > time.nowMs && atMs <= time.nowMs + this.#stepMs);
    // Mostly everything is done by then. A later event may count or not.
    const isInTime = edgeMs !== undefined && random.below(4) > 0;
    time.pass(isInTime ? edgeMs - time.nowMs : this.#stepMs);
    this.#steps += 1;
    if (this.#steps % EXPIRY_STEPS === 0) await redis.expire(time.nowMs);
    producers.take();
    ranking.group.look();
    articleRead.group.look();
    // What breaks, breaks in the middle of something.
    await this.#take(random.below(FEW_TURNS));
    this.#nemesis.tick(this.#moment());
    await redis.rest();
    await this.#take(isPatient || isInTime || random.below(3) > 0 ? MAX_TURNS : random.below(FEW_TURNS));
    await this.#witness.look();
  }

  /** So many turns at most. */
  async #take(most: number): Promise<void> {
    const { random } = this.#world;
    for (let i = 0; i < most; i += 1) {
      const possible = this.#world.turns();
      const turn = possible[random.below(possible.length)];
      if (!turn) return;
      await turn();
      // What follows from it without any waiting has happened by then.
      await nextTurn();
    }
    assert(most < MAX_TURNS, 'a step comes to its end');
  }

  async #drain() {
    const { time, ranking, articleRead } = this.#world;
    const { drainTimeoutSeconds, faults } = this.#plan.scenario;
    const startedAtMs = time.nowMs;
    let still = { sinceMs: time.nowMs, lists: '' };
    for (;;) {
      await this.#step(true);
      const lists = ranking.lag === 0 ? await this.#witness.lists() : '';
      if (lists === '' || lists !== still.lists) still = { sinceMs: time.nowMs, lists };
      const drainSeconds = (time.nowMs - startedAtMs) / 1000;
      const isStill = lists !== '' && (faults.length === 0 || time.nowMs - still.sinceMs >= STILL_MS);
      const isOver = isStill && (articleRead.all().length === 0 || articleRead.lag === 0);
      if (isOver || drainSeconds > drainTimeoutSeconds)
        return { finalLag: ranking.lag, drainSeconds, isSettled: isStill || ranking.lag !== 0 };
    }
  }

  #moment() {
    const { clock, time, producers } = this.#world;
    const { phases, events } = this.#plan;
    const eventTimeMs = clock && eventTimeAt(clock, time.nowMs);
    const namesOf = (isSo: (phase: Plan['phases'][number]) => boolean) =>
      new Set(phases.filter(isSo).map(({ name }) => name));
    return {
      ...{ sentShare: producers.taken / events, eventTimeMs },
      startedPhases: namesOf(({ startMs }) => eventTimeMs === undefined || eventTimeMs >= startMs),
      endedPhases: namesOf(({ endMs }) => eventTimeMs !== undefined && eventTimeMs >= endMs),
    };
  }
}
