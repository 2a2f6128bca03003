// simulator/run/options.ts — What a run is given.
import type { InfraOptions } from '../infra/infra.js';
import type { Sample } from '../record/sample.js';
import type { Scenario } from '../scenario/schema.js';
import type { Suts } from '../sut/run-names.js';
import type { DeclaredDeviations } from '../vocabulary/declared-deviations.js';
import type { Plan } from '../workload/plan.js';
import type { SutFacts } from './collect.js';

export type Stage = 'starting' | 'load' | 'drain' | 'check';

export interface RunOptions {
  readonly scenario: Scenario;
  readonly suts: Suts;
  readonly runId: string;
  readonly infra: Pick<InfraOptions, 'kafka' | 'redis'>;
  /** The run's folder, for what it records. */
  readonly dir: string;
  readonly logDir: string;
  /** Leaves topics and keys where they are. */
  readonly keep: boolean;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly stage: (stage: Stage, plan: Plan) => void;
  readonly sample: (sample: Sample) => void;
  /** Called between drain and check; the check waits for it. */
  readonly hold: ((where: { readonly redisUrl: string; readonly keyPrefix: string }) => Promise<void>) | undefined;
}

/** What a run over ports is given besides them. */
export interface PortsRunOptions extends Pick<RunOptions, 'signal' | 'say' | 'stage' | 'sample'> {
  readonly plan: Plan;
  readonly sut: SutFacts & { readonly declared: DeclaredDeviations };
  /** For what the run records; undefined when nothing is to be kept. */
  readonly dir: string | undefined;
  /** Awaited between drain and check. */
  readonly beforeCheck: () => Promise<void>;
}
