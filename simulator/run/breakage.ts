// simulator/run/breakage.ts — The nemesis of a run beside its load: tells it where the load is, and ends it with everything healed.
import { eventTimeAt, type MappedClock, wallMs } from '../../contract/clock.js';
import { inTime, until } from '../../contract/waiting.js';
import { ScenarioError } from '../errors.js';
import type { FaultContext } from '../fault/fault.js';
import { enabledFaults, faultOf, neededFor, refusals } from '../fault/faults.js';
import { Nemesis } from '../fault/nemesis.js';
import type { Moment } from '../fault/timeline.js';
import type { BreakableOptions } from '../infra/breakable.js';
import type { InfraOptions } from '../infra/infra.js';
import type { Load } from '../produce/load.js';
import type { Scenario } from '../scenario/schema.js';
import type { Sut } from '../sut/load.js';
import type { Plan } from '../workload/plan.js';

const TICK_MS = 20;
/** When the run ends early, its processes and servers end soon after. */
const GIVE_UP_MS = 10_000;

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

export interface BreakageOptions {
  readonly plan: Plan;
  readonly load: Load;
  /** Undefined without pacing. */
  readonly clock: MappedClock | undefined;
  /** Wall time of the load's start, ms. */
  readonly startedAtMs: number;
  readonly context: Omit<FaultContext, 'broken' | 'below'>;
  readonly say: (line: string) => void;
}

export class Breakage implements AsyncDisposable {
  readonly nemesis: Nemesis;
  readonly #options: BreakageOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #bugs: unknown[] = [];

  constructor(options: BreakageOptions) {
    const { plan, startedAtMs, context, say } = options;
    const { seed, rules } = plan.scenario;
    const faults = enabledFaults(plan.scenario);
    const now = () => wallMs() - startedAtMs;
    this.#options = options;
    this.nemesis = new Nemesis({ faults, faultOf, context, seed, zone: rules.zone, now, say });
    this.#timer = setInterval(() => {
      if (now() >= 0) this.#tick();
    }, TICK_MS);
  }

  /** A bug ends the ticking, and is thrown when the load has ended: thrown in a timer it would end the process. */
  #tick(): void {
    try {
      this.nemesis.tick(momentOf(this.#options));
    } catch (error) {
      clearInterval(this.#timer);
      this.#bugs.push(error);
    }
  }

  /** To be called when the load has ended; settles when everything is healed, each thing in its time. */
  async ended(signal: AbortSignal): Promise<void> {
    // A load that was held up ends in a rush, shorter than a tick: what came due in it has still to come.
    this.nemesis.tick(momentOf(this.#options));
    this.nemesis.loadIsOver();
    const isQuiet = () => {
      if (this.#bugs.length > 0) throw this.#bugs[0];
      return this.nemesis.isQuiet;
    };
    await until(isQuiet, { pollMs: TICK_MS, signal });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await inTime(this.nemesis.healAll(), GIVE_UP_MS);
  }
}

function momentOf({ plan, load, clock }: BreakageOptions): Moment {
  const { sent } = load.totals;
  const eventTimeMs = clock && eventTimeAt(clock, wallMs());
  const [startedPhases, endedPhases] = [new Set<string>(), new Set<string>()];
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
