// simulator/run/ports.ts — What a run reaches once its consumers are ready. Real servers and processes provide it, and so does the simulated tier.
import type { Histogram } from 'hdr-histogram-js';
import type { MappedClock } from '../../contract/clock.js';
import type { Day } from '../../contract/events.js';
import type { Cut, Observation } from '../../contract/observation.js';
import type { Ranked } from '../../contract/rules.js';
import type { Fault, FaultContext } from '../fault/fault.js';
import type { ClockStep } from '../history/clock-step.js';
import type { ArticleTable, ReadModelTable } from '../history/history.js';
import type { OpenLog } from '../history/log-records.js';
import type { LagProbe } from '../observe/lag.js';
import type { LoadTotals, PhaseSends } from '../produce/load.js';
import type { ProducerControl } from '../produce/producer-control.js';
import type { ProducerThreadResult } from '../produce/producer-thread-messages.js';
import type { FaultSpec } from '../scenario/schema.js';
import type { ConsumerControl } from '../sut/consumer-control.js';

export interface RunPorts {
  readonly time: RunTime;
  /** Maps wall time to event time; undefined without pacing. */
  readonly clock: MappedClock | undefined;
  /** Wall time of the load's start, ms. */
  readonly startedAtMs: number;
  /** By position in contract's STREAMS. */
  readonly topics: readonly string[];
  readonly load: RunLoad;
  readonly ranking: RankingPort;
  /** Undefined where the scenario has none. */
  readonly articleRead: ArticleReadPort | undefined;
  readonly lists: PublicLists;
  readonly faults: FaultPort;
  /** Opens the topics from where the run began. */
  readonly openLog: () => Promise<OpenLog>;
}

export interface RunTime {
  /** Wall time, ms since 1970. Virtual time moves only while `pass` is awaited. */
  nowMs(): number;
  /** Milliseconds that never go back: for deadlines and other spans. */
  elapsedMs(): number;
  /** How often the wall clock was set so far, or the machine slept. */
  steps(): readonly ClockStep[];
  /** Virtual time does not show how long things take, so no delay is judged in it. */
  readonly isVirtual: boolean;
  /** Settles after this time, or as soon as `sooner` settles. @throws the reason of the run's signal */
  pass(milliseconds: number, sooner?: Promise<unknown>): Promise<void>;
  /** Calls again and again while time passes. @returns what stops the calls */
  every(milliseconds: number, call: () => void): () => void;
}

/** Producers that are connected and wait for `start`. */
export interface RunLoad extends ProducerControl {
  start(clock: MappedClock | undefined): void;
  /** Settles when every send has ended. */
  finished(): Promise<readonly ProducerThreadResult[]>;
  /** Brings totals and latencies up to date. */
  refresh(): Promise<void>;
  readonly totals: LoadTotals;
  /** By position in the plan; undefined where nothing was sent. */
  readonly phases: readonly (PhaseSends | undefined)[];
  /** Send latency since the last call. */
  takeInterval(): Histogram;
}

export interface RunConsumers extends ConsumerControl {
  /** What consumers said that ended without being asked to. */
  readonly exits: readonly string[];
  /** True when a process was ended on purpose: its last observation may lack what it did after that. */
  readonly hasLostSome: boolean;
  /** Undefined when a running consumer does not answer. */
  observe(): Promise<readonly Observation[] | undefined>;
}

/** Each read returns undefined when the consumer does not show it. */
export interface RankingPort {
  readonly consumers: RunConsumers;
  readonly lag: LagProbe;
  readCut(day: Day): Promise<Cut | undefined>;
  /** What clients are given now. */
  readNewest(): Promise<{ readonly day: Day; readonly list: readonly Ranked[] } | undefined>;
  readArticles(day: Day, signal: AbortSignal): Promise<ArticleTable | undefined>;
}

export interface ArticleReadPort {
  readonly consumers: Pick<RunConsumers, 'exits'>;
  readonly lag: LagProbe;
  /** Undefined when no instance shows them. */
  readModels(signal: AbortSignal): Promise<ReadModelTable | undefined>;
}

/** The lists as everybody can read them. @throws what Redis says */
export interface PublicLists {
  /** Best first, ties as the rules say. */
  read(day: Day): Promise<readonly Ranked[]>;
  /** When Redis lets go of it, ms since 1970; null when never, undefined when there is no list. */
  readExpiry(day: Day): Promise<number | null | undefined>;
}

export interface FaultPort {
  readonly faultOf: (spec: FaultSpec) => Fault<FaultSpec>;
  readonly context: Omit<FaultContext, 'broken' | 'below'>;
}
