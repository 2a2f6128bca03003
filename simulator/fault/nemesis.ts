// simulator/fault/nemesis.ts — Breaks what the scenario names at its time, heals it in time, and keeps account of both.
import type { FaultResult } from '../history/fault-result.js';
import type { FaultSpec } from '../scenario/schema.js';
import type { FaultDefinition } from '../vocabulary/fault-definition.js';
import { FAULTS } from '../vocabulary/faults.js';
import { RandomStream } from '../workload/random.js';
import { type ActiveFault, type Fault, type FaultContext, NoTargetError } from './fault.js';
import { HOLD_MS, Occurrence } from './occurrence.js';
import type { SeenOffsets } from './recovery.js';
import { hasBegun, hasEnded, isDue, type Moment, type TimedMoment } from './timeline.js';

export interface NemesisOptions {
  readonly faults: readonly FaultSpec[];
  readonly faultOf: (spec: FaultSpec) => Fault<FaultSpec>;
  readonly context: Omit<FaultContext, 'broken' | 'below'>;
  readonly seed: number;
  /** Zone of the event times in `at`. */
  readonly zone: string;
  /** Milliseconds since the load began. */
  readonly now: () => number;
  readonly say: (line: string) => void;
}

interface Series {
  readonly spec: FaultSpec;
  readonly occurrences: readonly Occurrence[];
  /** When its time had come; undefined before. */
  begun: TimedMoment | undefined;
}

export class Nemesis {
  readonly #options: NemesisOptions;
  readonly #series: readonly Series[];
  readonly #broken = new Set<string>();
  /** What is being broken now. */
  readonly #busy = new Set<FaultDefinition['breaks']>();
  #loadOverAtMs: number | undefined;
  #lastHealedAtMs = 0;
  #isEnding = false;

  constructor(options: NemesisOptions) {
    this.#options = options;
    this.#series = options.faults.map((spec, index) => {
      const random = new RandomStream(options.seed, `fault ${index}`);
      const inject = async (): Promise<ActiveFault> => {
        const below = (limit: number) => random.below(limit);
        const context = { ...options.context, broken: this.#broken, below };
        const { breaks } = FAULTS[spec.kind];
        // The target is chosen when it breaks, so two faults at the same time could choose the same one.
        if (this.#busy.has(breaks)) throw new NoTargetError(`another ${breaks} is being broken`);
        this.#busy.add(breaks);
        try {
          const active = await options.faultOf(spec).inject(spec, context);
          for (const target of active.targets) this.#broken.add(target);
          return active;
        } finally {
          this.#busy.delete(breaks);
        }
      };
      const healed = (targets: readonly string[]) => {
        for (const target of targets) this.#broken.delete(target);
        this.#lastHealedAtMs = options.now();
      };
      const { now, say } = options;
      const create = () => new Occurrence({ spec, inject, healed, now, say });
      return { spec, occurrences: Array.from({ length: spec.every?.times ?? 1 }, create), begun: undefined };
    });
  }

  /** Call it every few milliseconds: it breaks what is due, and heals what was broken for long enough. */
  tick(moment: Moment): void {
    const now = { ...moment, nowMs: this.#options.now() };
    for (const series of this.#series) {
      if (this.#loadOverAtMs === undefined && hasBegun(series.spec, now, this.#options.zone)) series.begun ??= now;
      this.#advance(series, now);
    }
  }

  #advance(series: Series, now: TimedMoment): void {
    const { spec, occurrences, begun } = series;
    for (const occurrence of occurrences) occurrence.inspect();
    const index = occurrences.findIndex((one) => !one.isOver);
    const current = occurrences[index];
    if (!current || begun === undefined) return;
    const isLoadOver = this.#loadOverAtMs !== undefined;
    const mayInject = isDue(spec, index, { begun, now }) && !this.#isEnding;
    current.advance({
      mayInject: mayInject && (!isLoadOver || this.#mayStillCome(series, current)),
      mayHeal: isLoadOver || hasEnded(spec, now, this.#options.zone),
    });
  }

  /** No new fault begins from now on. Faults that wait for their target and the rest of a series still come, and are healed in their time. */
  loadIsOver(): void {
    this.#loadOverAtMs = this.#options.now();
  }

  /** Call it after the load; it waits within bounds. */
  #mayStillCome({ spec, begun }: Series, one: Occurrence): boolean {
    const overAtMs = this.#loadOverAtMs ?? 0;
    // A fault may wait for another to be healed, and healing takes as long as the machine needs.
    const sinceMs = one.isRefused ? Math.max(overAtMs, this.#lastHealedAtMs) : overAtMs;
    // A load that was held up ends in a rush, which leaves no room for the rest of a series by wall time.
    const isOfSeries = begun !== undefined && spec.every !== undefined && 'seconds' in spec.every;
    return (one.isRefused || isOfSeries) && this.#options.now() - sinceMs < HOLD_MS;
  }

  /** Call it after the load: whether everything is healed. */
  get isQuiet(): boolean {
    return this.#series.every((series) =>
      series.occurrences.every((one) => one.isOver || (one.isWaiting && !this.#mayStillCome(series, one))),
    );
  }

  offsets(atMs: number, seen: readonly SeenOffsets[]): void {
    for (const { occurrences } of this.#series) for (const one of occurrences) one.offsets(atMs, seen);
  }

  /** Heals everything that is broken, now. It ends, as each healing has a bound. */
  async healAll(): Promise<void> {
    this.#isEnding = true;
    await Promise.all(this.#series.flatMap(({ occurrences }) => occurrences.map((one) => one.heal())));
  }

  /** In the order of the scenario. It asks for the receipts now, so they include what was consumed late. */
  async results(): Promise<FaultResult[]> {
    const all: FaultResult[] = [];
    for (const { occurrences } of this.#series) for (const one of occurrences) all.push(await one.result());
    return all;
  }
}
