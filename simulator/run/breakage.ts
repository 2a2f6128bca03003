// simulator/run/breakage.ts — The nemesis beside the load of a run: it is told where the load is, and everything is healed at the end.
import { eventTimeAt } from '../../contract/clock.js';
import { inTime } from '../../contract/waiting.js';
import { ScenarioError } from '../errors.js';
import { enabledFaults, neededFor, refusals } from '../fault/faults.js';
import { Nemesis } from '../fault/nemesis.js';
import type { Moment } from '../fault/timeline.js';
import type { BreakableOptions } from '../infra/breakable.js';
import type { InfraOptions } from '../infra/infra.js';
import type { Scenario } from '../scenario/schema.js';
import type { Sut } from '../sut/load.js';
import type { Plan } from '../workload/plan.js';
import type { RunPorts } from './ports.js';

const TICK_MS = 20;
/** When the run ends early, its processes and servers end soon after. */
const HEAL_MS = 10_000;

/** @throws ScenarioError when a fault cannot be had with these servers */
export function expectPossible(
  scenario: Scenario,
  infra: Pick<InfraOptions, 'kafka' | 'redis' | 'breakContainers'>,
  sut?: Pick<Sut, 'command'>,
): void {
  const servers = infra.kafka || infra.redis ? 'others' : infra.breakContainers ? 'containers' : 'own';
  const consumers = sut && !sut.command ? 'others' : 'own';
  const problems = refusals({ scenario, servers, consumers });
  if (problems.length > 0) throw new ScenarioError(scenario.name, problems);
}

/** What the faults need of the servers; undefined when they break consumers only. */
export function breakableOptions({ faults, redis }: Scenario): BreakableOptions | undefined {
  const needs = neededFor(faults);
  if (!needs.has('servers')) return undefined;
  return { links: needs.has('links'), redis: { persistence: redis.persistence, replica: needs.has('replica') } };
}

export interface BreakagePorts extends Pick<RunPorts, 'time' | 'clock' | 'startedAtMs' | 'faults'> {
  readonly load: { readonly totals: Pick<RunPorts['load']['totals'], 'sent'> };
}

export interface BreakageOptions {
  readonly plan: Plan;
  readonly say: (line: string) => void;
}

export class Breakage implements AsyncDisposable {
  readonly nemesis: Nemesis;
  readonly #ports: BreakagePorts;
  readonly #plan: Plan;
  readonly #stopTicking: () => void;
  readonly #bugs: unknown[] = [];
  #quiet: { readonly resolve: () => void; readonly reject: (bug: unknown) => void } | undefined;

  constructor(ports: BreakagePorts, { plan, say }: BreakageOptions) {
    const { startedAtMs, faults, time } = ports;
    const { seed, rules } = plan.scenario;
    this.#ports = ports;
    this.#plan = plan;
    this.nemesis = new Nemesis({
      faults: enabledFaults(plan.scenario),
      faultOf: faults.faultOf,
      context: faults.context,
      seed,
      zone: rules.zone,
      now: () => time.nowMs() - startedAtMs,
      say,
    });
    this.#stopTicking = time.every(TICK_MS, () => this.#tick());
  }

  /** To be called when the load has ended; settles when everything is healed, each fault in its time. @throws a bug */
  ended(): Promise<void> {
    // A load that was held up ends in a rush, shorter than a tick: faults that came due in it still come.
    this.#tick();
    this.nemesis.loadIsOver();
    return new Promise((resolve, reject) => {
      this.#quiet = { resolve, reject };
      this.#tellQuiet();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopTicking();
    await inTime(this.nemesis.healAll(), HEAL_MS);
  }

  /** A bug ends the ticking, and is thrown when the load has ended: thrown in a timer it would end the process. */
  #tick(): void {
    const { time, startedAtMs } = this.#ports;
    try {
      if (time.nowMs() >= startedAtMs) this.nemesis.tick(momentOf(this.#plan, this.#ports));
    } catch (error) {
      this.#stopTicking();
      this.#bugs.push(error);
    }
    this.#tellQuiet();
  }

  #tellQuiet(): void {
    if (!this.#quiet) return;
    if (this.#bugs.length > 0) this.#quiet.reject(this.#bugs[0]);
    else if (this.nemesis.isQuiet) this.#quiet.resolve();
  }
}

/** Where the load is: by the clock when paced, by what was sent when not. */
function momentOf(plan: Plan, { load, clock, time }: BreakagePorts): Moment {
  const { sent } = load.totals;
  const eventTimeMs = clock && eventTimeAt(clock, time.nowMs());
  const startedPhases = new Set<string>();
  const endedPhases = new Set<string>();
  let before = 0;
  for (const { name, startMs, endMs, events } of plan.phases) {
    const hasStarted = eventTimeMs === undefined ? sent > before || before === 0 : eventTimeMs >= startMs;
    const hasEnded = eventTimeMs === undefined ? sent >= before + events : eventTimeMs >= endMs;
    if (hasStarted) startedPhases.add(name);
    if (hasEnded) endedPhases.add(name);
    before += events;
  }
  return { sentShare: sent / plan.events, startedPhases, endedPhases, eventTimeMs };
}
