// simulator/simulate/stepped-time.ts — The time of a simulated run: it passes in steps, and in each step the world takes its turns.
import assert from 'node:assert/strict';
import { Calendar } from '../../contract/calendar.js';
import { wallTimeAt } from '../../contract/clock.js';
import { nextTurn } from '../../contract/waiting.js';
import type { RunTime } from '../run/ports.js';
import type { Plan } from '../workload/plan.js';
import type { World } from './world.js';

/** So many steps of time take the load to its end. */
const STEPS = 30;
const UNPACED_STEP_MS = 100;
const MAX_STEP_MS = 500;
/** So long before a publication. */
const EDGE_MS = 1;
const EXPIRY_STEPS = 8;
/** All that one step leads to is over by then. */
const MAX_TURNS = 20_000;
const FEW_TURNS = 30;

export class SteppedTime implements RunTime {
  readonly isVirtual = true;
  /** After the load every step waits until all is done. */
  isPatient = false;
  readonly #world: World;
  readonly #stepMs: number;
  /** Just before each day is published, virtual time. */
  readonly #edgesMs: readonly number[];
  readonly #calls = new Set<() => void>();
  #steps = 0;

  constructor(plan: Plan, world: World) {
    const { clock } = world;
    const calendar = new Calendar(plan.scenario.rules);
    const loadMs = (plan.endMs - plan.startMs) / plan.scenario.clock.speed;
    this.#world = world;
    this.#stepMs = clock ? Math.min(MAX_STEP_MS, loadMs / STEPS) : UNPACED_STEP_MS;
    this.#edgesMs = clock ? plan.days.map(({ day }) => wallTimeAt(clock, calendar.publishedAtMs(day)) - EDGE_MS) : [];
  }

  nowMs(): number {
    return this.#world.time.nowMs;
  }

  elapsedMs(): number {
    return this.nowMs();
  }

  steps(): readonly [] {
    return [];
  }

  /** The calls come in the middle of each step: what breaks, breaks in the middle of something. */
  every(_milliseconds: number, call: () => void): () => void {
    this.#calls.add(call);
    return () => this.#calls.delete(call);
  }

  /** One step, however much time was asked for: all that can happen in it does, or only some of it, and the rest is late. */
  async pass(): Promise<void> {
    const { time, producers, ranking, articleRead, redis, random } = this.#world;
    // What a fault began between two steps is done first, or chance would decide the order.
    await redis.rest();
    const edgeMs = this.#edgesMs.find((atMs) => atMs > time.nowMs && atMs <= time.nowMs + this.#stepMs);
    // Mostly all is done just before a publication: later events may count or not.
    const isInTime = edgeMs !== undefined && random.below(4) > 0;
    time.pass(isInTime ? edgeMs - time.nowMs : this.#stepMs);
    this.#steps += 1;
    if (this.#steps % EXPIRY_STEPS === 0) await redis.expire(time.nowMs);
    producers.take();
    ranking.group.inspect();
    articleRead.group.inspect();
    await this.#take(random.below(FEW_TURNS));
    for (const call of this.#calls) call();
    await redis.rest();
    await this.#take(this.isPatient || isInTime || random.below(3) > 0 ? MAX_TURNS : random.below(FEW_TURNS));
    producers.finishIfDone();
    // Those that wait for the end of the load know of it when the step is over.
    await nextTurn();
  }

  async #take(maxTurns: number): Promise<void> {
    const { random } = this.#world;
    for (let i = 0; i < maxTurns; i += 1) {
      const possible = this.#world.turns();
      const turn = possible[random.below(possible.length)];
      if (!turn) return;
      await turn();
      // What follows from it without any waiting has happened by then.
      await nextTurn();
    }
    assert(maxTurns < MAX_TURNS, 'a step comes to its end');
  }
}
